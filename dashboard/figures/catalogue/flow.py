"""What came and went in a period: accepted, closed, reopened, handed over (metrics 4.1)."""

from datetime import datetime

from sqlalchemy import ColumnElement
from sqlalchemy.sql.expression import FromClause

from dashboard.cases.holds import Began, Ended
from dashboard.figures import conditions
from dashboard.figures.conditions import Condition
from dashboard.figures.figure import Figure
from dashboard.figures.population import (
    ACCEPTED,
    CALLS,
    CLOSED,
    HAND_OVERS,
    HOLDS_BEGUN,
    HOLDS_ENDED,
    INTELLIGENCE,
    REOPENED_OPEN,
    Reason,
)
from dashboard.figures.unit import Unit


def _began(how: Began) -> Condition:
    return lambda rows, _as_of: rows.c.began == how


def _left(rows: FromClause, _as_of: datetime) -> ColumnElement[bool]:
    return rows.c.ended != Ended.TRANSFER


def _ended(how: Ended) -> Condition:
    return lambda rows, _as_of: rows.c.ended == how


def _backlog(rows: FromClause, _as_of: datetime) -> ColumnElement[bool]:
    return rows.c.closed_at > rows.c.due_at


def _watched(rows: FromClause, _as_of: datetime) -> ColumnElement[bool]:
    return rows.c.rebound_watch.is_(True)


RECEIVED = Figure(id="accepted", unit=Unit.CASE, population=ACCEPTED, source="metrics 4.1")
CALLED = Figure(id="calls", unit=Unit.CASE, population=CALLS, source="asks, idea 15")
FINISHED = Figure(id="closed", unit=Unit.CASE, population=CLOSED, source="metrics 4.1")
RESOLVED = Figure(
    id="resolved",
    unit=Unit.CASE,
    population=CLOSED,
    numerator=conditions.resolved,
    source="metrics 4.1",
)
CLEARED = Figure(
    id="cleared_backlog",
    unit=Unit.CASE,
    population=CLOSED,
    numerator=_backlog,
    source="league-tables 3",
)
STOCK_IN = Figure(
    id="stock_accepted",
    unit=Unit.EVENT,
    population=HOLDS_BEGUN,
    numerator=_began(Began.ACCEPT),
    source="metrics 4.1",
)
REOPENED = Figure(
    id="reopened",
    unit=Unit.EVENT,
    population=HOLDS_BEGUN,
    numerator=_began(Began.REOPEN),
    source="metrics 4.1",
)
REBOUNDED = Figure(
    id="rebounded",
    unit=Unit.CASE,
    population=REOPENED_OPEN,
    numerator=_watched,
    source="screens 5c, model 3.1 (汉台15)",
)
STOCK_OUT = Figure(
    id="stock_left",
    unit=Unit.EVENT,
    population=HOLDS_ENDED,
    numerator=_left,
    counted=tuple(
        Reason(f"ended_{how}", _ended(how))
        for how in (Ended.CLOSE, Ended.WITHDRAW, Ended.MERGE, Ended.REFUSE)
    ),
    source="metrics 4.1",
)
INTELLIGENCE_RECEIVED = Figure(
    id="intelligence", unit=Unit.ITEM, population=INTELLIGENCE, source="model 3.4"
)
HANDED_OVER = Figure(id="hand_overs", unit=Unit.EVENT, population=HAND_OVERS, source="model 3.5")

FIGURES = (
    RECEIVED,
    CALLED,
    FINISHED,
    RESOLVED,
    CLEARED,
    STOCK_IN,
    REOPENED,
    REBOUNDED,
    STOCK_OUT,
    INTELLIGENCE_RECEIVED,
    HANDED_OVER,
)
