"""What leaders' analyses count: reports without repeats, who comes back, what was left undone."""

from datetime import datetime, timedelta

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    and_,
    func,
    literal,
    or_,
    select,
    tuple_,
    type_coerce,
)
from sqlalchemy.sql.expression import FromClause

from dashboard.database.tables import cases, inspection_task, party, supervision_order
from dashboard.figures import conditions
from dashboard.figures.conditions import Condition
from dashboard.figures.figure import Figure
from dashboard.figures.lacking import lacks
from dashboard.figures.population import ACCEPTED, FIRST_CLOSED, OPEN, Population, Reason
from dashboard.figures.unit import Unit
from dashboard.terms import CaseKind, Channel, Colour, Level

REPEAT_WITHIN = timedelta(days=7)
"""A report is a repeat for so long after another of the same party at the same place."""

CALL_WITHIN = timedelta(days=30)
"""A call counts against a case until so long after it left the stock."""


def _s(moment: ColumnElement[datetime]) -> ColumnElement[int]:
    return type_coerce(moment, BigInteger)


def _group(rows: FromClause) -> ColumnElement[str]:
    return func.coalesce(func.substr(rows.c.category_code, 1, 2), rows.c.case_kind)


def _reports_again(rows: FromClause, _as_of: datetime) -> ColumnElement[bool]:
    """The same party brought the same category from the same place in the seven days before."""
    own, same, earlier = party.alias("own"), party.alias("same"), cases.alias("earlier")
    at, before = _s(rows.c.accepted_at), _s(earlier.c.accepted_at)
    found = (
        select(earlier.c.id)
        .where(
            own.c.case_id == rows.c.id,
            own.c.role == "applicant",
            same.c.party_key == own.c.party_key,
            same.c.role == "applicant",
            earlier.c.id == same.c.case_id,
            earlier.c.area_code == rows.c.area_code,
            _group(earlier) == _group(rows),
            or_(before < at, and_(before == at, earlier.c.id < rows.c.id)),
            before > at - int(REPEAT_WITHIN.total_seconds()),
        )
        .correlate(rows)
    )
    return found.exists()


def _first_report(rows: FromClause, as_of: datetime) -> ColumnElement[bool]:
    return lacks(_reports_again(rows, as_of))


def _called_again(rows: FromClause, as_of: datetime) -> ColumnElement[bool]:
    """110 was called by its party or at its place, while it was open or within thirty days."""
    return or_(_by_party(rows, as_of), _at_place(rows, as_of))


def _call(rows: FromClause, later: FromClause, as_of: datetime) -> ColumnElement[bool]:
    at, until = _s(later.c.accepted_at), _s(rows.c.left_at) + int(CALL_WITHIN.total_seconds())
    return and_(
        later.c.source_channel == Channel.POLICE_110,
        later.c.id != rows.c.id,
        at > _s(rows.c.accepted_at),
        at <= int(as_of.timestamp()),
        or_(rows.c.left_at.is_(None), at <= until),
    )


def _by_party(rows: FromClause, as_of: datetime) -> ColumnElement[bool]:
    own, same, later = party.alias("own"), party.alias("same"), cases.alias("later")
    found = (
        select(later.c.id)
        .where(
            own.c.case_id == rows.c.id,
            same.c.party_key == own.c.party_key,
            later.c.id == same.c.case_id,
            _call(rows, later, as_of),
        )
        .correlate(rows)
    )
    return found.exists()


def _at_place(rows: FromClause, as_of: datetime) -> ColumnElement[bool]:
    calls, later = cases.alias("calls"), cases.alias("later")
    places = select(calls.c.area_code, calls.c.location_text).where(
        calls.c.source_channel == Channel.POLICE_110, calls.c.location_text.is_not(None)
    )
    # asked once, and few places pass: without it every case is compared with its whole township
    known = tuple_(rows.c.area_code, rows.c.location_text).in_(places)
    found = (
        select(later.c.id)
        .where(
            later.c.township_code == rows.c.township_code,
            later.c.area_code == rows.c.area_code,
            later.c.location_text == rows.c.location_text,
            _call(rows, later, as_of),
        )
        .correlate(rows)
    )
    return and_(rows.c.location_text.is_not(None), known, found.exists())


