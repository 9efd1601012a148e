"""Keeps SQLite's write-ahead log small: readers that overlap would let it grow without bound.

SQLite itself writes the log back every thousand pages as far as readers let it, but begins it anew
only when nobody reads from it, which on a wall that is looked at may be never.
"""

import logging
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from dashboard.database.engine import sqlite_module

log = logging.getLogger(__name__)

MOST_BYTES = 64 * 1024 * 1024
"""A log larger than this is written back whole and cut to nothing."""

WAIT_MS = 1_000
"""For so long writers wait meanwhile, for those who read; a board takes a third of it."""


def keep_small(engine: Engine, most_bytes: int = MOST_BYTES) -> bool:
    """Cut the log when it is large; tell whether it was cut. Whoever reads meanwhile goes on."""
    if wal_bytes(engine) <= most_bytes:
        return False
    with engine.connect() as connection:
        raw: Any = connection.connection.driver_connection
        (before,) = raw.execute("PRAGMA busy_timeout").fetchone()
        raw.execute(f"PRAGMA busy_timeout={WAIT_MS}")
        try:
            busy, _, _ = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite_module().Error as error:
            log.error("the write-ahead log cannot be written back: %s", error)  # noqa: TRY400
            return False
        finally:
            raw.execute(f"PRAGMA busy_timeout={before}")
    if busy:
        log.info("the write-ahead log stays large for now: somebody reads an old state of it")
    return not busy


def wal_bytes(engine: Engine) -> int:
    """Return the size of the log; 0 where there is none."""
    file = engine.url.database
    if engine.dialect.name != "sqlite" or not file:
        return 0
    try:
        return Path(f"{file}-wal").stat().st_size
    except FileNotFoundError:
        return 0
