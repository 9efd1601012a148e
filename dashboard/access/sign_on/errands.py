"""Who has been sent to a provider and is not back yet."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select

from dashboard.access.secrets import hashed, new_secret
from dashboard.database.access_tables import sign_on_errand

VALID = timedelta(minutes=10)
"""How long somebody may take to sign in there."""

OF_ADDRESS, OF_ALL = 40, 2_000
"""Errands that may be under way at once: anybody may begin one, and each is a row."""

LONGEST_FOLLOWING = 1_000


def begin_errand(  # noqa: PLR0913 -- where to, and where to go on to afterwards
    connection: Connection,
    provider: str,
    following: str,
    language: str,
    address: str,
    at: datetime,
) -> str | None:
    """Note that somebody is sent there and return the secret; None while too many are under way."""
    errand = sign_on_errand.c
    connection.execute(delete(sign_on_errand).where(errand.ends_at <= at))
    count = select(func.count()).select_from(sign_on_errand)
    here = connection.scalar(count.where(errand.address == address)) or 0
    if here >= OF_ADDRESS or (connection.scalar(count) or 0) >= OF_ALL:
        return None
    secret = new_secret()
    row = {
        "errand_hash": hashed(secret), "provider": provider, "language": language,
        "following": following if len(following) <= LONGEST_FOLLOWING else "/",
        "address": address, "ends_at": at + VALID,
    }  # fmt: skip
    connection.execute(insert(sign_on_errand).values(**row))
    return secret


def end_errand(connection: Connection, secret: str, provider: str, at: datetime) -> Any:  # noqa: ANN401 -- a row of `sign_on_errand`
    """Return the errand of a secret and forget it, so that it ends once; None when there is none.

    One statement decides, so of two that come back at once one is refused.
    """
    errand = sign_on_errand.c
    mine = delete(sign_on_errand).where(
        errand.errand_hash == hashed(secret), errand.provider == provider, errand.ends_at > at
    )
    return connection.execute(mine.returning(sign_on_errand)).first()
