"""Shares of what was accepted, dispatched or closed in a period (metrics 4.2)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import BigInteger, ColumnElement, Text, and_, literal, or_, type_coerce
from sqlalchemy.sql.expression import FromClause

from dashboard.figures import conditions
from dashboard.figures.conditions import Condition
from dashboard.figures.figure import Figure
from dashboard.figures.lacking import lacks
from dashboard.figures.population import (
    ACCEPTED,
    CLOSED,
    DISPATCHED,
    FIRST_CLOSED,
    WITHDRAWN,
    Reason,
)
from dashboard.figures.unit import Unit
from dashboard.terms import CaseKind, Level, Satisfaction

SATISFIED = (
    Satisfaction.VERY_SATISFIED,
    Satisfaction.SATISFIED,
    Satisfaction.BASICALLY_SATISFIED,
)
RATINGS = (*SATISFIED, Satisfaction.DISSATISFIED, Satisfaction.VERY_DISSATISFIED)

_SECONDS = BigInteger()

LASTING = timedelta(days=90)
"""A case counts as done in one go once so long has passed without a reopening."""


def _stays(rows: FromClause, as_of: datetime) -> ColumnElement[bool]:
    return lacks(conditions.withdrawn(rows, as_of))


def _resolved(rows: FromClause, as_of: datetime) -> ColumnElement[bool]:
    return conditions.resolved(rows, as_of)


def _closed(rows: FromClause, _as_of: datetime) -> ColumnElement[bool]:
    return rows.c.closed_at.is_not(None)


def _in_hand(rows: FromClause, as_of: datetime) -> ColumnElement[bool]:
    return conditions.is_open(rows, as_of)


def _by_mediation(rows: FromClause, _as_of: datetime) -> ColumnElement[bool]:
    return type_coerce(rows.c.resolution_methods, Text).like('%"01%')


def _mediation_ended(rows: FromClause, as_of: datetime) -> ColumnElement[bool]:
    return or_(rows.c.mediation_rounds > 0, _by_mediation(rows, as_of))


def _mediation_succeeded(rows: FromClause, as_of: datetime) -> ColumnElement[bool]:
    return and_(conditions.resolved(rows, as_of), _by_mediation(rows, as_of))


def _resolved_no_petition(rows: FromClause, as_of: datetime) -> ColumnElement[bool]:
    return and_(conditions.resolved(rows, as_of), rows.c.case_kind != CaseKind.PETITION)


def _mediated_no_petition(rows: FromClause, as_of: datetime) -> ColumnElement[bool]:
    return and_(_resolved_no_petition(rows, as_of), _by_mediation(rows, as_of))


def _reached(rows: FromClause, _as_of: datetime) -> ColumnElement[bool]:
    return rows.c.reached_count > 0


def _tried(rows: FromClause, _as_of: datetime) -> ColumnElement[bool]:
    return rows.c.follow_up_count > 0


def _rated(levels: Sequence[Satisfaction]) -> Condition:
    return lambda rows, as_of: and_(_reached(rows, as_of), rows.c.satisfaction.in_(levels))


def _never_returned(rows: FromClause, _as_of: datetime) -> ColumnElement[bool]:
    return rows.c.return_count == 0


def _item_matched(rows: FromClause, _as_of: datetime) -> ColumnElement[bool]:
    return rows.c.item_rank.is_not(None)


def _item_proposed(rows: FromClause, _as_of: datetime) -> ColumnElement[bool]:
    return rows.c.item_rank > 0


def _not_matched(rows: FromClause, _as_of: datetime) -> ColumnElement[bool]:
    return rows.c.item_rank.is_(None)


def _returned(rows: FromClause, _as_of: datetime) -> ColumnElement[bool]:
    return rows.c.return_count > 0


def _long_ago(rows: FromClause, as_of: datetime) -> ColumnElement[bool]:
    first = rows.c.first_closed_at
    return first <= literal(as_of - LASTING, first.type)


def _lasted(rows: FromClause, as_of: datetime) -> ColumnElement[bool]:
    first, again = type_coerce(rows.c.first_closed_at, _SECONDS), rows.c.first_reopened_at
    later = type_coerce(again, _SECONDS) > first + int(LASTING.total_seconds())
    return and_(_long_ago(rows, as_of), or_(again.is_(None), later))


def _quick_kind(rows: FromClause, _as_of: datetime) -> ColumnElement[bool]:
    return rows.c.level.in_((Level.SIMPLE, Level.GENERAL))


def _same_day(rows: FromClause, as_of: datetime) -> ColumnElement[bool]:
    return and_(_quick_kind(rows, as_of), rows.c.closed_same_day.is_(True))


def _reopened(rows: FromClause, _as_of: datetime) -> ColumnElement[bool]:
    return rows.c.first_reopened_at.is_not(None)


RESOLUTION_RATE = Figure(
    id="resolution_rate",
    unit=Unit.SHARE,
    population=ACCEPTED,
    numerator=_resolved,
    denominator=_stays,
    rest=(Reason("in_hand", _in_hand), Reason("closed_otherwise", _closed)),
    outside=(WITHDRAWN,),
    source="metrics 4.2 (cohort)",
)
CLOSURE_RATE = Figure(
    id="closure_rate",
    unit=Unit.SHARE,
    population=ACCEPTED,
    numerator=_closed,
    denominator=_stays,
    rest=(Reason("in_hand", _in_hand),),
    outside=(WITHDRAWN,),
    source="metrics 4.2 (cohort)",
)
CLOSURE_RATE_DISPATCHED = Figure(
    id="closure_rate_dispatched",
    unit=Unit.SHARE,
    population=DISPATCHED,
    numerator=_closed,
    denominator=_stays,
    rest=(Reason("in_hand", _in_hand),),
    outside=(WITHDRAWN,),
    source="metrics 4.2 (咸安)",
)
MEDIATION_SUCCESS_RATE = Figure(
    id="mediation_success_rate",
    unit=Unit.SHARE,
    population=CLOSED,
    numerator=_mediation_succeeded,
    denominator=_mediation_ended,
    source="metrics 4.2",
)
MEDIATION_SHARE = Figure(
    id="mediation_share",
    unit=Unit.SHARE,
    population=CLOSED,
    numerator=_mediated_no_petition,
    denominator=_resolved_no_petition,
    source="metrics 4.2 (江岸)",
)
FOLLOW_UP_RATE = Figure(
    id="follow_up_rate",
    unit=Unit.SHARE,
    population=CLOSED,
    numerator=_reached,
    denominator=conditions.every,
    rest=(Reason("not_reached", _tried),),
    source="metrics 4.2",
)
SATISFACTION_RATE = Figure(
    id="satisfaction_rate",
    unit=Unit.SHARE,
    population=CLOSED,
    numerator=_rated(SATISFIED),
    denominator=_rated(RATINGS),
    outside=(Reason("no_comment", _reached), Reason("not_reached", _tried)),
    source="metrics 4.2",
)
SATISFACTION_RATE_STRICT = Figure(
    id="satisfaction_rate_strict",
    unit=Unit.SHARE,
    population=CLOSED,
    numerator=_rated(SATISFIED[:2]),
    denominator=_rated(RATINGS),
    outside=(Reason("no_comment", _reached), Reason("not_reached", _tried)),
    source="metrics 4.2",
)
RATING_RATE = Figure(
    id="rating_rate",
    unit=Unit.SHARE,
    population=CLOSED,
    numerator=_rated(RATINGS),
    denominator=_reached,
    outside=(Reason("not_reached", _tried),),
    source="metrics 4.2",
)
FIRST_DISPATCH_ACCURACY = Figure(
    id="first_dispatch_accuracy",
    unit=Unit.SHARE,
    population=DISPATCHED,
    numerator=_never_returned,
    denominator=conditions.every,
    source="metrics 4.2",
)
ITEM_HIT_RATE = Figure(
    id="item_hit_rate",
    unit=Unit.SHARE,
    population=DISPATCHED,
    numerator=_item_proposed,
    denominator=_item_matched,
    outside=(Reason("not_matched", _not_matched),),
    source="metrics 4.2 (沾益4), model 3.2",
)
RETURN_RATE = Figure(
    id="return_rate",
    unit=Unit.SHARE,
    population=DISPATCHED,
    numerator=_returned,
    denominator=conditions.every,
    source="league-tables 2",
)
ONCE_RATE = Figure(
    id="once_rate",
    unit=Unit.SHARE,
    population=FIRST_CLOSED,
    numerator=_lasted,
    denominator=_long_ago,
    source="metrics 4.2",
)
REOPEN_RATE = Figure(
    id="reopen_rate",
    unit=Unit.SHARE,
    population=FIRST_CLOSED,
    numerator=_reopened,
    denominator=conditions.every,
    source="league-tables 4",
)
SAME_DAY_RATE = Figure(
    id="same_day_rate",
    unit=Unit.SHARE,
    population=CLOSED,
    numerator=_same_day,
    denominator=_quick_kind,
    source="metrics 4.2 (云梦, 枝江)",
)

FIGURES = (
    RESOLUTION_RATE,
    CLOSURE_RATE,
    CLOSURE_RATE_DISPATCHED,
    MEDIATION_SUCCESS_RATE,
    MEDIATION_SHARE,
    FOLLOW_UP_RATE,
    SATISFACTION_RATE,
    SATISFACTION_RATE_STRICT,
    RATING_RATE,
    FIRST_DISPATCH_ACCURACY,
    ITEM_HIT_RATE,
    RETURN_RATE,
    ONCE_RATE,
    REOPEN_RATE,
    SAME_DAY_RATE,
)
