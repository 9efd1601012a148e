"""A Redis of the tests' own, on a socket in a temporary folder."""

import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from redis import Redis
from redis.exceptions import ConnectionError as NotThereError


class Server:
    """One that can be started, stopped and frozen; ended by its process id."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.url = f"unix://{folder / 'redis.sock'}"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        programs = shutil.which("redis-server")
        if programs is None:
            raise RuntimeError("Redis is not installed: apt-get install redis-server")
        options = {"port": "0", "unixsocket": str(self._folder / "redis.sock"), "save": "",
                   "appendonly": "no", "dir": str(self._folder)}  # fmt: skip
        named = [part for key, value in options.items() for part in (f"--{key}", value)]
        with (self._folder / "log").open("wb") as log:
            self.process = subprocess.Popen([programs, *named], stdout=log, stderr=log)
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                with self.client() as client:
                    client.ping()
            except NotThereError:
                time.sleep(0.02)
            else:
                return
        raise RuntimeError(f"Redis did not start: {(self._folder / 'log').read_text()}")

    def stop(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def client(self) -> Redis:
        return Redis.from_url(self.url)


@contextmanager
def server() -> Iterator[Server]:
    """Start a server and end it with the block, whatever became of it."""
    folder = Path(tempfile.mkdtemp(prefix="wuqing-redis-"))
    made = Server(folder)
    made.start()
    try:
        yield made
    finally:
        made.stop()
        shutil.rmtree(folder, ignore_errors=True)
