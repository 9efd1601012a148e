"""What stands beside the cases: intelligence, hazards, duty, decisions, the weekly lists."""

from datetime import datetime

from sqlalchemy import select

from dashboard.briefing.decision import Decision, open_since
from dashboard.briefing.issue import Issue
from dashboard.briefing.morning import DecisionLine, DutyLine
from dashboard.briefing.read_overall import cells_of
from dashboard.briefing.register import read_register
from dashboard.briefing.situation_line import HazardLine, HazardMoves, Intelligence
from dashboard.briefing.spans import Spans
from dashboard.briefing.unit_line import ThreeLists
from dashboard.database.tables import hazard_point
from dashboard.duty.roster import read_shifts
from dashboard.figures.catalogue.beside import (
    CONVERTED,
    FOUND,
    JUDGED,
    LATE,
    REMOVED,
    WAITING,
    WAITING_LONG,
)
from dashboard.figures.catalogue.flow import INTELLIGENCE_RECEIVED, RECEIVED
from dashboard.figures.composition import Part
from dashboard.figures.filters import NONE, Filters
from dashboard.figures.measure import measure
from dashboard.figures.parts import candidate_test, part_test
from dashboard.figures.period import Period
from dashboard.figures.view import View
from dashboard.snapshots.read_place import Known
from dashboard.terms import Risk

HAZARD_ROWS = 300


def read_intelligence(view: View, period: Period) -> Intelligence:
    """Count the items received and judged in the span, and those that still wait."""
    figures = (INTELLIGENCE_RECEIVED, JUDGED, CONVERTED, WAITING, WAITING_LONG)
    cells = cells_of(view, figures, period)
    received, judged, converted, waiting, long = (cells[figure].numerator for figure in figures)
    return Intelligence(
        received=received, judged=judged, converted=converted, open=waiting, open_over_24h=long
    )


def read_hazard_moves(view: View, period: Period, known: Known) -> HazardMoves:
    """Count the points found and removed in the span, and list those that are late."""
    cells = cells_of(view, (FOUND, REMOVED, LATE), period)
    point = hazard_point.c
    listed = (
        select(
            point.point_id, point.hazard_type_code, point.township_code, point.risk_level,
            point.found_at, point.rectify_due,
        )
        .where(candidate_test(view, LATE, None), part_test(view, LATE, Part.COUNTED))
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
    found, removed, late = (cells[figure].numerator for figure in (FOUND, REMOVED, LATE))
    return HazardMoves(found=found, removed=removed, late=late, rows=rows)


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
    return tuple(_decision(one, issue, known_at) for one in open_since(found, issue.start))


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
