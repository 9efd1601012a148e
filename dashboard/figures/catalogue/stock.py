"""What is in hand at an instant: open cases, their colours and stages, standing hazards."""

from datetime import datetime

from sqlalchemy import BigInteger, ColumnElement, literal, type_coerce
from sqlalchemy.sql.expression import FromClause

from dashboard.figures import conditions
from dashboard.figures.figure import Figure
from dashboard.figures.population import HAZARDS, OPEN, REPORTED
from dashboard.figures.unit import Unit
from dashboard.terms import Level, Stage


def _paused(rows: FromClause, _as_of: datetime) -> ColumnElement[bool]:
    return rows.c.paused_since.is_not(None)


def _awaits_claim(rows: FromClause, _as_of: datetime) -> ColumnElement[bool]:
    return rows.c.stage == Stage.DISPATCHED


def _awaits_dispatch(rows: FromClause, _as_of: datetime) -> ColumnElement[bool]:
    return rows.c.stage.in_((Stage.ACCEPTED, Stage.FIRST_MEDIATION, Stage.ASSESSED))


def _awaits_follow_up(rows: FromClause, _as_of: datetime) -> ColumnElement[bool]:
    return rows.c.stage.in_((Stage.REPORTED_BACK, Stage.FOLLOW_UP))


def _is_key(rows: FromClause, _as_of: datetime) -> ColumnElement[bool]:
    return rows.c.lead_official.is_not(None) | (rows.c.level == Level.MAJOR)


def _age(rows: FromClause, as_of: datetime) -> ColumnElement[int]:
    now = literal(int(as_of.timestamp()), BigInteger)
    return now - type_coerce(rows.c.accepted_at, BigInteger)


IN_HAND = Figure(id="open", unit=Unit.CASE, population=OPEN, source="metrics 4.1")
OVERDUE = Figure(
    id="overdue",
    unit=Unit.CASE,
    population=OPEN,
    numerator=conditions.overdue,
    source="metrics 4.2, 4.6",
)
RED = Figure(
    id="red", unit=Unit.CASE, population=OPEN, numerator=conditions.red, source="metrics 4.6"
)
YELLOW = Figure(
    id="yellow", unit=Unit.CASE, population=OPEN, numerator=conditions.yellow, source="metrics 4.6"
)
BLUE = Figure(
    id="blue", unit=Unit.CASE, population=OPEN, numerator=conditions.blue, source="metrics 4.6"
)
RECENT = Figure(
    id="recent", unit=Unit.CASE, population=OPEN, numerator=conditions.recent, source="design 3"
)
SUPERVISED = Figure(
    id="supervised",
    unit=Unit.CASE,
    population=OPEN,
    numerator=conditions.supervised,
    source="model 3.5",
)
PAUSED = Figure(
    id="paused", unit=Unit.CASE, population=OPEN, numerator=_paused, source="league-tables 2"
)
AWAITS_DISPATCH = Figure(
    id="awaits_dispatch",
    unit=Unit.CASE,
    population=OPEN,
    numerator=_awaits_dispatch,
    source="screens 5a",
)
AWAITS_CLAIM = Figure(
    id="awaits_claim",
    unit=Unit.CASE,
    population=OPEN,
    numerator=_awaits_claim,
    source="league-tables 2",
)
AWAITS_FOLLOW_UP = Figure(
    id="awaits_follow_up",
    unit=Unit.CASE,
    population=OPEN,
    numerator=_awaits_follow_up,
    source="screens 5a",
)
KEY_CASES = Figure(
    id="key_cases", unit=Unit.CASE, population=OPEN, numerator=_is_key, source="model 3.1"
)
OVERDUE_SHARE = Figure(
    id="overdue_open_share",
    unit=Unit.SHARE,
    population=OPEN,
    numerator=conditions.overdue,
    denominator=conditions.every,
    source="metrics 4.2",
)
UNACCEPTED = Figure(
    id="backlog_unaccepted", unit=Unit.CASE, population=REPORTED, source="metrics 4.1"
)
STAGE_TIME = Figure(
    id="stage_time",
    unit=Unit.SECOND,
    population=OPEN,
    amount=conditions.time_in_stage,
    source="design 3",
)
OPEN_AGE = Figure(
    id="open_age", unit=Unit.SECOND, population=OPEN, amount=_age, source="metrics 4.3"
)
HAZARDS_STANDING = Figure(id="hazards", unit=Unit.POINT, population=HAZARDS, source="model 3.4")

FIGURES = (
    IN_HAND,
    OVERDUE,
    RED,
    YELLOW,
    BLUE,
    RECENT,
    SUPERVISED,
    PAUSED,
    AWAITS_DISPATCH,
    AWAITS_CLAIM,
    AWAITS_FOLLOW_UP,
    KEY_CASES,
    OVERDUE_SHARE,
    UNACCEPTED,
    STAGE_TIME,
    OPEN_AGE,
    HAZARDS_STANDING,
)
