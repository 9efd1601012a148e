"""How long a page may keep the database: one statement, and the wait for a connection."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, event

STEPS = 10_000
"""SQLite looks at the clock after so many of its steps: many times in a millisecond of work."""

UNTIL = "statement ends at"


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds a statement of a page may take, and seconds a request waits for a connection."""

    statement_s: float
    connection_s: float


def watch(engine: Engine) -> None:
    """Give each statement of a limited SQLite connection its time anew."""

    @event.listens_for(engine, "before_cursor_execute")
    def _begin(connection: Connection, *_: Any) -> None:  # noqa: ANN401 -- SQLAlchemy's
        seconds = connection.get_execution_options().get("limited_s")
        if seconds is not None:
            connection.info[UNTIL] = time.monotonic() + seconds


@contextmanager
def limited(connection: Connection, seconds: float) -> Iterator[None]:
    """End each statement of this transaction that takes longer."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SET LOCAL statement_timeout = {max(1, int(seconds * 1000))}")
        yield
        return
    known: dict[Any, Any] = connection.info
    raw: Any = connection.connection.driver_connection
    connection.execution_options(limited_s=seconds)
    raw.set_progress_handler(lambda: time.monotonic() > known[UNTIL], STEPS)
    known[UNTIL] = time.monotonic() + seconds
    try:
        yield
    finally:  # before the transaction ends: a ROLLBACK must not be cut short
        raw.set_progress_handler(None, 0)
