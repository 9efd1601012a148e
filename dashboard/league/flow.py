"""What every unit had, got and gave in a period; the sum must be what it has (league-tables 2)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    and_,
    case,
    func,
    literal,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.sql.expression import FromClause

from dashboard.database.tables import case_hold
from dashboard.figures.catalogue import league
from dashboard.figures.catalogue.flow import REOPENED, STOCK_IN
from dashboard.figures.dimension import COUNTY, DEPARTMENT, TOWNSHIP, Dimension
from dashboard.figures.figure import Figure
from dashboard.figures.measure import measure
from dashboard.figures.period import SECOND, Period
from dashboard.figures.population import HOLDS_BEGUN
from dashboard.figures.view import View
from dashboard.league.balance import Code, Flow, ImbalanceError


@dataclass(frozen=True, slots=True, kw_only=True)
class Hands:
    """Whose hands cases pass through: departments or areas, and which figures count the passing."""

    unit: Dimension
    received: Figure
    transferred_in: Figure
    transferred_out: Figure


DEPARTMENTS = Hands(
    unit=DEPARTMENT,
    received=league.GIVEN,
    transferred_in=league.IN_FROM_DEPARTMENT,
    transferred_out=league.OUT_TO_DEPARTMENT,
)
TOWNSHIPS = Hands(
    unit=TOWNSHIP,
    received=STOCK_IN,
    transferred_in=league.IN_FROM_TOWNSHIP,
    transferred_out=league.OUT_TO_TOWNSHIP,
)
COUNTIES = Hands(
    unit=COUNTY,
    received=STOCK_IN,
    transferred_in=league.IN_FROM_TOWNSHIP,
    transferred_out=league.OUT_TO_TOWNSHIP,
)
"""A prefecture's counties; what their townships pass on to each other is a transfer too."""


def until_now(period: Period, as_of: datetime) -> Period:
    """Cut a period that still runs behind the moment of the figures."""
    return Period(period.start, min(period.end, as_of + SECOND))


def read_flows(view: View, hands: Hands, period: Period) -> dict[Code, Flow]:
    """Count the flow of every unit that had a case in the period, nobody included.

    Raises:
        ImbalanceError: the flow of a unit does not add up.
    """
    span = until_now(period, view.as_of)
    figures = {
        "received": hands.received,
        "transferred_in": hands.transferred_in,
        "reopened": REOPENED,
        "transferred_out": hands.transferred_out,
        "merged": league.STOCK_MERGED,
        "dropped": league.STOCK_DROPPED,
        "closed": league.STOCK_CLOSED,
    }
    cells = measure(view, tuple(figures.values()), (hands.unit,), span)
    counts = {
        name: {key: cell.numerator for (key,), cell in cells[figure].items()}
        for name, figure in figures.items()
    }
    counts["opening"] = held_at(view, hands.unit, span.start)
    counts["closing"] = held_at(view, hands.unit, span.end)
    codes = {code for column in counts.values() for code in column}
    flows = {
        code: Flow(**{name: column.get(code, 0) for name, column in counts.items()})
        for code in codes
    }
    wrong = [code for code, flow in flows.items() if not flow.balances]
    if wrong:
        raise ImbalanceError(
            f"the flow of {wrong} from {span.start} to {span.end} does not balance"
        )
    return flows


def held_at(view: View, unit: Dimension, moment: datetime) -> dict[Code, int]:
    """Count whose hands open cases were in just before `moment`."""
    rows = view.rows(case_hold)
    key = unit.key(rows, HOLDS_BEGUN, view.as_of).label("unit")
    held = and_(rows.c.from_at < moment, or_(rows.c.until_at.is_(None), rows.c.until_at >= moment))
    statement = (
        select(key, func.count())
        .select_from(rows)
        .where(held, view.candidates(HOLDS_BEGUN, None))
        .group_by(key.name)
    )
    return {row[0]: row[1] for row in view.connection.execute(statement)}


def held_seconds(view: View, unit: Dimension, period: Period) -> dict[Code, int]:
    """Add up for how long each unit, or nobody, held cases within the period."""
    span = until_now(period, view.as_of)
    rows = view.rows(case_hold)
    key = unit.key(rows, HOLDS_BEGUN, view.as_of).label("unit")
    seconds = func.sum(_within(rows, span))
    statement = (
        select(key, seconds)
        .select_from(rows)
        .where(
            rows.c.from_at < span.end,
            or_(rows.c.until_at.is_(None), rows.c.until_at > span.start),
            view.candidates(HOLDS_BEGUN, None),
        )
        .group_by(key.name)
    )
    return {row[0]: int(row[1]) for row in view.connection.execute(statement)}


def _within(rows: FromClause, span: Period) -> ColumnElement[int]:
    start, end = (literal(int(at.timestamp()), BigInteger) for at in (span.start, span.end))
    began, left = type_coerce(rows.c.from_at, BigInteger), type_coerce(rows.c.until_at, BigInteger)
    first = case((began > start, began), else_=start)
    last = case((left < end, left), else_=end)
    return last - first
