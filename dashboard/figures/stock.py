"""The stock over a period: what was there, what came, what left, what is there (metrics 4.1)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.sql.expression import FromClause

from dashboard.database.tables import case_hold
from dashboard.figures.catalogue.flow import REOPENED, STOCK_IN, STOCK_OUT
from dashboard.figures.cell import Cell
from dashboard.figures.dimension import Dimension
from dashboard.figures.figure import Figure
from dashboard.figures.measure import measure
from dashboard.figures.period import Period
from dashboard.figures.population import HOLDS_BEGUN
from dashboard.figures.view import View

Key: TypeAlias = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class StockFlow:
    """Cases in stock at both ends of a period, and what changed between them.

    `opening` + `accepted` + `reopened` - `left` = `closing` for the whole; parts of it also gain
    and lose by transfer.
    """

    opening: int
    accepted: int
    reopened: int
    left: int
    closing: int


def stock_flow(view: View, period: Period, by: Sequence[Dimension] = ()) -> Mapping[Key, StockFlow]:
    """Read the stock over a period that ends by `view.as_of`, for every key that occurs."""
    moved = measure(view, (STOCK_IN, REOPENED, STOCK_OUT), by, period)
    opening, closing = (_held(view, at, by) for at in (period.start, period.end))
    keys = {*opening, *closing, *(key for cells in moved.values() for key in cells)}

    def count(figure: Figure, key: Key) -> int:
        return moved[figure].get(key, Cell()).numerator

    return {
        key: StockFlow(
            opening=opening.get(key, 0),
            accepted=count(STOCK_IN, key),
            reopened=count(REOPENED, key),
            left=count(STOCK_OUT, key),
            closing=closing.get(key, 0),
        )
        for key in keys
    }


def held_at(rows: FromClause, at: datetime) -> ColumnElement[bool]:
    """Tell which stretches were running just before `at`."""
    return and_(rows.c.from_at < at, or_(rows.c.until_at.is_(None), rows.c.until_at >= at))


def _held(view: View, at: datetime, by: Sequence[Dimension]) -> dict[Key, int]:
    rows = view.rows(case_hold)
    keys = [
        dimension.key(rows, HOLDS_BEGUN, view.as_of).label(f"key_{place}")
        for place, dimension in enumerate(by)
    ]
    held = and_(view.candidates(HOLDS_BEGUN, None), held_at(rows, at))
    counted = select(*keys, func.count()).select_from(rows).where(held)
    found = view.connection.execute(counted.group_by(*(key.name for key in keys)))
    return {tuple(row[: len(keys)]): row[len(keys)] for row in found}
