"""Sessions live in the database: a copied cookie is worth nothing after sign-out.

Idle for 30 minutes, or 12 hours old, a session is over. A page that only fetches itself anew does
not keep it alive.
"""

from datetime import datetime, timedelta

from sqlalchemy import Connection, insert, select, update

from dashboard.access.accounts import viewer_of
from dashboard.access.secrets import hashed, new_secret
from dashboard.access.viewer import Viewer
from dashboard.database.access_tables import account, sign_in_session

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
NOTED_EVERY = timedelta(minutes=1)
"""Being seen is written down once a minute at most."""


def begin_session(
    connection: Connection, account_id: int, at: datetime, provider: str | None = None
) -> str:
    """Begin a session and return its secret, which is kept nowhere."""
    secret = new_secret()
    row = {"session_hash": hashed(secret), "account_id": account_id, "provider": provider}
    connection.execute(insert(sign_in_session).values(**row, began_at=at, seen_at=at))
    return secret


def find_viewer(
    connection: Connection, secret: str, at: datetime
) -> tuple[Viewer, datetime] | None:
    """Return whose session it is and when it was last seen; None when it is over or was none."""
    session = sign_in_session.c
    found = select(account, session.seen_at).join_from(sign_in_session, account)
    row = connection.execute(
        found.where(
            session.session_hash == hashed(secret),
            session.ended_at.is_(None),
            session.began_at > at - LONGEST,
            session.seen_at > at - IDLE,
            account.c.active,
        )
    ).first()
    return None if row is None else (viewer_of(connection, row), row.seen_at)


def note_seen(connection: Connection, secret: str, at: datetime) -> None:
    """Write down that its owner did something."""
    mine = sign_in_session.c.session_hash == hashed(secret)
    connection.execute(update(sign_in_session).where(mine).values(seen_at=at))


def end_session(connection: Connection, secret: str, at: datetime) -> str | None:
    """End a session; return the provider it began at, if one."""
    session = sign_in_session.c
    mine = session.session_hash == hashed(secret)
    ended = update(sign_in_session).where(mine, session.ended_at.is_(None)).values(ended_at=at)
    provider: str | None = connection.scalar(ended.returning(session.provider))
    return provider
