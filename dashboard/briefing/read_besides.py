"""What stands beside the cases: intelligence, hazards, duty, decisions, the weekly lists."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import and_, func, or_, select

from dashboard.briefing.briefing import (
    DecisionLine,
    DutyLine,
    HazardLine,
    HazardMoves,
    Intelligence,
    Issue,
    ThreeLists,
)
from dashboard.briefing.decision import Decision
from dashboard.briefing.register import read_register
from dashboard.briefing.spans import Spans
from dashboard.database.tables import hazard_point, intelligence_item
from dashboard.duty.roster import read_shifts
from dashboard.figures import conditions
from dashboard.figures.catalogue.flow import RECEIVED
from dashboard.figures.filters import NONE, Filters
from dashboard.figures.measure import measure
from dashboard.figures.period import Period
from dashboard.figures.view import View
from dashboard.snapshots.read_place import Known
from dashboard.terms import Risk

HAZARD_ROWS = 300
DAY_OLD = timedelta(hours=24)


def read_intelligence(view: View, period: Period) -> Intelligence:
    """Count the items received and judged in the span, and those that still wait."""
    item = intelligence_item.c
    received = and_(item.received_at >= period.start, item.received_at < period.end)
    judged = and_(item.assessed_at >= period.start, item.assessed_at < period.end)
    known = item.received_at <= view.as_of
    waits = and_(known, or_(item.assessed_at.is_(None), item.assessed_at > view.as_of))
    old = and_(waits, item.received_at <= view.as_of - DAY_OLD)
    counts = [
        func.count().filter(test)
        for test in (received, judged, and_(judged, item.case_id.is_not(None)), waits, old)
    ]
    statement = select(*counts).where(known, view.scoped(intelligence_item))
    row = view.connection.execute(statement).one()
    return Intelligence(
        received=row[0], judged=row[1], converted=row[2], open=row[3], open_over_24h=row[4]
    )


def read_hazard_moves(view: View, period: Period, known: Known) -> HazardMoves:
    """Count the points found and removed in the span, and list those that are late."""
    point = hazard_point.c
    found = and_(point.found_at >= period.start, point.found_at < period.end)
    removed = and_(point.removed_at >= period.start, point.removed_at < period.end)
    standing = conditions.not_removed(hazard_point, view.as_of)
    late = and_(standing, point.rectify_due < view.as_of)
    seen = and_(point.found_at <= view.as_of, view.scoped(hazard_point))
    counts = [func.count().filter(test) for test in (found, removed, late)]
    row = view.connection.execute(select(*counts).where(seen)).one()
    listed = (
        select(
            point.point_id, point.hazard_type_code, point.township_code, point.risk_level,
            point.found_at, point.rectify_due,
        )
        .where(seen, late)
        .order_by(point.rectify_due, point.point_id)
        .limit(HAZARD_ROWS)
    )  # fmt: skip
    rows = tuple(
        HazardLine(
            id=one.point_id,
            type=one.hazard_type_code,
            township=known.township(one.township_code),
            risk=Risk(one.risk_level),
            found_at=one.found_at,
            due_at=one.rectify_due,
        )
        for one in view.connection.execute(listed)
    )
    return HazardMoves(found=row[0], removed=row[1], late=row[2], rows=rows)


def read_duty_lines(view: View, issue: Issue, day: Period) -> tuple[DutyLine, ...]:
    """Read the shifts that start on the issue's day, in their order; `day` are its hours."""
    return tuple(
        DutyLine(
            role=one.role,
            shift=one.shift,
            name=one.name,
            department=one.department,
            starts_at=one.starts_at,
            ends_at=one.ends_at,
        )
        for one in read_shifts(view.connection, day.start, day.end)
        if one.day == issue.day
    )


def read_decisions(view: View, issue: Issue, known_at: datetime) -> tuple[DecisionLine, ...]:
    """Read the decisions that were open when the span began or came since, oldest first."""
    found = read_register(view.connection, view.scope, as_of=known_at)
    return tuple(_decision(one, issue, known_at) for one in _told(found, issue))


def _told(found: Iterable[Decision], issue: Issue) -> Iterable[Decision]:
    return (one for one in found if one.closed is None or one.closed.at >= issue.start)


def _decision(one: Decision, issue: Issue, known_at: datetime) -> DecisionLine:
    return DecisionLine(
        id=one.id,
        text=one.title,
        case_code=one.case_code,
        owner=one.owner.department or one.owner.area or "",
        due_at=one.due_at,
        taken_on=one.taken_on,
        age_days=max(0, one.age_days(issue.day)),
        progress=one.progress,
        times_missed=one.times_missed(known_at),
        reply=None if one.reply is None else one.reply.text,
    )


def read_lists(view: View, spans: Spans) -> ThreeLists:
    """Count the three lists, as far as anybody has said what they hold."""
    unjudged = view.narrowed(Filters(risks=frozenset({NONE})))
    new = measure(unjudged, (RECEIVED,), (), spans.now)[RECEIVED]
    return ThreeLists(
        long_open=None, new_unjudged=sum(cell.numerator for cell in new.values()), watched=None
    )
