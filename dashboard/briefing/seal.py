"""Seal a briefing: give it its number and fingerprint, and never touch it again."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, func, insert, select

from dashboard.briefing.briefing import Briefing
from dashboard.briefing.compose import compose
from dashboard.briefing.draft import Draft, fold, read_edits
from dashboard.briefing.encode import FORMAT, body_of, digest
from dashboard.briefing.issue import Issue
from dashboard.briefing.issued import Sealed
from dashboard.briefing.sealed import is_sealed, one_by_one, read_sealed
from dashboard.centre import Centre
from dashboard.database.briefing_tables import sealed_briefing
from dashboard.figures.period import SECOND


class SealError(Exception):
    """An issue cannot be sealed; the message is the code of the reason."""


def draft(connection: Connection, centre: Centre, issue: Issue, as_of: datetime) -> Draft:
    """Compose an issue as it would be sealed now, with everything people changed in it."""
    composed = compose(connection, centre, issue, as_of)
    return fold(composed, read_edits(connection, issue))


def seal(connection: Connection, centre: Centre, issue: Issue, now: datetime, by: str) -> Sealed:
    """Seal an issue as known by the last second that is over, in the caller's write transaction.

    Of two who seal at once one fails by the table's key, and so does its transaction.

    Raises:
        SealError: it is sealed ("sealed"), or its span is not over ("running").
    """
    one_by_one(connection)
    if is_sealed(connection, issue):
        raise SealError("sealed")
    known_at = now.replace(microsecond=0) - SECOND  # what is recorded this second may yet come
    if known_at < issue.end - SECOND:
        raise SealError("running")
    number = _next_number(connection, issue)
    made = draft(connection, centre, replace(issue, number=number), known_at).briefing
    body = body_of(made)
    connection.execute(
        insert(sealed_briefing).values(
            cycle=issue.cycle.value,
            day=issue.day,
            year=issue.day.year,
            number=number,
            sealed_at=now,
            sealed_by=by,
            as_of=known_at,
            event_id=made.event_id,
            rules=made.rules,
            format=FORMAT,
            sha256=digest(body),
            body=body,
        )
    )
    found = read_sealed(connection, issue.cycle, issue.day)
    if found is None:
        raise SealError("lost")
    return found


def regenerate(connection: Connection, centre: Centre, sealed: Sealed) -> Briefing:
    """Make a sealed issue anew from the database, as known when it was sealed."""
    return draft(connection, centre, sealed.briefing.issue, sealed.seal.as_of).briefing


def _next_number(connection: Connection, issue: Issue) -> int:
    c = sealed_briefing.c
    newest = select(func.max(c.number)).where(
        c.cycle == issue.cycle.value, c.year == issue.day.year
    )
    return (connection.scalar(newest) or 0) + 1
