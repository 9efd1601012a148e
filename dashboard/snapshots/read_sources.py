"""The feeds of the board: when each last brought something, and whether its silence is unusual."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, select, union_all

from dashboard.calendar import WorkCalendar, local_day
from dashboard.database.types import UtcDateTime
from dashboard.figures.period import SECOND, Period
from dashboard.figures.population import ACCEPTED
from dashboard.figures.view import View
from dashboard.snapshots.board import Quiet, SourceState
from dashboard.snapshots.lamp import lamp_of
from dashboard.snapshots.quiet import chance_of_silence
from dashboard.snapshots.read_place import read_sources as read_places_sources

LOOK_BACK = timedelta(hours=24)
"""A longer silence is looked at as one of so long."""

WEEKS, ENOUGH = 8, 4
"""So many weeks a count is compared with, and with fewer there is no statistic (metrics 4.7)."""

DAYS_A_WEEK = 7


def read_sources(view: View) -> tuple[SourceState, ...]:
    """Tell how each feed is doing, in the order of the channels."""
    states = read_places_sources(view)
    return tuple(replace(state, lamp=lamp_of(state, view.as_of)) for state in states)


def read_feeds(
    view: View, calendar: WorkCalendar, silence_p: float | None
) -> tuple[SourceState, ...]:
    """Read every feed; without `silence_p` nobody has said what silence is unusual."""
    states = read_sources(view)
    if silence_p is None or not states:
        return states
    weeks = _weeks(view, calendar)
    if len(weeks) < ENOUGH:
        return states
    since = _since(view)
    start = view.as_of - LOOK_BACK
    usual, whole = _usual(view, weeks, since), _usual(view, weeks, {})

    def quiet(state: SourceState) -> Quiet:
        here = usual.get(state.channel, 0.0)
        p = chance_of_silence(here, DAYS_A_WEEK * whole.get(state.channel, 0.0))
        return Quiet(since=since.get(state.channel, start), usual=here, p=p, silent=p < silence_p)

    return tuple(replace(state, quiet=quiet(state)) for state in states)


def _weeks(view: View, calendar: WorkCalendar) -> tuple[int, ...]:
    """Return how many weeks back the same hours lie on days of the same kind, with data before."""
    accepted = view.cases.c.accepted_at
    oldest = select(accepted).where(view.members(ACCEPTED, None), accepted.is_not(None))
    first = view.connection.scalar(oldest.order_by(accepted).limit(1))
    if first is None:
        return ()
    window = (view.as_of - LOOK_BACK, view.as_of)

    def kinds(back: int) -> list[bool]:
        days = (local_day(_earlier(at, back, calendar), calendar.zone) for at in window)
        return [calendar.is_working(day) for day in days]

    now = kinds(0)
    return tuple(
        back
        for back in range(1, WEEKS + 1)
        if kinds(back) == now and first <= _earlier(window[0], back, calendar)
    )


def _earlier(at: datetime, weeks: int, calendar: WorkCalendar) -> datetime:
    """Return the same time of the same weekday so many weeks before."""
    return (at.astimezone(calendar.zone) - timedelta(weeks=weeks)).astimezone(UTC)


def _since(view: View) -> Mapping[str, datetime]:
    """Return when each channel's last case within the look back was accepted."""
    c = view.cases.c
    recent = view.members(ACCEPTED, Period(view.as_of - LOOK_BACK, view.as_of + SECOND))
    query = select(c.source_channel, func.max(c.accepted_at)).where(recent)
    return {row[0]: row[1] for row in view.connection.execute(query.group_by(c.source_channel))}


def _usual(
    view: View, weeks: tuple[int, ...], since: Mapping[str, datetime]
) -> Mapping[str, float]:
    """Count each channel's cases from the same time as `since`, mean over the weeks."""
    c = view.cases.c

    def of_week(back: int) -> Select[tuple[str, int]]:
        end = view.as_of - timedelta(weeks=back)
        inside = [view.members(ACCEPTED, Period(end - LOOK_BACK, end))]
        if since:
            begins = {
                channel: _instant(at - timedelta(weeks=back)) for channel, at in since.items()
            }
            own = case(begins, value=c.source_channel, else_=_instant(end - LOOK_BACK))
            inside.append(c.accepted_at > own)
        counted = select(c.source_channel.label("channel"), func.count().label("n"))
        return counted.where(and_(*inside)).group_by(c.source_channel)

    rows = union_all(*(of_week(back) for back in weeks)).subquery()
    query = select(rows.c.channel, func.sum(rows.c.n)).group_by(rows.c.channel)
    return {row[0]: int(row[1]) / len(weeks) for row in view.connection.execute(query)}


def _instant(at: datetime) -> ColumnElement[datetime]:
    return literal(at, UtcDateTime())
