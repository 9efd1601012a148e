"""What the figures ask of a case: predicates over its columns, written once for SQL.

Each takes the rows asked (the table, or the table as it was) and the instant of the question.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    and_,
    case,
    func,
    literal,
    or_,
    true,
    type_coerce,
)
from sqlalchemy.sql.expression import FromClause

from dashboard.figures.lacking import lacks
from dashboard.terms import CaseKind, Colour, Event, Outcome

Condition = Callable[[FromClause, datetime], ColumnElement[bool]]
Amount = Callable[[FromClause, datetime], ColumnElement[int]]

RECENT_S = 600
"""A colour counts as new for ten minutes."""

HAND_OVERS = (
    Event.DISPATCH,
    Event.CLAIM,
    Event.RETURN,
    Event.REASSIGN,
    Event.REPORT_BACK,
    Event.REJECT_RESULT,
    Event.FOLLOW_UP,
    Event.CLOSE,
    Event.DIVERT,
    Event.REOPEN,
    Event.ADOPT,
)
"""Events in which a case passes from one hand to another."""


def is_open(rows: FromClause, _as_of: datetime) -> ColumnElement[bool]:
    """Accepted and still in stock."""
    return and_(rows.c.left_at.is_(None), rows.c.accepted_at.is_not(None))


def every(_rows: FromClause, _as_of: datetime) -> ColumnElement[bool]:
    """Every row there is."""
    return true()


def was_accepted(rows: FromClause, _as_of: datetime) -> ColumnElement[bool]:
    """Its clock has started."""
    return rows.c.accepted_at.is_not(None)


def is_petition(rows: FromClause, _as_of: datetime) -> ColumnElement[bool]:
    """An accepted petition."""
    return and_(rows.c.accepted_at.is_not(None), rows.c.case_kind == CaseKind.PETITION)


def awaits_acceptance(rows: FromClause, _as_of: datetime) -> ColumnElement[bool]:
    """Reported or registered and neither accepted nor refused (metrics 4.1)."""
    return and_(rows.c.accepted_at.is_(None), rows.c.left_at.is_(None))


def not_accepted(rows: FromClause, _as_of: datetime) -> ColumnElement[bool]:
    """Refused."""
    return rows.c.close_outcome == Outcome.NOT_ACCEPTED


def merged(rows: FromClause, _as_of: datetime) -> ColumnElement[bool]:
    """Goes on as part of another case (league-tables 4: one matter is one in the denominator)."""
    return rows.c.close_outcome == Outcome.MERGED


def withdrawn(rows: FromClause, _as_of: datetime) -> ColumnElement[bool]:
    """Taken back by the party."""
    return rows.c.close_outcome == Outcome.WITHDRAWN


def excluded_as(reason: str) -> Condition:
    """Tell which cases a second person agreed to leave out of the rates for this reason."""
    return lambda rows, _as_of: rows.c.exclusion_reason == reason


def resolved(rows: FromClause, _as_of: datetime) -> ColumnElement[bool]:
    """Closed as resolved: a diverted case is closed, not resolved (metrics 4.0)."""
    return rows.c.close_outcome == Outcome.RESOLVED


def is_closed(rows: FromClause, as_of: datetime) -> ColumnElement[bool]:
    """Resolved, diverted or closed unresolved; a withdrawn case is not closed (metrics 4.1)."""
    return lacks(not_accepted(rows, as_of), merged(rows, as_of), withdrawn(rows, as_of))


def met(rows: FromClause, _as_of: datetime) -> ColumnElement[bool]:
    """Closed in time; closing at the very second of the deadline is in time."""
    return rows.c.closed_at <= rows.c.due_at


def missed(rows: FromClause, as_of: datetime) -> ColumnElement[bool]:
    """The deadline has come and the case was not closed by then."""
    late = or_(rows.c.closed_at.is_(None), rows.c.closed_at > rows.c.due_at)
    return and_(overdue(rows, as_of), late)


def decided(rows: FromClause, as_of: datetime) -> ColumnElement[bool]:
    """The denominator of the on-time rate: met or missed."""
    return or_(met(rows, as_of), missed(rows, as_of))


def pending(rows: FromClause, as_of: datetime) -> ColumnElement[bool]:
    """Still open with the deadline ahead: not yet in the denominator."""
    return and_(rows.c.closed_at.is_(None), rows.c.due_at > as_of)


def overdue(rows: FromClause, as_of: datetime) -> ColumnElement[bool]:
    """The deadline has come (metrics 4.6: red)."""
    return rows.c.due_at <= as_of


def red(rows: FromClause, as_of: datetime) -> ColumnElement[bool]:
    """Overdue, or past the mark from which a centre wants it red before (metrics 4.6)."""
    return _red_mark(rows) <= as_of


def yellow(rows: FromClause, as_of: datetime) -> ColumnElement[bool]:
    """Past its yellow mark and not red; a paused case may have no deadline for a while."""
    return and_(_ahead(_red_mark(rows), as_of), rows.c.yellow_at <= as_of)


def blue(rows: FromClause, as_of: datetime) -> ColumnElement[bool]:
    """Past its blue mark and neither yellow nor red."""
    milder = and_(_ahead(_red_mark(rows), as_of), _ahead(rows.c.yellow_at, as_of))
    return and_(milder, rows.c.blue_at <= as_of)


def recent(rows: FromClause, as_of: datetime) -> ColumnElement[bool]:
    """Turned blue, yellow or red within the last RECENT_S seconds."""
    since = as_of - timedelta(seconds=RECENT_S)
    marks = (rows.c.blue_at, rows.c.yellow_at, _red_mark(rows))
    return or_(*(and_(mark > since, mark <= as_of) for mark in marks))


def colour(rows: FromClause, as_of: datetime) -> ColumnElement[str]:
    """The colour of an open case as its code."""
    return case(
        (red(rows, as_of), literal(Colour.RED.value)),
        (yellow(rows, as_of), literal(Colour.YELLOW.value)),
        (blue(rows, as_of), literal(Colour.BLUE.value)),
        else_=literal(Colour.NONE.value),
    )


def supervised(rows: FromClause, _as_of: datetime) -> ColumnElement[bool]:
    """At least one supervision order has not ended; an answer alone does not end it."""
    return rows.c.open_supervisions > 0


def provisional(rows: FromClause, _as_of: datetime) -> ColumnElement[bool]:
    """The deadline lies in a year whose holidays are not known."""
    return rows.c.due_provisional.is_(True)


def not_removed(rows: FromClause, as_of: datetime) -> ColumnElement[bool]:
    """Found by then and not removed by then."""
    standing = or_(rows.c.removed_at.is_(None), rows.c.removed_at > as_of)
    return and_(standing, rows.c.found_at <= as_of)


def not_judged(rows: FromClause, as_of: datetime) -> ColumnElement[bool]:
    """Received by then and not judged by then."""
    waits = or_(rows.c.assessed_at.is_(None), rows.c.assessed_at > as_of)
    return and_(waits, rows.c.received_at <= as_of)


def handed_over(rows: FromClause, _as_of: datetime) -> ColumnElement[bool]:
    """The event put the case into other hands."""
    return rows.c.type.in_(HAND_OVERS)


def is_held(rows: FromClause, as_of: datetime) -> ColumnElement[bool]:
    """The stretch had begun by then and lasted longer."""
    return and_(rows.c.from_at <= as_of, _ahead(rows.c.until_at, as_of))


def time_in_stage(rows: FromClause, as_of: datetime) -> ColumnElement[int]:
    """Seconds since the case entered its stage."""
    now = literal(int(as_of.timestamp()), BigInteger)
    return now - type_coerce(rows.c.stage_since, BigInteger)


def _red_mark(rows: FromClause) -> ColumnElement[datetime]:
    return func.coalesce(rows.c.red_at, rows.c.due_at)


def _ahead(mark: ColumnElement[datetime], as_of: datetime) -> ColumnElement[bool]:
    return or_(mark.is_(None), mark > as_of)
