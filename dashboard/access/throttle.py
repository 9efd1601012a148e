"""Guessing passwords takes too long: failures are counted in the database, so by all processes.

Five failures of a login within 15 minutes lock it for 15 minutes from the last of them; twenty
from one address lock that address. What is locked is not told apart from what is wrong.
"""

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, insert, select

from dashboard.access.secrets import hashed
from dashboard.database.access_tables import sign_in_failure

WINDOW = timedelta(minutes=15)
OF_LOGIN = 5
OF_ADDRESS = 20


def tries_left(connection: Connection, login: str, address: str, at: datetime) -> int:
    """Return how many more failures there may be; 0 while locked."""
    failed = sign_in_failure.c
    recent = failed.at > at - WINDOW

    def count(mine: object) -> int:
        counted = select(func.count()).select_from(sign_in_failure).where(mine, recent)  # type: ignore[arg-type]
        return connection.scalar(counted) or 0

    of_login = OF_LOGIN - count(failed.login_hash == _key(login))
    return max(0, min(of_login, OF_ADDRESS - count(failed.address == address)))


def note_failure(connection: Connection, login: str, address: str, at: datetime) -> None:
    """Count a failure, and forget those that count no more."""
    connection.execute(delete(sign_in_failure).where(sign_in_failure.c.at <= at - WINDOW))
    row = {"login_hash": _key(login), "address": address, "at": at}
    connection.execute(insert(sign_in_failure).values(**row))


def forget_failures(connection: Connection, login: str) -> None:
    """Start anew after a success; the address keeps its count."""
    connection.execute(delete(sign_in_failure).where(sign_in_failure.c.login_hash == _key(login)))


def _key(login: str) -> str:
    return hashed(login.casefold())
