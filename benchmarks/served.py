"""A real server in its own process for the other benchmarks: waitress, SQLite, a counter."""

import multiprocessing
import socket
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from multiprocessing.sharedctypes import Synchronized
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from pydantic import SecretStr
from sqlalchemy import Engine, event

from benchmarks.board import NOW, build, cases_of
from dashboard.cases.store import insert_rows
from dashboard.database.engine import open_engine, writing
from dashboard.database.tables import cases
from dashboard.settings import Server, Settings, Wall
from tests.signing import COOKIE, session

spawn = multiprocessing.get_context("spawn")


@dataclass
class Served:
    """Where the server is, its process, the statements it ran, and a way to its database."""

    port: int
    pid: int
    statements: "Synchronized[int]"
    engine: Engine
    secret: str
    added: int = 0

    @property
    def url(self) -> str:
        """The server's address."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def cookie(self) -> str:
        """What a signed-in browser sends as its `Cookie`."""
        return f"{COOKIE}={self.secret}"

    def get(self, path: str) -> tuple[bytes, Message]:
        """Fetch an address as somebody signed in; returns the body and the headers."""
        return fetch(self.url, path, self.cookie)

    def add_case(self) -> None:
        """Insert a case as if it had been accepted a moment before the shown day's time."""
        row: dict[str, Any] = next(cases_of(1, seed=self.added))
        self.added += 1
        number = 10_000_000 + self.added
        row |= {"id": number, "case_code": f"X{number}", "source_no": f"X{number}"}
        row |= dict.fromkeys(("accepted_at", "reported_at", "stage_since"), int(NOW.timestamp()))
        row |= {"stage": "accepted"}
        row |= dict.fromkeys(("closed_at", "left_at", "close_outcome", "blue_at", "yellow_at"))
        row |= {"due_at": None, "due_provisional": False}
        with writing(self.engine) as connection:
            insert_rows(connection, cases, tuple(row), [tuple(row.values())])


def fetch(url: str, path: str, cookie: str) -> tuple[bytes, Message]:
    """Fetch an address of a server; returns the body and the headers."""
    asked = Request(f"{url}{path}", headers={"Cookie": cookie})
    with urlopen(asked) as answer:
        return answer.read(), answer.headers


@contextmanager
def served(count: int, every_s: int = 5) -> Iterator[Served]:
    """Serve a synthetic county of `count` cases until the block ends."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "wall.db"
        build(file, count).dispose()
        statements, ready = spawn.Value("q", 0), spawn.Event()
        arguments = (f"sqlite:///{file}", _free_port(), every_s, statements, ready)
        process = spawn.Process(target=_serve, args=arguments, daemon=True)
        process.start()
        ready.wait(60)
        _listening(arguments[1])
        engine = open_engine(f"sqlite:///{file}")
        try:
            yield Served(arguments[1], process.pid or 0, statements, engine, session(engine))
        finally:
            process.kill()
            process.join()
            engine.dispose()


def _serve(
    url: str, port: int, every_s: int, statements: "Synchronized[int]", ready: Event
) -> None:
    import app

    settings = Settings(
        database_url=SecretStr(url),
        server=Server(port=port),
        refresh={"every_s": every_s, "stale_after_s": 3 * every_s},
        wall=Wall(at=NOW),
    )
    dash = app.create_app(settings)

    @event.listens_for(dash.server.extensions["engine"], "before_cursor_execute")
    def count(*_: object) -> None:
        with statements.get_lock():
            statements.value += 1

    dash.server.test_client().get("/sign-in")
    ready.set()
    app.serve(dash.server, settings)


def _listening(port: int) -> None:
    """Wait until somebody listens there: ready comes a moment before."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            time.sleep(0.05)
        else:
            return


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
