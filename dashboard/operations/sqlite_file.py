"""A backup of a SQLite database: one file, a whole database itself."""

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError

from dashboard.database.engine import open_engine, reading, sqlite_module, writing
from dashboard.operations.errors import BackupError
from dashboard.operations.portrait import Portrait, portray

MAGIC = b"SQLite format 3\0"
BESIDE = ("-wal", "-shm")

DAMAGED = (11, 26)
"""Primary result codes: CORRUPT, NOTADB."""


def write(engine: Engine, part: Path, as_of: datetime, *, alone: bool) -> Portrait:
    """Copy the database into the empty file `part`; returns what the original came to.

    A transaction that is committed between the first look and the beginning of the copy makes them
    differ; with `alone` everybody else's writing waits until the copy is there.
    """
    with (writing if alone else reading)(engine) as connection:
        connection.exec_driver_sql("SELECT count(*) FROM sqlite_master")  # the look begins here
        with closing(engine.raw_connection()) as raw:
            copier: Any = raw.driver_connection
            try:
                copier.execute("VACUUM INTO ?", (str(part),))
            except sqlite_module().Error as error:
                raise BackupError(f"cannot write {part}: {error}") from None
        return portray(connection, as_of)


@contextmanager
def scratch(file: Path, _server: Engine) -> Iterator[Engine]:
    """Put a backup back into a database of its own, beside it, that goes away again.

    Raises:
        BackupError: the file is damaged.
    """
    with TemporaryDirectory(prefix=".wuqing-", dir=file.parent) as folder:
        copy = Path(folder) / "scratch.db"
        shutil.copyfile(file, copy)
        engine = open_engine(f"sqlite:///{copy}")
        try:
            _check(engine, file)
            yield engine
        finally:
            engine.dispose()


def put_back(file: Path, engine: Engine) -> list[str]:
    """Replace the whole database in one transaction; returns what else had to be done.

    Others may have it open: they see the old one until the new one is there. A database that is too
    damaged for that is moved aside.
    """
    with scratch(file, engine) as copy, closing(copy.raw_connection()) as raw:
        try:
            _copy(raw.driver_connection, engine)
        except (DatabaseError, sqlite_module().Error) as error:
            if not _is_damaged(error):
                raise BackupError(f"nothing was put back: {error}") from None
        else:
            return []
        said = _move_aside(engine)
        _copy(raw.driver_connection, engine)
    return [said]


def _copy(source: Any, engine: Engine) -> None:  # noqa: ANN401 -- a DB-API connection
    with closing(engine.raw_connection()) as raw:
        target: Any = raw.driver_connection
        source.backup(target)
        target.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _is_damaged(error: Exception) -> bool:
    """Tell a database that cannot be used from a disk that is full or a lock that is held."""
    told = error.orig if isinstance(error, DatabaseError) else error
    return getattr(told, "sqlite_errorcode", 0) & 0xFF in DAMAGED


def _move_aside(engine: Engine) -> str:
    engine.dispose()
    file = Path(engine.url.database or "")
    aside = next(
        path
        for number in range(1, 1000)
        if not (path := file.with_name(f"{file.name}.damaged-{number}")).exists()
    )
    file.rename(aside)
    for ending in BESIDE:
        beside = file.with_name(file.name + ending)
        if beside.exists():
            beside.rename(aside.with_name(aside.name + ending))
    return f"the damaged database was moved to {aside}: restart the server"


def _check(engine: Engine, file: Path) -> None:
    try:
        with reading(engine) as connection:
            faults = connection.exec_driver_sql("PRAGMA integrity_check(5)").scalars().all()
    except DatabaseError as error:
        raise BackupError(f"{file} is damaged: {error.orig}") from None
    if faults != ["ok"]:
        raise BackupError(f"{file} is damaged: {faults[0]}")
