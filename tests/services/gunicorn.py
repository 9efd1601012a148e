"""The application under gunicorn, as several processes on a free loopback port."""

import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from tests.services.postgres import free_port
from tests.signing import COOKIE, session

ROOT = Path(__file__).parents[2]
WORKERS = 3


@dataclass(frozen=True)
class Got:
    """An answer, and the process that gave it."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def process(self) -> int:
        return int(self.headers["X-Process"])


@dataclass
class Served:
    """A master with its workers; `folder` holds its log and what it writes down."""

    port: int
    folder: Path
    master: subprocess.Popen[bytes]
    cookie: str

    def get(self, path: str, timeout_s: float = 30, **headers: str) -> Got:
        """Ask on a connection of its own, as somebody signed in."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout_s)
        try:
            connection.request("GET", path, headers={"Cookie": self.cookie, **headers})
            answer = connection.getresponse()
            return Got(answer.status, answer.headers, answer.read())
        finally:
            connection.close()

    def processes(self) -> set[int]:
        """Return the workers that live, and whatever else the master started."""
        children = Path(f"/proc/{self.master.pid}/task/{self.master.pid}/children")
        return {int(each) for each in children.read_text().split()}

    def notes(self) -> list[tuple[str, int, int, int]]:
        """Return what was written down: kind, process, tick, rows."""
        file = self.folder / "notes"
        lines = file.read_text().splitlines() if file.exists() else []
        return [(kind, *map(int, rest)) for kind, *rest in map(str.split, lines)]

    def log(self) -> str:
        return (self.folder / "log").read_text()


def until(holds: Callable[[], object], what: str, seconds: float = 60) -> None:
    """Wait until something holds."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, f"in vain: {what}"
        time.sleep(0.02)


@contextmanager
def serving(
    engine: Engine, folder: Path, workers: int = WORKERS, threads: int = 8, **environment: str
) -> Iterator[Served]:
    """Serve a database until the block ends; every worker answers before it begins."""
    port = free_port()
    values = {
        "WUQING_DATABASE_URL": engine.url.render_as_string(hide_password=False),
        "WUQING_REFRESH__EVERY_S": "1",
        "TESTED_IN": str(folder),
        **environment,
    }
    command = [sys.executable, "-m", "callbacks.workers", f"127.0.0.1:{port}", str(workers),
               str(threads), "tests.services.counted:server"]  # fmt: skip
    path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    with (folder / "log").open("ab") as log:
        master = subprocess.Popen(
            command,
            stdout=log,
            stderr=log,
            cwd=folder,
            env={**os.environ, "PYTHONPATH": path, **values},
        )
    served = Served(port, folder, master, f"{COOKIE}={session(engine)}")
    try:
        all_answer(served, workers)
        yield served
    finally:
        master.send_signal(signal.SIGQUIT)  # at once
        try:
            master.wait(40)
        except subprocess.TimeoutExpired:
            for process in served.processes():
                os.kill(process, 9)
            master.kill()
            master.wait()


def all_answer(served: Served, workers: int = WORKERS) -> set[int]:
    """Wait until so many processes have a board to show, and return them."""
    seen: set[int] = set()

    def look() -> bool:
        assert served.master.poll() is None, served.log()
        try:
            answer = served.get("/live/wall", timeout_s=10)
        except OSError:
            return False
        if answer.status == 200:
            seen.add(answer.process)
        return len(seen & served.processes()) >= workers

    until(look, f"{workers} processes answer; the log: {served.folder / 'log'}")
    return seen & served.processes()
