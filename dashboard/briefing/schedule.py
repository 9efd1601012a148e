"""Sealing by itself: at the set time, once, and later where the service was down at that time.

Whoever comes second, another process or a person, finds the issue sealed: its row has one key. What
fails is written down with its cause and tried again.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Event

from sqlalchemy import ColumnElement, Connection, Engine, delete, insert, select
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from dashboard.briefing.briefing import Issue
from dashboard.briefing.cycle import due_issues
from dashboard.briefing.seal import BY_ITSELF, SealError, seal
from dashboard.briefing.sealed import is_sealed, oldest_days
from dashboard.calendar import local_day
from dashboard.centre import Centre
from dashboard.database.briefing_tables import sealing_fault
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
        except Exception:  # a mistake today must not keep tomorrow's from being sealed
            log.exception("briefings that are due could not be looked for")


def seal_due(engine: Engine, centre: Centre, now: datetime) -> tuple[Issue, ...]:
    """Seal what is due and not sealed; return what this call sealed.

    Of each cycle that is everything since its first sealed issue, with the gaps: a later one that
    went well does not hide one that failed. A cycle never sealed begins with today's.
    """
    today = local_day(now, centre.zone)
    with reading(engine) as connection:
        begun = oldest_days(connection)
        due = [
            issue
            for issue in due_issues(centre, today - FARTHEST_BACK, now)
            if issue.day >= begun.get(issue.cycle, today) and not is_sealed(connection, issue)
        ]
    return tuple(issue for issue in due if _seal(engine, centre, issue, now))


def _seal(engine: Engine, centre: Centre, issue: Issue, now: datetime) -> bool:
    try:
        with writing(engine) as connection:
            seal(connection, centre, issue, now, BY_ITSELF)
            connection.execute(delete(sealing_fault).where(*_of(issue)))
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
        fault = sealing_fault.c
        tries = connection.scalar(select(fault.tries).where(*_of(issue))) or 0
        connection.execute(delete(sealing_fault).where(*_of(issue)))
        connection.execute(
            insert(sealing_fault).values(
                cycle=issue.cycle.value,
                day=issue.day,
                tries=tries + 1,
                tried_at=now,
                kind=type(error).__name__[:24],
            )
        )


def failed(connection: Connection, issue: Issue) -> tuple[int, datetime, str] | None:
    """Return how often sealing an issue failed, when last, and the kind of the fault."""
    fault = sealing_fault.c
    found = connection.execute(
        select(fault.tries, fault.tried_at, fault.kind).where(*_of(issue))
    ).first()
    return None if found is None else (found.tries, found.tried_at, found.kind)


def _of(issue: Issue) -> tuple[ColumnElement[bool], ...]:
    return (sealing_fault.c.cycle == issue.cycle.value, sealing_fault.c.day == issue.day)
