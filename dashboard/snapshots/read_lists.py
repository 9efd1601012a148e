"""The board's lists: cases overdue or due next, hazard points, newest items, hand-overs."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, exists, func, not_, or_, select

from dashboard.database import tables
from dashboard.figures import conditions
from dashboard.figures.narrow import narrowed
from dashboard.figures.period import Period
from dashboard.figures.population import ACCEPTED, HAND_OVERS, HAZARDS, OPEN, Population
from dashboard.figures.view import View
from dashboard.snapshots.board import HazardMark, Move, Newest, WarningRow
from dashboard.snapshots.read_place import Known
from dashboard.terms import Channel, Colour, Event, Risk, Situation, Stage

ROWS = 8
"""How many rows a list of the wall has at most."""

GRID_DECIMALS = 3
"""A thousandth of a degree, about 100 m (security 1.7)."""


def read_warning_rows(view: View, known: Known) -> tuple[WarningRow, ...]:
    """List open cases by their deadline: the longest overdue first, then those due next."""
    c = view.cases.c
    nearest = (
        select(
            *(c.case_code, c.case_kind, c.category_code, c.lead_dept_id),
            _unit(view, known, OPEN),
            *(c.stage, c.due_at, c.open_supervisions),
            conditions.colour(view.cases, view.as_of).label("colour"),
        )
        .where(view.members(OPEN, None), c.due_at.is_not(None))
        # left_at is NULL in all of them: it makes PostgreSQL walk the index of open cases
        .order_by(c.left_at, c.due_at, c.id)
        .limit(ROWS)
    )
    rows = view.connection.execute(narrowed(nearest, view.cases))
    return tuple(
        WarningRow(
            case_tail=case_tail(row.case_code),
            case_kind=row.case_kind,
            category=known.category(row.category_code),
            township=known.township(row.unit),
            department=known.department(row.lead_dept_id),
            colour=Colour(row.colour),
            stage=Stage(row.stage),
            due_at=row.due_at,
            left_s=int((row.due_at - view.as_of).total_seconds()),
            supervisions=row.open_supervisions,
        )
        for row in rows
    )


def read_marks(view: View, known: Known) -> tuple[HazardMark, ...]:
    """List hazard points that have a place: highest risk first, then the longest standing.

    Places are told to about 100 m; a point of a case of a sensitive category is not on the map.
    """
    c = tables.hazard_point.c
    risks = list(Risk)
    order = case(*((c.risk_level == risk, place) for place, risk in enumerate(risks)))
    rows = view.connection.execute(
        select(
            *(c.point_id, c.lon, c.lat, c.risk_level, c.hazard_type_code, c.found_at),
            _unit(view, known, HAZARDS),
        )
        .where(view.members(HAZARDS, None), c.risk_level.in_(risks))
        .where(c.lon.is_not(None), c.lat.is_not(None), _may_be_placed(known))
        .order_by(order, c.found_at, c.point_id)
    )
    return tuple(
        HazardMark(
            id=row.point_id,
            lon=round(row.lon, GRID_DECIMALS),
            lat=round(row.lat, GRID_DECIMALS),
            risk=Risk(row.risk_level),
            type=row.hazard_type_code,
            township=known.township(row.unit),
            found_at=row.found_at,
        )
        for row in rows
    )


def _may_be_placed(known: Known) -> ColumnElement[bool]:
    """As the category is now: what was not known to be sensitive is not shown in hindsight."""
    case_, point = tables.cases.c, tables.hazard_point.c
    codes = sorted(known.sensitive)
    about = or_(case_.category_code.in_(codes), func.substr(case_.category_code, 1, 2).in_(codes))
    return not_(exists().where(case_.id == point.case_id, about))


def read_newest(
    view: View, periods: Mapping[Situation, Period], known: Known
) -> dict[Situation, Newest]:
    """Find the case each situation accepted last within a period of its own."""
    if not periods:
        return {}
    c, unit = view.cases.c, _unit(view, known, ACCEPTED)
    latest = (c.accepted_at.desc(), c.id.desc())
    ranked = (
        select(
            *(c.situation, c.accepted_at, unit, c.category_code, c.source_channel),
            func.row_number().over(partition_by=c.situation, order_by=latest).label("place"),
        )
        .where(
            or_(
                *(
                    and_(view.members(ACCEPTED, period), c.situation == situation)
                    for situation, period in periods.items()
                )
            )
        )
        .subquery()
    )
    newest = select(ranked).where(ranked.c.place == 1)
    rows = view.connection.execute(narrowed(newest, view.cases))
    return {
        Situation(row.situation): Newest(
            at=row.accepted_at,
            township=known.township(row.unit),
            category=known.category(row.category_code),
            channel=Channel(row.source_channel),
        )
        for row in rows
    }


def read_move_rows(view: View, day: Period, known: Known) -> tuple[Move, ...]:
    """List the day's newest hand-overs, newest first; the department is the one they lead to."""
    c, e = view.cases.c, tables.case_event.c
    events = view.connection.execute(
        select(e.case_id, e.at, e.type, e.to_stage, e.dept_id)
        .where(view.members(HAND_OVERS, day))
        .order_by(e.at.desc(), e.event_id.desc())
        .limit(ROWS)
    ).all()
    # no join: the past's cases have no index to join by
    rows = view.connection.execute(
        select(
            *(c.id, c.case_code, c.category_code, c.case_kind, c.lead_dept_id, c.stage),
            _unit(view, known, OPEN),
        ).where(c.id.in_({event.case_id for event in events}))
    )
    moved = {row.id: row for row in rows}
    return tuple(
        Move(
            at=event.at,
            case_tail=case_tail(case.case_code),
            category=known.category(case.category_code),
            case_kind=case.case_kind,
            township=known.township(case.unit),
            department=known.department(event.dept_id or case.lead_dept_id),
            event=Event(event.type),
            stage=Stage(event.to_stage or case.stage),
        )
        for event in events
        if (case := moved.get(event.case_id)) is not None
    )


def read_provisional_span(view: View) -> tuple[datetime, datetime] | None:
    """Return the first and last deadline of open cases that rest on unknown holidays."""
    c = view.cases.c
    condition = and_(view.members(OPEN, None), conditions.provisional(view.cases, view.as_of))
    first, last = view.connection.execute(
        select(func.min(c.due_at), func.max(c.due_at)).where(condition)
    ).one()
    return None if first is None else (first, last)


def _unit(view: View, known: Known, population: Population) -> ColumnElement[str | None]:
    return known.unit.key(view.rows(population.table), population, view.as_of).label("unit")


def case_tail(code: str) -> str:
    """Return what the wall shows of a case's code: D00047 of 530303-20260310-D00047-6."""
    parts = code.split("-")
    return parts[2] if len(parts) > 2 else code
