"""Sealed briefings in the database: their rows, never changed."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, and_, func, select, text

from dashboard.briefing.encode import briefing_from, digest
from dashboard.briefing.issue import Cycle, Issue
from dashboard.briefing.issued import Seal, Sealed
from dashboard.database.briefing_tables import sealed_briefing

BRIEFING_LOCK = 0x57_54  # edits and seals come one transaction after the other


def one_by_one(connection: Connection) -> None:
    """Wait for who edits or seals a briefing now, so that no edit is kept beside its seal."""
    if connection.dialect.name == "postgresql":  # SQLite's write transactions do anyhow
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": BRIEFING_LOCK})


def is_sealed(connection: Connection, issue: Issue) -> bool:
    """Tell whether an issue is sealed."""
    c = sealed_briefing.c
    found = select(c.number).where(_is(issue.cycle, issue.day))
    return connection.execute(found).first() is not None


def read_sealed(connection: Connection, cycle: Cycle, day: date) -> Sealed | None:
    """Open a sealed issue, of whatever version of the program.

    Raises:
        BodyError: its body does not open.
    """
    row = connection.execute(select(sealed_briefing).where(_is(cycle, day))).first()
    return None if row is None else _sealed(row)


def find_sealed(connection: Connection, cycle: Cycle, year: int, number: int) -> Sealed | None:
    """Open a sealed issue by its number.

    Raises:
        BodyError: its body does not open.
    """
    c = sealed_briefing.c
    wanted = and_(c.cycle == cycle.value, c.year == year, c.number == number)
    row = connection.execute(select(sealed_briefing).where(wanted)).first()
    return None if row is None else _sealed(row)


def sealed_since(connection: Connection, day: date) -> frozenset[tuple[Cycle, date]]:
    """Name the issues from a day on that are sealed."""
    c = sealed_briefing.c
    rows = connection.execute(select(c.cycle, c.day).where(c.day >= day))
    return frozenset((Cycle(row.cycle), row.day) for row in rows)


def oldest_days(connection: Connection) -> Mapping[Cycle, date]:
    """Return the day of the oldest sealed issue of each cycle."""
    c = sealed_briefing.c
    rows = connection.execute(select(c.cycle, func.min(c.day)).group_by(c.cycle))
    return {Cycle(row[0]): row[1] for row in rows}


def _is(cycle: Cycle, day: date) -> Any:  # noqa: ANN401 -- a condition
    return and_(sealed_briefing.c.cycle == cycle.value, sealed_briefing.c.day == day)


def _sealed(row: Row[Any]) -> Sealed:
    return Sealed(
        seal=seal_of(row),
        briefing=briefing_from(row.body, row.format),
        intact=digest(row.body) == row.sha256,
    )


def seal_of(row: Row[Any]) -> Seal:
    """Read a seal from its row."""
    return Seal(
        cycle=Cycle(row.cycle),
        day=row.day,
        year=row.year,
        number=row.number,
        sealed_at=row.sealed_at,
        sealed_by=row.sealed_by,
        as_of=row.as_of,
        event_id=row.event_id,
        rules=row.rules,
        sha256=row.sha256,
    )
