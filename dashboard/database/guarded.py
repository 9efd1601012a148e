"""The breaker before the database: while it fails again and again, one asks it for all."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from dashboard.breaker import Breaker, Pass
from dashboard.database.faults import SENTENCES, BusyError, DownError

log = logging.getLogger(__name__)

OPTION = "breaker"
"""The execution option of an engine that has one; those of commands have none."""

FAILURES, AGAIN_S = 5, 5.0
"""From so many failures in a row on it is left alone, and tried anew after so many seconds."""

SQLITE = frozenset({10, 11, 14, 26})
"""Primary result codes of a file that cannot be used: IOERR, CORRUPT, CANTOPEN, NOTADB."""

POSTGRESQL = ("08", "57P0", "53300")
"""How SQLSTATE begins: connection lost, server going down or starting, too many connections."""


def breaker_of(engine: Engine) -> Breaker | None:
    """Return the breaker before an engine's database; commands have none."""
    found: Breaker | None = engine.get_execution_options().get(OPTION)
    return found


@contextmanager
def guarded(engine: Engine) -> Iterator[None]:
    """Let what is done here pass, or refuse it at once; and learn from how it ends.

    What proves nothing about the database (a full disk, a statement that took too long, a mistake
    of ours) neither opens nor closes it.

    Raises:
        DownError: the database does not answer, or did not lately and somebody else is trying.
    """
    breaker = breaker_of(engine)
    if breaker is None:
        yield
        return
    had = breaker.ask()
    if had is Pass.REFUSED:
        raise DownError(SENTENCES[DownError])
    try:
        yield
    except BaseException as error:
        if not is_down(error):
            breaker.said_nothing(had)
            raise
        if breaker.failed(had):
            log.error("the database is left alone but for a trial every %.0f s: %s", AGAIN_S, error)  # noqa: TRY400
        if isinstance(error, BusyError):
            raise
        raise DownError(SENTENCES[DownError]) from error
    if breaker.succeeded():
        log.warning("the database is asked by all again")


def is_down(error: BaseException) -> bool:
    """Tell whether this is the database not answering, rather than an answer one does not like."""
    if isinstance(error, BusyError):  # no connection came free; a lock says nothing
        cause = error.__cause__
        return isinstance(cause, PoolTimeoutError) or (cause is not None and is_down(cause))
    if not isinstance(error, DBAPIError):
        return False
    if error.connection_invalidated:
        return True
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:
        return code & 0xFF in SQLITE
    if not isinstance(error, (OperationalError, InterfaceError)):
        return False
    state = getattr(error.orig, "sqlstate", None)
    return error.statement is None or state is None or state.startswith(POSTGRESQL)