def _petitioned_after(rows: FromClause, as_of: datetime) -> ColumnElement[bool]:
    """Its party brought a petition after it was closed for the first time."""
    own, same, later = party.alias("own"), party.alias("same"), cases.alias("later")
    at = _s(later.c.accepted_at)
    found = (
        select(later.c.id)
        .where(
            own.c.case_id == rows.c.id,
            same.c.party_key == own.c.party_key,
            later.c.id == same.c.case_id,
            later.c.id != rows.c.id,
            later.c.case_kind == CaseKind.PETITION,
            at >= _s(rows.c.first_closed_at),
            at <= int(as_of.timestamp()),
        )
        .correlate(rows)
    )
    return found.exists()


def _unexplained(rows: FromClause, as_of: datetime) -> ColumnElement[bool]:
    missing = or_(rows.c.overdue_reason.is_(None), rows.c.overdue_reason == "")
    return and_(conditions.overdue(rows, as_of), missing)


def _major(rows: FromClause, as_of: datetime) -> ColumnElement[bool]:
    return and_(conditions.overdue(rows, as_of), rows.c.level == Level.MAJOR)


def _coloured(colour: Colour) -> Condition:
    return lambda rows, _as_of: rows.c.colour == str(colour)


def _visit_due(rows: FromClause, as_of: datetime) -> ColumnElement[bool]:
    return rows.c.due_at <= literal(as_of, rows.c.due_at.type)


def _not_visited(rows: FromClause, as_of: datetime) -> ColumnElement[bool]:
    undone = or_(rows.c.done_at.is_(None), rows.c.done_at > rows.c.due_at)
    return and_(_visit_due(rows, as_of), undone)


def _made_late(rows: FromClause, as_of: datetime) -> ColumnElement[bool]:
    return rows.c.done_at <= literal(as_of, rows.c.done_at.type)


VISITS = Population(id="visits", table=inspection_task, instant="due_at", base=conditions.every)
ORDERS = Population(
    id="orders",
    table=supervision_order,
    instant="issued_at",
    base=lambda rows, as_of: and_(rows.c.issued_at <= as_of, rows.c.case_id.is_not(None)),
)

INTAKE = Figure(
    id="signal_intake",
    unit=Unit.CASE,
    population=ACCEPTED,
    numerator=_first_report,
    outside=(Reason("repeat_report", _reports_again),),
    compares=True,
    source="metrics 4.7",
)
REPEAT_CALLS = Figure(
    id="repeat_calls",
    unit=Unit.SHARE,
    population=ACCEPTED,
    numerator=_called_again,
    denominator=conditions.every,
    counted=(Reason("called_by_party", _by_party), Reason("called_from_place", _at_place)),
    compares=True,
    source="metrics 4.11",
)
PETITION_HITS = Figure(
    id="petition_hits",
    unit=Unit.SHARE,
    population=FIRST_CLOSED,
    numerator=_petitioned_after,
    denominator=conditions.every,
    compares=True,
    source="metrics 4.11",
)
MISSED_VISITS = Figure(
    id="missed_visits",
    unit=Unit.SHARE,
    population=VISITS,
    numerator=_not_visited,
    denominator=_visit_due,
    counted=(Reason("visited_late", _made_late),),
    source="metrics 4.11",
)
UNEXPLAINED = Figure(
    id="overdue_unexplained",
    unit=Unit.CASE,
    population=OPEN,
    numerator=_unexplained,
    source="metrics 4.9",
)
OVERDUE_MAJOR = Figure(
    id="overdue_major", unit=Unit.CASE, population=OPEN, numerator=_major, source="metrics 4.9"
)
YELLOW_ORDERS = Figure(
    id="yellow_orders",
    unit=Unit.EVENT,
    population=ORDERS,
    numerator=_coloured(Colour.YELLOW),
    source="metrics 4.9",
)
RED_ORDERS = Figure(
    id="red_orders",
    unit=Unit.EVENT,
    population=ORDERS,
    numerator=_coloured(Colour.RED),
    source="metrics 4.9",
)

FIGURES = (
    INTAKE,
    REPEAT_CALLS,
    PETITION_HITS,
    MISSED_VISITS,
    UNEXPLAINED,
    OVERDUE_MAJOR,
    YELLOW_ORDERS,
    RED_ORDERS,
)
