"""Guessing passwords takes too long: failures are counted in the database, so by all processes.

Five failures of a login within 15 minutes lock it for 15 minutes from the last of them; twenty
from one address lock that address. It is the same for logins nobody has.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, insert, select, text

from dashboard.access.secrets import hashed
from dashboard.database.access_tables import sign_in_failure

WINDOW = timedelta(minutes=15)
KEPT = 2 * WINDOW
"""The first of the failures behind a lock may be almost two windows old when the lock ends."""

OF_LOGIN = 5
OF_ADDRESS = 20

COUNTING_LOCK = 0x57_52
"""Key of PostgreSQL's lock under which tries are counted; SQLite has one writer anyhow."""


def begin_try(connection: Connection, login: str, address: str, at: datetime) -> int:
    """Return how many tries were left, 0 while locked; one that was left is counted as failed.

    It is counted before the password is looked at, one try at a time, or of many that come at once
    each would be the first. `forget_failures` takes it back.
    """
    _take_turn(connection)
    failed = sign_in_failure.c
    connection.execute(delete(sign_in_failure).where(failed.at <= at - KEPT))
    mine = {"login_hash": hashed(login), "address": address}
    left = min(
        _left(_moments(connection, failed.login_hash == mine["login_hash"]), OF_LOGIN, at),
        _left(_moments(connection, failed.address == address), OF_ADDRESS, at),
    )
    if left > 0:
        connection.execute(insert(sign_in_failure).values(**mine, at=at))
    return left


def forget_failures(connection: Connection, login: str) -> None:
    """Start anew after a success; of an address, failures of other logins still count."""
    _take_turn(connection)
    mine = sign_in_failure.c.login_hash == hashed(login)
    connection.execute(delete(sign_in_failure).where(mine))


def _take_turn(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": COUNTING_LOCK})


def _moments(connection: Connection, mine: ColumnElement[bool]) -> Sequence[Any]:
    at = sign_in_failure.c.at
    return connection.scalars(select(at).where(mine).order_by(at)).all()


def _left(failures: Sequence[datetime], most: int, at: datetime) -> int:
    """Return how many of `most` are left at a moment, given when the failures were."""
    for first, last in zip(failures, failures[most - 1 :], strict=False):
        if last - first < WINDOW and at - last < WINDOW:
            return 0
    return most - sum(at - each < WINDOW for each in failures)
