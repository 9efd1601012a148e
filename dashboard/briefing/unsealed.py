"""Briefings that were due to be sealed by themselves and are not, and what kept them from it."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from dashboard.briefing.cycle import due_at, due_issues
from dashboard.briefing.hindrance import hindrance_of
from dashboard.briefing.issue import Issue
from dashboard.briefing.sealed import oldest_days, sealed_since
from dashboard.calendar import local_day
from dashboard.centre import Centre
from dashboard.database.briefing_tables import sealing_fault
from dashboard.snapshots.board import Unsealed

FARTHEST_BACK = timedelta(days=31)
"""What was missed longer ago is not sealed by itself: nobody waits for it."""

TOLD_AFTER = timedelta(minutes=3)
"""An issue that is late for no known reason is told of then: the service looks every half minute,
and to compose takes seconds."""


def issues_to_seal(connection: Connection, centre: Centre, now: datetime) -> tuple[Issue, ...]:
    """Return what is due and not sealed, oldest first.

    Of each cycle that is everything since its first sealed issue, with the gaps: a later one that
    went well does not hide one that failed. A cycle never sealed begins with today's.
    """
    today = local_day(now, centre.zone)
    farthest = today - FARTHEST_BACK
    due = due_issues(centre, farthest, now)
    if not due:
        return ()
    begun, sealed = oldest_days(connection), sealed_since(connection, farthest)
    return tuple(
        issue
        for issue in due
        if issue.day >= begun.get(issue.cycle, today) and (issue.cycle, issue.day) not in sealed
    )


def read_unsealed(connection: Connection, centre: Centre, now: datetime) -> tuple[Unsealed, ...]:
    """Read which briefings are late and why, newest first; none where a person seals."""
    late = issues_to_seal(connection, centre, now)
    if not late:
        return ()
    rows = connection.execute(select(sealing_fault).where(sealing_fault.c.day >= late[0].day))
    faults = {(row.cycle, row.day): row for row in rows}
    found = []
    for issue in reversed(late):
        due, fault = due_at(centre, issue), faults.get((issue.cycle.value, issue.day))
        if due is None or (fault is None and now - due < TOLD_AFTER):
            continue
        kind = "" if fault is None else fault.kind
        found.append(
            Unsealed(
                cycle=issue.cycle.value,
                day=issue.day,
                due_at=due,
                tries=0 if fault is None else fault.tries,
                tried_at=None if fault is None else fault.tried_at,
                kind=kind,
                why=hindrance_of(kind),
            )
        )
    return tuple(found)
