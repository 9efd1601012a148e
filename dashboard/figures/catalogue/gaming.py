"""Signs that figures are worked on instead of cases (asks, idea 10)."""

from datetime import datetime, timedelta

from sqlalchemy import BigInteger, ColumnElement, and_, literal, or_, type_coerce
from sqlalchemy.sql.expression import FromClause

from dashboard.figures import conditions
from dashboard.figures.catalogue.rates import RATINGS, SATISFIED
from dashboard.figures.conditions import Condition
from dashboard.figures.figure import Figure
from dashboard.figures.population import ACCEPTED, CLOSED, FIRST_CLOSED, Population
from dashboard.figures.unit import Unit

LAST_HOUR = timedelta(hours=1)
SOON = timedelta(days=7)
"""A case closed and reopened within so long was closed too early."""


def _s(moment: ColumnElement[datetime]) -> ColumnElement[int]:
    return type_coerce(moment, BigInteger)


def _at_the_last_hour(rows: FromClause, _as_of: datetime) -> ColumnElement[bool]:
    left = _s(rows.c.due_at) - _s(rows.c.closed_at)
    return and_(left >= 0, left <= int(LAST_HOUR.total_seconds()))


def _reopened_soon(rows: FromClause, _as_of: datetime) -> ColumnElement[bool]:
    after = _s(rows.c.first_reopened_at) - _s(rows.c.first_closed_at)
    return after <= int(SOON.total_seconds())


def _proven(rows: FromClause, as_of: datetime) -> ColumnElement[bool]:
    first = rows.c.first_closed_at
    long_ago = first <= literal(as_of - SOON, first.type)
    return or_(_reopened_soon(rows, as_of), long_ago)


def _excluded(rows: FromClause, _as_of: datetime) -> ColumnElement[bool]:
    return rows.c.exclusion_reason.is_not(None)


def _paused(rows: FromClause, _as_of: datetime) -> ColumnElement[bool]:
    return or_(rows.c.paused_s > 0, rows.c.paused_since.is_not(None))


def _said_satisfied_unasked(rows: FromClause, _as_of: datetime) -> ColumnElement[bool]:
    return and_(rows.c.satisfaction.in_(SATISFIED), rows.c.reached_count == 0)


def _rated(rows: FromClause, _as_of: datetime) -> ColumnElement[bool]:
    return rows.c.satisfaction.in_(RATINGS)


def _sign(
    name: str, population: Population, numerator: Condition, denominator: Condition
) -> Figure:
    return Figure(
        id=name,
        unit=Unit.SHARE,
        population=population,
        numerator=numerator,
        denominator=denominator,
        source="asks, idea 10",
    )


LAST_HOUR_RATE = _sign("last_hour_rate", CLOSED, _at_the_last_hour, conditions.met)
SOON_REOPENED_RATE = _sign("soon_reopened_rate", FIRST_CLOSED, _reopened_soon, _proven)
EXCLUDED_RATE = _sign("excluded_rate", ACCEPTED, _excluded, conditions.every)
PAUSED_RATE = _sign("paused_rate", ACCEPTED, _paused, conditions.every)
UNASKED_RATE = _sign("unasked_satisfaction_rate", CLOSED, _said_satisfied_unasked, _rated)

FIGURES = (LAST_HOUR_RATE, SOON_REOPENED_RATE, EXCLUDED_RATE, PAUSED_RATE, UNASKED_RATE)
