"""Sealing by itself: at the set time, once, and later where the service was down at that time.

Whoever comes second, another process or a person, finds the issue sealed: its row has one key. What
fails is written down with its cause and tried again.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from threading import Event

from sqlalchemy import ColumnElement, Engine, delete, insert, select
from sqlalchemy.exc import SQLAlchemyError

from dashboard.briefing.hindrance import kind_of
from dashboard.briefing.issue import Issue
from dashboard.briefing.issued import BY_ITSELF
from dashboard.briefing.seal import seal
from dashboard.briefing.sealed import is_sealed
from dashboard.briefing.unsealed import issues_to_seal
from dashboard.centre import Centre
from dashboard.database.briefing_tables import sealing_fault
from dashboard.database.engine import reading, writing

log = logging.getLogger(__name__)

LOOKED_EVERY_S = 30


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
    """Seal what is due and not sealed, the gaps too; return what this call sealed."""
    with reading(engine) as connection:
        due = issues_to_seal(connection, centre, now)
    return tuple(issue for issue in due if _seal(engine, centre, issue, now))


def _seal(engine: Engine, centre: Centre, issue: Issue, now: datetime) -> bool:
    try:
        with writing(engine) as connection:
            seal(connection, centre, issue, now, BY_ITSELF)
            connection.execute(delete(sealing_fault).where(*_of(issue)))
    except Exception as error:  # whatever it is, it is said, and tried again
        if _was_sealed(engine, issue):
            return False  # somebody else was first
        log.exception("the briefing of %s could not be sealed", issue.day)
        _write_down(engine, issue, now, error)
        return False
    return True


def _was_sealed(engine: Engine, issue: Issue) -> bool:
    with reading(engine) as connection:
        return is_sealed(connection, issue)


def _write_down(engine: Engine, issue: Issue, now: datetime, error: Exception) -> None:
    """Keep what went wrong by its kind."""
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
                kind=kind_of(error),
            )
        )


def _of(issue: Issue) -> tuple[ColumnElement[bool], ...]:
    return (sealing_fault.c.cycle == issue.cycle.value, sealing_fault.c.day == issue.day)
