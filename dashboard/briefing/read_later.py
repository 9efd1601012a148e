"""How many events came to light after issues were sealed, of the time the issues tell of."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import accumulate

from sqlalchemy import ColumnElement, Connection, ScalarSelect, func, select

from dashboard.briefing.issued import Seal
from dashboard.database.tables import case_event
from dashboard.intake.facts import CLOCK_SLACK

IN_FLIGHT = timedelta(hours=1)
"""No transaction that records events takes longer."""


def count_later(connection: Connection, issues: Sequence[tuple[Seal, datetime]]) -> tuple[int, ...]:
    """Count, for each seal and the moment of its figures, the events `corrections` looks at.

    Those recorded after K that happened by M are those recorded after K, less those that happened
    after M, but for those that happened after M and were recorded by K. The first two are read
    along an index from one issue to the next, once for all of them; the third lie close together.
    """
    if not issues:
        return ()
    event = case_event.c
    recorded = _after(connection, event.recorded_at, {seal.as_of for seal, _ in issues})
    happened = _after(connection, event.at, {moment for _, moment in issues})
    between = [_known(*issue) + _in_flight(*issue) for issue in issues]
    return tuple(
        recorded[seal.as_of] - happened[moment] + n
        for (seal, moment), n in zip(issues, _row(connection, between), strict=True)
    )


def _after(
    connection: Connection, column: ColumnElement[datetime], instants: set[datetime]
) -> Mapping[datetime, int]:
    """Count what lies after each instant: after the newest, and from each up to the next.

    The first, which may be long, is a statement of its own: PostgreSQL compiles one that costs so
    much, and with all of them that takes longer than to count.
    """
    newest, *older = sorted(instants, reverse=True)
    runs = [
        _count(column > one, column <= end)
        for one, end in zip(older, (newest, *older), strict=False)
    ]
    counts = (*_row(connection, [_count(column > newest)]), *_row(connection, runs))
    return dict(zip((newest, *older), accumulate(counts), strict=True))


def _row(connection: Connection, counts: Sequence[ColumnElement[int]]) -> Sequence[int]:
    return tuple(connection.execute(select(*counts)).one()) if counts else ()


def _known(seal: Seal, moment: datetime) -> ScalarSelect[int]:
    """Count what happened after the moment and was recorded by the seal's; clocks may be ahead."""
    event = case_event.c
    return _count(
        event.at > moment, event.at <= seal.as_of + CLOCK_SLACK, event.recorded_at <= seal.as_of
    )


def _in_flight(seal: Seal, moment: datetime) -> ColumnElement[int]:
    """Count what says it was recorded by the seal's moment, and was kept after the seal."""
    event = case_event.c
    return _count(
        event.recorded_at > seal.as_of - IN_FLIGHT,
        event.recorded_at <= seal.as_of,
        event.event_id > (seal.event_id or 0),
        event.at <= moment,
    )


def _count(*tests: ColumnElement[bool]) -> ScalarSelect[int]:
    return select(func.count()).select_from(case_event).where(*tests).scalar_subquery()
