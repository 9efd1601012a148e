"""Sealing by itself: at the set time, once, and later where the service was down at that time.

Whoever comes second, another process or a person, finds the issue sealed: its row has one key. What
fails is written down with its cause and tried again.
"""

import logging
from collections.abc import Callable
from datetime import date, datetime, timedelta
from threading import Event

from sqlalchemy import ColumnElement, Connection, Engine, delete, insert, select
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from dashboard.briefing.briefing import Issue
from dashboard.briefing.cycle import due_issues
from dashboard.briefing.seal import BY_ITSELF, SealError, seal
from dashboard.briefing.sealed import is_sealed, newest_days
from dashboard.calendar import local_day
from dashboard.centre import Centre
from dashboard.database.briefing_tables import briefing_run
from dashboard.database.engine import reading, writing

log = logging.getLogger(__name__)

LOOKED_EVERY_S = 30

FARTHEST_BACK = timedelta(days=31)
"""What was missed longer ago is not sealed by itself: nobody waits for it."""


def keep_sealing(engine: Engine, centre: Centre, now: Callable[[], datetime], stop: Event) -> None:
    """Look every half minute for what is to be sealed, until told to stop."""
    while not stop.wait(LOOKED_EVERY_S):
        try:
            seal_due(engine, centre, now())
        except SQLAlchemyError as error:
            log.warning("no briefing is sealed, the database does not answer: %s", type(error))


def seal_due(engine: Engine, centre: Centre, now: datetime) -> tuple[Issue, ...]:
    """Seal what is due and not sealed; return what this call sealed.

    A centre that has sealed nothing begins with today's.
    """
    with reading(engine) as connection:
        due = [
            issue
            for issue in due_issues(centre, _since(connection, centre, now), now)
            if not is_sealed(connection, issue)
        ]
    return tuple(issue for issue in due if _seal(engine, centre, issue, now))


def _since(connection: Connection, centre: Centre, now: datetime) -> date:
    today = local_day(now, centre.zone)
    newest = max(newest_days(connection).values(), default=today)
    return max(min(newest, today), today - FARTHEST_BACK)


def _seal(engine: Engine, centre: Centre, issue: Issue, now: datetime) -> bool:
    try:
        with writing(engine) as connection:
            seal(connection, centre, issue, now, BY_ITSELF)
            connection.execute(delete(briefing_run).where(*_of(issue)))
    except (SealError, IntegrityError):
        return False  # somebody else was first
    except Exception as error:  # whatever it is, it is said, and tried again
        log.exception("the briefing of %s could not be sealed", issue.day)
        _write_down(engine, issue, now, error)
        return False
    return True


def _write_down(engine: Engine, issue: Issue, now: datetime, error: Exception) -> None:
    """Keep what went wrong by its kind: its words may hold what a case says."""
    with writing(engine) as connection:
        run = briefing_run.c
        tries = connection.scalar(select(run.tries).where(*_of(issue))) or 0
        connection.execute(delete(briefing_run).where(*_of(issue)))
        connection.execute(
            insert(briefing_run).values(
                cycle=issue.cycle.value,
                day=issue.day,
                lease_until=0.0,
                owner=BY_ITSELF,
                tries=tries + 1,
                tried_at=now,
                failure=type(error).__name__[:24],
            )
        )


def failed(connection: Connection, issue: Issue) -> tuple[int, datetime, str] | None:
    """Return how often sealing an issue failed, when last, and the kind of the fault."""
    run = briefing_run.c
    found = connection.execute(
        select(run.tries, run.tried_at, run.failure).where(*_of(issue))
    ).first()
    return None if found is None else (found.tries, found.tried_at, found.failure or "")


def _of(issue: Issue) -> tuple[ColumnElement[bool], ...]:
    return (briefing_run.c.cycle == issue.cycle.value, briefing_run.c.day == issue.day)
