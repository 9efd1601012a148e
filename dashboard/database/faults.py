"""What the database cannot do just now, by name; each passes without a restart."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

AnyFault = SQLAlchemyError
"""Whatever the database may raise, for those above who do not know it."""


class UnavailableError(SQLAlchemyError):
    """It cannot be done just now, and nothing of it was done; the message says what to do."""


class BusyError(UnavailableError):
    """No connection, or not the lock, came free in time."""


class TooSlowError(UnavailableError):
    """A statement took longer than a page may wait for."""


class DiskFullError(UnavailableError):
    """There is no room to write; what is there can still be read."""


class EndedError(UnavailableError):
    """SQLite took a whole transaction back by itself: what follows must not be written alone."""


class DownError(UnavailableError):
    """It does not answer; while that goes on, nobody is kept waiting to hear it."""


SENTENCES: dict[type[UnavailableError], str] = {
    BusyError: "the database is busy and was waited for in vain: try again in a moment",
    TooSlowError: "a statement took longer than limits.statement_s: ask for less",
    DiskFullError: "the disk of the database is full, nothing of this was written: make room, "
    "then do it again",
    EndedError: "the database took this back by itself, as it does on a full or failing disk, "
    "nothing of it was written: make room, then do it again",
    DownError: "the database does not answer; it is tried every few seconds, try again in a moment",
}

SQLITE = {5: BusyError, 9: TooSlowError, 13: DiskFullError}
"""Primary result codes: BUSY, INTERRUPT, FULL."""

POSTGRESQL = {"53300": BusyError, "55P03": BusyError, "57014": TooSlowError, "53100": DiskFullError}
"""too_many_connections, lock_not_available, query_canceled, disk_full."""


@contextmanager
def faults_named() -> Iterator[None]:
    """Raise what passes by itself as one of the above; everything else as it is."""
    try:
        yield
    except PoolTimeoutError as error:
        raise BusyError(SENTENCES[BusyError]) from error
    except DBAPIError as error:
        kind = _kind(error.orig)
        if kind is None:
            raise
        raise kind(SENTENCES[kind]) from error


def _kind(error: BaseException | None) -> type[UnavailableError] | None:
    code = getattr(error, "sqlite_errorcode", None)
    if code is not None:
        return SQLITE.get(code & 0xFF)
    return POSTGRESQL.get(getattr(error, "sqlstate", None) or "")
