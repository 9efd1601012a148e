"""What fell due in a period, and whether it was met: the cohort of league tables."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, literal
from sqlalchemy.sql.expression import FromClause

from dashboard.figures import conditions
from dashboard.figures.figure import Figure
from dashboard.figures.population import DUE, Reason
from dashboard.figures.unit import Unit


def _early(rows: FromClause, as_of: datetime) -> ColumnElement[bool]:
    return rows.c.due_at > as_of


def _in_time(rows: FromClause, as_of: datetime) -> ColumnElement[bool]:
    return conditions.met(rows, as_of)


def _closed_late(rows: FromClause, _as_of: datetime) -> ColumnElement[bool]:
    return rows.c.closed_at.is_not(None)


def _still_open(rows: FromClause, _as_of: datetime) -> ColumnElement[bool]:
    return rows.c.closed_at.is_(None)


def _resolved_and_decided(rows: FromClause, as_of: datetime) -> ColumnElement[bool]:
    return and_(conditions.resolved(rows, as_of), conditions.decided(rows, as_of))


def _closed_and_decided(rows: FromClause, as_of: datetime) -> ColumnElement[bool]:
    return and_(rows.c.closed_at.is_not(None), conditions.decided(rows, as_of))


def _has_come(rows: FromClause, as_of: datetime) -> ColumnElement[bool]:
    return rows.c.due_at <= literal(as_of, rows.c.due_at.type)


MISSED_HOW = (Reason("closed_late", _closed_late), Reason("still_open", _still_open))
NOT_YET_DUE = Reason("pending", conditions.pending)

ON_TIME_RATE = Figure(
    id="on_time_rate",
    unit=Unit.SHARE,
    population=DUE,
    numerator=conditions.met,
    denominator=conditions.decided,
    counted=(Reason("met_early", _early), Reason("met", _in_time)),
    rest=MISSED_HOW,
    outside=(NOT_YET_DUE,),
    source="metrics 4.2, league-tables 3",
)
MISSED = Figure(
    id="missed",
    unit=Unit.CASE,
    population=DUE,
    numerator=conditions.missed,
    counted=MISSED_HOW,
    outside=(NOT_YET_DUE, Reason("met", _in_time)),
    source="league-tables 3",
)
DECIDED = Figure(
    id="due",
    unit=Unit.CASE,
    population=DUE,
    numerator=conditions.decided,
    outside=(NOT_YET_DUE,),
    source="league-tables 3",
)
PENDING = Figure(
    id="pending",
    unit=Unit.CASE,
    population=DUE,
    numerator=conditions.pending,
    source="league-tables 3",
)
OVERDUE_RATE = Figure(
    id="overdue_rate",
    unit=Unit.SHARE,
    population=DUE,
    numerator=conditions.missed,
    denominator=_has_come,
    outside=(NOT_YET_DUE, Reason("met_early", _early)),
    source="metrics 4.2",
)
RESOLUTION_RATE_DUE = Figure(
    id="resolution_rate_due",
    unit=Unit.SHARE,
    population=DUE,
    numerator=_resolved_and_decided,
    denominator=conditions.decided,
    outside=(NOT_YET_DUE,),
    source="metrics 4.2",
)
CLOSURE_RATE_DUE = Figure(
    id="closure_rate_due",
    unit=Unit.SHARE,
    population=DUE,
    numerator=_closed_and_decided,
    denominator=conditions.decided,
    outside=(NOT_YET_DUE,),
    source="metrics 4.2",
)

FIGURES = (
    ON_TIME_RATE,
    MISSED,
    DECIDED,
    PENDING,
    OVERDUE_RATE,
    RESOLUTION_RATE_DUE,
    CLOSURE_RATE_DUE,
)
