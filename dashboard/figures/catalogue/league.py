"""What units did with the cases they held: flow between hands, claims, returns."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    and_,
    case,
    exists,
    func,
    literal,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.sql.expression import FromClause

from dashboard.cases.holds import Began, Ended
from dashboard.database.tables import case_hold, follow_up
from dashboard.figures import conditions
from dashboard.figures.catalogue.times import PROMPT
from dashboard.figures.conditions import Condition
from dashboard.figures.figure import Figure
from dashboard.figures.lacking import lacks
from dashboard.figures.population import (
    ACCEPTED,
    CLOSED,
    HOLDING,
    HOLDS_BEGUN,
    HOLDS_DISPATCHED,
    HOLDS_ENDED,
    OPEN,
    Population,
    Reason,
)
from dashboard.figures.unit import Unit

MANY_HOPS = 3
"""From so many hand-overs between departments on, a case is going round (league-tables 4)."""


def _s(moment: ColumnElement[datetime]) -> ColumnElement[int]:
    return type_coerce(moment, BigInteger)


def _at(as_of: datetime) -> ColumnElement[int]:
    return literal(int(as_of.timestamp()), BigInteger)


def _came_from_other(here: str, there: str) -> Condition:
    """Passed on from another unit; a stretch split by something else is no transfer."""
    return lambda rows, _as_of: and_(
        rows.c.began == Began.TRANSFER, rows.c[there].is_distinct_from(rows.c[here])
    )


def _came_from_department(rows: FromClause, as_of: datetime) -> ColumnElement[bool]:
    passed_on = _came_from_other("lead_dept_id", "from_dept")(rows, as_of)
    return and_(passed_on, rows.c.from_dept.is_not(None))


def _given(rows: FromClause, as_of: datetime) -> ColumnElement[bool]:
    """Accepted with this department, or dispatched to it by the centre."""
    passed_on = _came_from_other("lead_dept_id", "from_dept")(rows, as_of)
    dispatched = and_(passed_on, rows.c.from_dept.is_(None))
    return or_(rows.c.began == Began.ACCEPT, dispatched)


def _went_to_other(here: str, there: str) -> Condition:
    return lambda rows, _as_of: and_(
        rows.c.ended == Ended.TRANSFER, rows.c[there].is_distinct_from(rows.c[here])
    )


def _ended(*how: Ended) -> Condition:
    return lambda rows, _as_of: rows.c.ended.in_(how)


def _left_to_nobody(rows: FromClause, as_of: datetime) -> ColumnElement[bool]:
    given_back = and_(rows.c.ended == Ended.TRANSFER, rows.c.to_dept.is_(None))
    return and_(given_back, rows.c.until_at <= as_of)


def _answered_at(rows: FromClause, as_of: datetime) -> ColumnElement[int]:
    """When a dispatched unit took the case or gave it away, None while it does neither."""
    claimed, left = _s(rows.c.claimed_at), _s(rows.c.until_at)
    return case((claimed <= _at(as_of), claimed), (left <= _at(as_of), left))


def _waited(rows: FromClause, as_of: datetime) -> ColumnElement[int]:
    answered = func.coalesce(_answered_at(rows, as_of), _at(as_of), type_=BigInteger)
    return answered - _s(rows.c.dispatched_at)


def _claimed_in_time(rows: FromClause, as_of: datetime) -> ColumnElement[bool]:
    prompt = _waited(rows, as_of) <= int(PROMPT.total_seconds())
    return and_(_answered_at(rows, as_of).is_not(None), prompt)


def _claim_decided(rows: FromClause, as_of: datetime) -> ColumnElement[bool]:
    late = _waited(rows, as_of) > int(PROMPT.total_seconds())
    return or_(_answered_at(rows, as_of).is_not(None), late)


def _unanswered(rows: FromClause, as_of: datetime) -> ColumnElement[bool]:
    return _answered_at(rows, as_of).is_(None)


def _held(rows: FromClause, _as_of: datetime) -> ColumnElement[int]:
    return _s(rows.c.until_at) - _s(rows.c.from_at)


def _confirmed(rows: FromClause, as_of: datetime) -> ColumnElement[bool]:
    """Resolved, and the party said so since the last reopening."""
    said = and_(
        follow_up.c.case_id == rows.c.id,
        follow_up.c.reached,
        follow_up.c.confirmed_resolved,
        follow_up.c.at <= as_of,
        or_(rows.c.reopened_at.is_(None), follow_up.c.at >= rows.c.reopened_at),
    )
    return and_(conditions.resolved(rows, as_of), _reached(rows, as_of), exists().where(said))


def _reached(rows: FromClause, _as_of: datetime) -> ColumnElement[bool]:
    return rows.c.reached_count > 0


def _not_reached(rows: FromClause, _as_of: datetime) -> ColumnElement[bool]:
    return rows.c.reached_count == 0


def _not_overdue(rows: FromClause, as_of: datetime) -> ColumnElement[bool]:
    return lacks(conditions.overdue(rows, as_of))


def _handed_round(rows: FromClause, as_of: datetime) -> ColumnElement[bool]:
    given = (
        select(func.count())
        .where(
            case_hold.c.case_id == rows.c.id,
            case_hold.c.from_at <= as_of,
            case_hold.c.lead_dept_id.is_not(None),
            _came_from_other("lead_dept_id", "from_dept")(case_hold, as_of),
        )
        .correlate(rows)
        .scalar_subquery()
    )
    return given > MANY_HOPS  # the first dispatch is no hop


def _settling(rows: FromClause, _as_of: datetime) -> ColumnElement[int]:
    return rows.c.handle_minutes


def _in_hand(rows: FromClause, as_of: datetime) -> ColumnElement[bool]:
    return conditions.is_open(rows, as_of)


def _flow(name: str, population: Population, test: Condition) -> Figure:
    return Figure(
        id=name,
        unit=Unit.EVENT,
        population=population,
        numerator=test,
        source="league-tables 2",
    )


def _share(
    name: str,
    population: Population,
    tests: tuple[Condition, Condition],
    *,
    outside: Sequence[Reason] = (),
    source: str = "asks, idea 10",
) -> Figure:
    return Figure(
        id=name,
        unit=Unit.SHARE,
        population=population,
        numerator=tests[0],
        denominator=tests[1],
        outside=tuple(outside),
        source=source,
    )


IN_HANDS = Figure(id="in_hands", unit=Unit.CASE, population=HOLDING, source="league-tables 2")
GIVEN = _flow("given_to_department", HOLDS_BEGUN, _given)
IN_FROM_DEPARTMENT = _flow("transferred_in_department", HOLDS_BEGUN, _came_from_department)
IN_FROM_TOWNSHIP = _flow(
    "transferred_in_township", HOLDS_BEGUN, _came_from_other("township_code", "from_township")
)
OUT_TO_DEPARTMENT = _flow(
    "transferred_out_department", HOLDS_ENDED, _went_to_other("lead_dept_id", "to_dept")
)
OUT_TO_TOWNSHIP = _flow(
    "transferred_out_township", HOLDS_ENDED, _went_to_other("township_code", "to_township")
)
STOCK_MERGED = _flow("stock_merged", HOLDS_ENDED, _ended(Ended.MERGE))
STOCK_DROPPED = _flow("stock_dropped", HOLDS_ENDED, _ended(Ended.WITHDRAW, Ended.REFUSE))
STOCK_CLOSED = _flow("stock_closed", HOLDS_ENDED, _ended(Ended.CLOSE))

CLAIM_RATE = _share(
    "claim_rate",
    HOLDS_DISPATCHED,
    (_claimed_in_time, _claim_decided),
    outside=(Reason("awaits_claim", _unanswered),),
    source="league-tables 2, metrics 4.3",
)
UNIT_RETURN_RATE = _share(
    "unit_return_rate",
    HOLDS_DISPATCHED,
    (_left_to_nobody, conditions.every),
    source="league-tables 2",
)
CONFIRMED_RATE = _share(
    "confirmed_rate",
    CLOSED,
    (_confirmed, _reached),
    outside=(Reason("not_reached", _not_reached),),
    source="league-tables 2",
)
UNCLAIMED_TIME = Figure(
    id="unclaimed_time",
    unit=Unit.SECOND,
    population=HOLDS_DISPATCHED,
    amount=_waited,
    source="asks, idea 9",
)
HELD_TIME = Figure(
    id="held_time",
    unit=Unit.SECOND,
    population=HOLDS_ENDED,
    amount=_held,
    source="league-tables 2, asks, idea 9",
)
NOT_OVERDUE = Figure(
    id="not_overdue",
    unit=Unit.CASE,
    population=OPEN,
    numerator=_not_overdue,
    source="league-tables 2",
)
HANDED_ROUND = Figure(
    id="handed_round",
    unit=Unit.CASE,
    population=OPEN,
    numerator=_handed_round,
    source="league-tables 4",
)
SETTLING_TIME = Figure(
    id="settling_time",
    unit=Unit.MINUTE,
    population=ACCEPTED,
    amount=_settling,
    outside=(Reason("in_hand", _in_hand),),
    source="league-tables 2",
)

FIGURES = (
    IN_HANDS,
    GIVEN,
    IN_FROM_DEPARTMENT,
    IN_FROM_TOWNSHIP,
    OUT_TO_DEPARTMENT,
    OUT_TO_TOWNSHIP,
    STOCK_MERGED,
    STOCK_DROPPED,
    STOCK_CLOSED,
    CLAIM_RATE,
    UNIT_RETURN_RATE,
    CONFIRMED_RATE,
    UNCLAIMED_TIME,
    HELD_TIME,
    NOT_OVERDUE,
    HANDED_ROUND,
    SETTLING_TIME,
)
