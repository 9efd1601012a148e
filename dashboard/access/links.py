"""Links that sign in once: for the demo county, and for nothing else."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, insert, update

from dashboard.access.secrets import hashed, new_secret
from dashboard.database.access_tables import sign_in_link


def make_link(connection: Connection, account_id: int, ends_at: datetime) -> str:
    """Make a link's secret; it works once, and until `ends_at`."""
    secret = new_secret()
    row = {"link_hash": hashed(secret), "account_id": account_id, "ends_at": ends_at}
    connection.execute(insert(sign_in_link).values(**row))
    return secret


def use_link(connection: Connection, secret: str, at: datetime) -> int | None:
    """Return the account a link is for and use it up; None when it is none, late or used.

    One statement decides, so of two that come at once one is refused.
    """
    link = sign_in_link.c
    used = update(sign_in_link).where(
        link.link_hash == hashed(secret), link.used_at.is_(None), link.ends_at > at
    )
    found = connection.execute(used.values(used_at=at).returning(link.account_id)).scalar()
    return None if found is None else int(found)


VALID = timedelta(hours=12)
"""A demo is looked at the day it is started."""
