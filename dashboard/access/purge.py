"""What is over goes: a little of it each time somebody is let in, so that nothing grows."""

from datetime import datetime, timedelta

from sqlalchemy import Column, Connection, Table, delete, or_, select

from dashboard.access.sessions import LONGEST
from dashboard.access.throttle import KEPT
from dashboard.database.access_tables import sign_in_failure, sign_in_link, sign_in_session

MOST = 500
"""Rows of a table at once: more go than come, and nobody waits for it."""

KEPT_AFTER = timedelta(days=1)
"""How long a session is kept after it cannot be used; the log keeps when it began and ended."""


def purge(connection: Connection, at: datetime) -> None:
    """Delete sessions, links and failures that nothing depends on any more."""
    session, link, failed = sign_in_session.c, sign_in_link.c, sign_in_failure.c
    over = session.began_at <= at - LONGEST - KEPT_AFTER
    _delete(connection, sign_in_session, session.session_hash, over)
    spent = or_(link.used_at <= at - KEPT_AFTER, link.ends_at <= at - KEPT_AFTER)
    _delete(connection, sign_in_link, link.link_hash, spent)
    _delete(connection, sign_in_failure, failed.failure_id, failed.at <= at - KEPT)


def _delete(connection: Connection, table: Table, key: Column, over: object) -> None:  # type: ignore[type-arg]
    some = select(key).where(over).limit(MOST)  # type: ignore[arg-type]
    connection.execute(delete(table).where(key.in_(some)))
