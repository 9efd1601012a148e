"""Several processes under gunicorn; `python app.py --workers 3` becomes this program.

It knows nothing of the application but its name, so that a reload loads all of it anew: on SIGHUP
new workers start from the files and settings as they are now, and once all of them answer, the old
ones finish what they are doing and go. What would not start is not started: the old ones stay.
"""

import errno
import logging
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.util import import_app
from gunicorn.workers.gthread import TConn, ThreadWorker

from dashboard.operations.log_lines import log_configuration

log = logging.getLogger("callbacks.workers")  # run, this module is __main__

APPLICATION = "app:server"

CHECK = (sys.executable, str(Path(__file__).parents[1] / "app.py"), "--check")
"""Ends with 0 where the application would start, else says why not."""

START_S = 120
"""A worker that does not answer by then has no part in a reload."""

READ_S, WRITE_S = 10, 60
"""In which a request must have been read, and each part of an answer taken."""

AGAIN_S = 2
"""After which a worker that could not start, as when the database is away, tries again."""

OPTIONS = {
    "keepalive": 15,  # walls ask every five seconds
    "timeout": 30,
    "graceful_timeout": 30,
    "control_socket_disable": True,
    "logconfig_dict": log_configuration(),
    "worker_tmp_dir": "/dev/shm" if Path("/dev/shm").is_dir() else None,  # noqa: S108 -- heartbeats
}


class Patient:
    """A socket to read a request from: slow clients get so long, however often they send a byte."""

    def __init__(self, sock: Any, until: float, clock: Callable[[], float]) -> None:  # noqa: ANN401
        self._sock = sock
        self._until = until
        self._clock = clock

    def recv(self, size: int) -> bytes:
        """Return what came.

        Raises:
            ConnectionResetError: it is too late; gunicorn takes that for a client who left.
        """
        left = self._until - self._clock()
        try:
            self._sock.settimeout(max(left, 0.001))
            content: bytes = self._sock.recv(size)
        except TimeoutError:
            raise ConnectionResetError(
                errno.ECONNRESET, "the request took too long to come"
            ) from None
        self._sock.settimeout(WRITE_S)
        return content


class Connection(TConn):  # type: ignore[misc]
    """One whose requests have to come in time: a thread is held while one is read."""

    def init(self) -> None:
        """Get ready to read the next request."""
        super().init()
        until = time.monotonic() + READ_S
        self.parser.unreader.sock = Patient(self.sock, until, time.monotonic)


class Worker(ThreadWorker):  # type: ignore[misc]
    """A worker of threads that no slow client holds for long."""

    def enqueue_req(self, conn: TConn) -> None:
        """Hand a connection to a thread."""
        conn.__class__ = Connection  # gunicorn makes them, and of no other class
        super().enqueue_req(conn)


class Master(Arbiter):  # type: ignore[misc]
    """Reloads only what would start, and stops no worker before its successor answers."""

    reloading = False

    def reload(self) -> None:
        """Replace all workers, or none."""
        if subprocess.run(CHECK, stdin=subprocess.DEVNULL, check=False).returncode:  # noqa: S603
            self.log.error("not reloaded: it would not start; what was there goes on")
            return
        self.reloading = True
        try:
            super().reload()
        finally:
            self.reloading = False

    def manage_workers(self) -> None:
        """Start and stop workers until there are as many as there should be."""
        if self.reloading:
            self._wait_for_the_new()
        super().manage_workers()

    def _wait_for_the_new(self) -> None:
        newest = sorted(self.WORKERS.values(), key=lambda each: each.age)[-self.num_workers :]
        until = time.monotonic() + START_S
        while any(not has_begun(each) for each in newest) and time.monotonic() < until:
            time.sleep(0.05)
            self.reap_workers()
            newest = [each for each in newest if each.pid in self.WORKERS]


def has_begun(worker: Worker) -> bool:
    """Tell whether a worker takes requests: its heartbeats are monotonic, its first mark is not."""
    return bool(worker.tmp.last_update() <= time.monotonic())


class Served(BaseApplication):  # type: ignore[misc]
    """What gunicorn serves and how, from the command line."""

    def __init__(self, options: dict[str, Any], name: str) -> None:
        self._options = {**OPTIONS, "worker_class": Worker, **options}
        self._name = name
        super().__init__()

    def load_config(self) -> None:
        """Say it to gunicorn."""
        for name, value in self._options.items():
            if value is not None:
                self.cfg.set(name, value)

    def load(self) -> Any:  # noqa: ANN401 -- a WSGI application
        """Load the application; in each worker, never before.

        One that cannot be loaded now was, or it would not have been started: gunicorn would end
        the whole server for it.
        """
        try:
            return import_app(self._name)
        except Exception:
            log.exception("a worker does not start; it is tried again in %s s", AGAIN_S)
            time.sleep(AGAIN_S)
            sys.exit(1)

    def run(self) -> None:
        """Serve until told to stop."""
        Master(self).run()


def command(bind: str, workers: int, threads: int) -> list[str]:
    """Return the command line that serves so."""
    return [sys.executable, "-m", __name__, bind, str(workers), str(threads)]


def main(bind: str, workers: str, threads: str, name: str = APPLICATION) -> None:
    """Serve as `command` says."""
    Served({"bind": bind, "workers": int(workers), "threads": int(threads)}, name).run()


if __name__ == "__main__":
    main(*sys.argv[1:])
