"""What strangers are refused again and again is one line in the log for an hour, and a count.

Anybody may be refused, as often as they like, so a line for each would let a stranger fill the
disk. The first is written down at once. Those after it are counted; when the hour is over, the
next who comes has the count written down, in a row of the same chain.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from pydantic import SecretStr
from sqlalchemy import Connection, delete, func, insert, select, text, update

from dashboard.access.audit import Deed, write_down
from dashboard.database.access_tables import refusal

EVERY = timedelta(hours=1)

MOST = 200
"""Kinds of refusals counted at once; what is beyond them is counted as of anybody, anywhere."""

ANYBODY, ANYWHERE = "?", "*"

COUNTING_LOCK = 0x57_53
"""Key of PostgreSQL's lock under which refusals are counted; SQLite has one writer anyhow."""


def write_down_refusal(
    connection: Connection, deed: Deed, at: datetime, key: SecretStr | None
) -> None:
    """Write a refusal down, or count it where the same was written down within the hour."""
    _take_turn(connection)
    write_down_counts(connection, at, key)
    if _count(connection, deed, at):
        return
    if (connection.scalar(select(func.count()).select_from(refusal)) or 0) >= MOST:
        deed = replace(deed, actor=ANYBODY, address=ANYWHERE)
        if _count(connection, deed, at):
            return
    row = {
        "action": deed.action, "actor": deed.actor, "address": deed.address or "",
        "result": deed.result, "subject": deed.subject or "",
        "began_at": at, "last_at": at, "times": 0,
    }  # fmt: skip
    connection.execute(insert(refusal).values(**row))
    write_down(connection, deed, at, key)


def write_down_counts(connection: Connection, at: datetime, key: SecretStr | None) -> None:
    """Write down what was counted in hours that are over."""
    own = refusal.c
    over = own.began_at <= at - EVERY
    if connection.scalar(select(own.action).where(over).limit(1)) is None:
        return
    _take_turn(connection)
    gone = connection.execute(delete(refusal).where(over).returning(refusal)).all()
    for row in sorted(gone, key=lambda each: (each.began_at, each.actor, each.address)):
        if row.times:
            since, until = int(row.began_at.timestamp()), int(row.last_at.timestamp())
            deed = Deed(
                actor=row.actor, action=row.action, result=row.result,
                address=row.address or None, subject=row.subject or None,
                detail={"again": row.times, "since": since, "until": until},
            )  # fmt: skip
            write_down(connection, deed, at, key)


def _count(connection: Connection, deed: Deed, at: datetime) -> bool:
    own = refusal.c
    again = update(refusal).where(
        own.action == deed.action, own.actor == deed.actor,
        own.address == (deed.address or ""), own.result == deed.result,
        own.subject == (deed.subject or ""),
    )  # fmt: skip
    counted = connection.execute(again.values(times=own.times + 1, last_at=at))
    return counted.rowcount > 0


def _take_turn(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": COUNTING_LOCK})
