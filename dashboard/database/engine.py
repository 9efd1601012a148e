"""Engines for SQLite and PostgreSQL that begin, lock and time out as the wall needs."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from math import ceil
from types import ModuleType
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url

from dashboard.breaker import Breaker
from dashboard.database.faults import SENTENCES, EndedError, faults_named
from dashboard.database.guarded import AGAIN_S, FAILURES, OPTION, guarded
from dashboard.database.limits import Limits, limited, watch
from dashboard.database.row_security import Bounds, bind
from dashboard.database.tripwire import SYSTEM

BUSY_TIMEOUT_MS = 10_000

FROZEN_MS = 60_000
"""A service's transaction in which nothing was said for so long will never end by itself."""


def sqlite_module() -> ModuleType:
    """Return the newest SQLite driver here: the wheel's where there is one, else Python's own.

    SQLite before 3.51.3 can corrupt a WAL file when two processes checkpoint at once.
    """
    if sys.platform == "linux":
        try:
            from pysqlite3 import dbapi2
        except ImportError:
            pass
        else:
            return dbapi2  # type: ignore[no-any-return]
    import sqlite3

    return sqlite3


def open_engine(
    url: str, limits: Limits | None = None, clock: Callable[[], float] = time.monotonic
) -> Engine:
    """Open a database by URL; `sqlite:///file` or `postgresql+psycopg://user@host/name`.

    With `limits`, what is read for somebody's page may take only so long, and while the database
    does not answer nobody waits for it (`guarded`, by `clock`); without, all takes its time, as
    commands need it.
    """
    parsed = make_url(url)
    options: dict[str, Any] = {}
    if limits is not None:
        options["pool_timeout"] = limits.connection_s
        breaker = Breaker(FAILURES, AGAIN_S, clock)
        options["execution_options"] = {"statement_s": limits.statement_s, OPTION: breaker}
    if parsed.get_backend_name() == "sqlite":
        module = sqlite_module()
        # before it binds a NULL the driver looks for an adapter, and not to find one costs five
        # times the binding: half of the time to insert a case
        module.register_adapter(type(None), lambda none: none)
        engine = create_engine(parsed, module=module, **options)
        _prepare_sqlite(engine)
        watch(engine)
        return engine
    if parsed.drivername == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    if limits is not None:
        options["connect_args"] = _gives_up(limits) | _waits_for_locks(parsed)
    return create_engine(parsed, pool_pre_ping=True, **options)


def _gives_up(limits: Limits) -> dict[str, int]:
    """Have a connection end when the server or the way to it is gone, not in two hours."""
    alive = {"keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3}
    return {**alive, "connect_timeout": ceil(limits.connection_s), "tcp_user_timeout": 15_000}


def _waits_for_locks(url: URL) -> dict[str, str]:
    """Wait for a lock as long as on SQLite, and let go of those of a process that was frozen."""
    if "options" in url.query:  # the centre's own come first
        return {}
    lock = f"-c lock_timeout={BUSY_TIMEOUT_MS}"
    return {"options": f"{lock} -c idle_in_transaction_session_timeout={FROZEN_MS}"}


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Open one write transaction; on SQLite it takes the write lock at once (BEGIN IMMEDIATE).

    Raises:
        UnavailableError: no room, or no lock in time; nothing was written.
    """
    options = {"writes": True, "scope": SYSTEM}
    with (
        guarded(engine),
        faults_named(),
        engine.connect().execution_options(**options) as connection,
        connection.begin(),
    ):
        yield connection


@contextmanager
def reading(engine: Engine, scope: Bounds | str = SYSTEM) -> Iterator[Connection]:
    """Open one read transaction in which every statement sees the same state.

    `scope` is that of who asks; SYSTEM is what the service reads for itself (see `tripwire`),
    which no limit ends. On PostgreSQL a bound scope also binds the database (`row_security`).

    Raises:
        UnavailableError: no connection in time, or a statement took too long.
    """
    options: dict[str, Any] = {"scope": scope}
    if engine.dialect.name == "postgresql":
        options["isolation_level"] = "REPEATABLE READ"
    limit = None if scope == SYSTEM else engine.get_execution_options().get("statement_s")
    with (
        guarded(engine),
        faults_named(),
        engine.connect().execution_options(**options) as connection,
        connection.begin(),
        nullcontext() if limit is None else limited(connection, limit),
    ):
        if not isinstance(scope, str):
            bind(connection, scope)
        yield connection


def _prepare_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def _configure(raw: Any, _record: object) -> None:  # noqa: ANN401 -- a DB-API seam
        raw.isolation_level = None  # we say BEGIN ourselves
        cursor = raw.cursor()
        for pragma in (
            "journal_mode=WAL",
            "synchronous=NORMAL",
            "foreign_keys=ON",
            f"busy_timeout={BUSY_TIMEOUT_MS}",
            "temp_store=MEMORY",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    @event.listens_for(engine, "before_cursor_execute")
    def _within(connection: Connection, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith("BEGIN"):
            _still_open(connection)

    @event.listens_for(engine, "commit")
    def _commit(connection: Connection) -> None:
        _still_open(connection)


def _still_open(connection: Connection) -> None:
    """A statement past the end of its transaction would be one of its own, and half a change."""
    raw: Any = connection.connection.driver_connection
    if connection.get_execution_options().get("writes", False) and not raw.in_transaction:
        raise EndedError(SENTENCES[EndedError])
