"""Hotspots from the case database: the seven days that end yesterday against the weeks before."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.sql.expression import FromClause

from dashboard.calendar import WorkCalendar, local_day, start_of
from dashboard.database.tables import cases, hazard_point
from dashboard.figures.catalogue.signals import INTAKE
from dashboard.figures.dimension import COUNTY, TOWNSHIP, Dimension, spans
from dashboard.figures.filters import EVERY
from dashboard.figures.measure import measure
from dashboard.figures.period import Period
from dashboard.figures.population import Population
from dashboard.figures.view import View
from dashboard.signals.clusters import Found, find_clusters
from dashboard.signals.hotspots import Counts, Findings, Key, find
from dashboard.signals.units import areas
from dashboard.signals.windows import Windows, windows_until
from dashboard.terms import AreaLevel


def _topic(rows: FromClause, _population: Population, _as_of: datetime) -> ColumnElement[Any]:
    return func.coalesce(func.substr(rows.c.category_code, 1, 2), rows.c.case_kind)


TOPIC = Dimension("topic", _topic)
"""The first two digits of a case's category; without one, its kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HotspotReading:
    """What was found, in which weeks; `unplaced` cases of the seven days have no known area."""

    findings: Findings
    windows: Windows
    unplaced: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterReading:
    """Hazard points found close together; `points` are the ids of each cluster's members."""

    findings: Findings
    points: dict[str, list[str]]
    windows: Windows


def read_hotspots(
    view: View, calendar: WorkCalendar, level: AreaLevel = AreaLevel.TOWNSHIP
) -> HotspotReading:
    """Compare every area and topic, whatever the view's filters: one cell alone says nothing.

    Areas are townships, or the counties of a prefecture.
    """
    view = view.narrowed(EVERY)
    windows = windows_until(view.as_of, calendar, _first_day(view, calendar))
    by = COUNTY if level is AreaLevel.COUNTY else TOWNSHIP
    counts, unplaced = _counts(view, windows, by, calendar)
    compared = areas(view.connection, view.scope, level)
    known = set(compared)
    outside = sum(cell.now for (area, _), cell in counts.items() if area not in known)
    inside = {key: cell for key, cell in counts.items() if key[0] in known}
    findings = find(inside, compared, len(windows.baseline))
    return HotspotReading(findings=findings, windows=windows, unplaced=unplaced + outside)


def read_clusters(view: View, calendar: WorkCalendar) -> ClusterReading:
    """Grade groups of hazard points found within 300 m of each other."""
    windows = windows_until(view.as_of, calendar, _first_day(view, calendar))
    point = hazard_point.c
    rows = view.connection.execute(
        select(point.point_id, point.lon, point.lat, point.found_at)
        .where(
            point.lon.is_not(None),
            point.lat.is_not(None),
            point.found_at < windows.current.end,
            view.scoped(hazard_point),
        )
        .order_by(point.found_at, point.point_id)
    )
    spans_ = (windows.current, *windows.baseline)
    found = [
        Found(id=row.point_id, lon=row.lon, lat=row.lat, window=window)
        for row in rows
        if (window := _window_of(row.found_at, spans_)) is not None
    ]
    findings, members = find_clusters(found, len(windows.baseline))
    return ClusterReading(findings=findings, points=members, windows=windows)


def _first_day(view: View, calendar: WorkCalendar) -> date | None:
    """Return the day of the oldest case, of each table by itself: a union has no index."""
    firsts: list[datetime] = []
    for layer, counted in view.layers(cases):
        accepted = layer.cases.c.accepted_at
        own = and_(accepted.is_not(None), counted, layer.scoped(layer.cases))
        firsts += view.connection.scalars(select(accepted).where(own).order_by(accepted).limit(1))
    return local_day(min(firsts), calendar.zone) if firsts else None


def _counts(
    view: View, windows: Windows, by: Dimension, calendar: WorkCalendar
) -> tuple[dict[Key, Counts], int]:
    used = (windows.current, *windows.baseline)
    oldest = min(used, key=lambda period: period.start)
    starts = _weeks(oldest.start, windows.current.start, calendar)
    period = Period(oldest.start, windows.current.end)
    cells = measure(view, (INTAKE,), (by, TOPIC, spans(starts)), period)[INTAKE]
    table: dict[Key, dict[datetime, int]] = defaultdict(dict)
    unplaced = 0
    for (area, topic, place), cell in cells.items():
        if area is not None:
            table[area, topic][starts[place]] = cell.numerator
        elif starts[place] == windows.current.start:
            unplaced += cell.numerator
    counts = {
        key: Counts(
            now=weeks.get(windows.current.start, 0),
            before=tuple(weeks.get(period.start, 0) for period in windows.baseline),
        )
        for key, weeks in table.items()
    }
    return counts, unplaced


def _weeks(first: datetime, last: datetime, calendar: WorkCalendar) -> list[datetime]:
    """Return every seventh local midnight from `first` to `last`."""
    day, starts = local_day(first, calendar.zone), []
    end = local_day(last, calendar.zone)
    while day <= end:
        starts.append(start_of(day, calendar.zone))
        day += timedelta(days=7)
    return starts


def _window_of(at: datetime, windows: Sequence[Period]) -> int | None:
    return next((n for n, span in enumerate(windows) if span.start <= at < span.end), None)
