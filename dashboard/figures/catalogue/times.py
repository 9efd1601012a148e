"""How long things took, on the calendar's clock and on the working clock (metrics 4.3)."""

from datetime import datetime, timedelta

from sqlalchemy import BigInteger, ColumnElement, and_, case, type_coerce
from sqlalchemy.sql.expression import FromClause

from dashboard.figures.conditions import Amount
from dashboard.figures.figure import Figure
from dashboard.figures.population import (
    ACCEPTED,
    CLOSED,
    DISPATCHED,
    ORDERS_REPLIED,
    WHISTLES,
    Reason,
)
from dashboard.figures.unit import Unit
from dashboard.terms import Outcome

PROMPT = timedelta(hours=24)
"""A first response within a day (metrics 4.3)."""


def _between(start: str, end: str) -> Amount:
    def amount(rows: FromClause, _as_of: datetime) -> ColumnElement[int]:
        first, last = rows.c[start], rows.c[end]
        return type_coerce(last, BigInteger) - type_coerce(first, BigInteger)

    return amount


def _column(name: str) -> Amount:
    return lambda rows, _as_of: rows.c[name]


def _arrived(rows: FromClause, as_of: datetime) -> ColumnElement[int]:
    """How long a whistle waited, None while it does."""
    waited = _between("raised_at", "arrived_at")(rows, as_of)
    return case((rows.c.arrived_at <= as_of, waited))


def _settled(rows: FromClause, _as_of: datetime) -> ColumnElement[bool]:
    return rows.c.close_outcome.in_((Outcome.RESOLVED, Outcome.DIVERTED))


_response = _between("first_dispatched_at", "first_response_at")


def _answered(rows: FromClause, _as_of: datetime) -> ColumnElement[bool]:
    return rows.c.first_response_at.is_not(None)


def _answer_due(rows: FromClause, as_of: datetime) -> ColumnElement[bool]:
    waited = int((as_of - PROMPT).timestamp())
    asked = type_coerce(rows.c.first_dispatched_at, BigInteger)
    return _answered(rows, as_of) | (asked <= waited)


def _prompt(rows: FromClause, as_of: datetime) -> ColumnElement[bool]:
    return and_(_answered(rows, as_of), _response(rows, as_of) <= int(PROMPT.total_seconds()))


HANDLING_TIME = Figure(
    id="handling_time",
    unit=Unit.MINUTE,
    population=CLOSED,
    numerator=_settled,
    amount=_column("handle_minutes"),
    source="metrics 4.3",
)
HANDLING_TIME_WORKING = Figure(
    id="handling_time_working",
    unit=Unit.MINUTE,
    population=CLOSED,
    numerator=_settled,
    amount=_column("handle_working_minutes"),
    source="metrics 4.3",
)
RESPONSE_TIME = Figure(
    id="first_response_time",
    unit=Unit.SECOND,
    population=DISPATCHED,
    amount=_response,
    source="metrics 4.3",
)
RESPONSE_TIME_WORKING = Figure(
    id="first_response_time_working",
    unit=Unit.MINUTE,
    population=DISPATCHED,
    amount=_column("response_working_minutes"),
    source="metrics 4.3",
)
PROMPT_RESPONSE_RATE = Figure(
    id="prompt_response_rate",
    unit=Unit.SHARE,
    population=DISPATCHED,
    numerator=_prompt,
    denominator=_answer_due,
    rest=(Reason("answered_late", _answered),),
    source="metrics 4.3, 4.9",
)
ASSESSMENT_TIME = Figure(
    id="assessment_time",
    unit=Unit.SECOND,
    population=ACCEPTED,
    amount=_between("accepted_at", "first_dispatched_at"),
    source="metrics 4.3",
)
REPLY_TIME = Figure(
    id="supervision_reply_time",
    unit=Unit.SECOND,
    population=ORDERS_REPLIED,
    amount=_between("issued_at", "replied_at"),
    source="metrics 4.3",
)
ARRIVAL_TIME = Figure(
    id="arrival_time",
    unit=Unit.SECOND,
    population=WHISTLES,
    amount=_arrived,
    source="metrics 4.3",
)

FIGURES = (
    HANDLING_TIME,
    HANDLING_TIME_WORKING,
    RESPONSE_TIME,
    RESPONSE_TIME_WORKING,
    PROMPT_RESPONSE_RATE,
    ASSESSMENT_TIME,
    REPLY_TIME,
    ARRIVAL_TIME,
)
