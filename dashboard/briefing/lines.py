"""Cases as rows of the briefing: lines of a list, with their orders and why they are late."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import ColumnElement, and_, select, true

from dashboard.briefing.case_line import CaseLine, CaseTable
from dashboard.briefing.orders import Order, read_orders, waits
from dashboard.drilldown.case_row import CaseRow
from dashboard.drilldown.read_case_rows import by_remaining_time, read_case_rows
from dashboard.figures.figure import Figure
from dashboard.figures.period import Period
from dashboard.figures.view import View

CHUNK = 900
"""SQLite takes a thousand parameters in one statement."""


def read_lines(view: View, rows: Sequence[CaseRow]) -> tuple[CaseLine, ...]:
    """Write listed cases as lines, in their order."""
    ids = [row.id for row in rows]
    c = view.cases.c
    orders: dict[int, tuple[Order, ...]] = {}
    reasons: dict[int, str | None] = {}
    for some in _chunks(ids):
        mine = c.id.in_(some)
        orders |= read_orders(view, and_(mine, c.supervision_count > 0))
        found = select(c.id, c.overdue_reason).where(mine, view.scoped(view.cases))
        reasons |= {row.id: row.overdue_reason for row in view.connection.execute(found)}
    return tuple(_line(row, orders.get(row.id, ()), reasons.get(row.id)) for row in rows)


def lines_of(view: View, ids: Iterable[int]) -> Mapping[int, CaseLine]:
    """Read cases by id."""
    c = view.cases.c
    found: dict[int, CaseLine] = {}
    for some in _chunks(sorted(ids)):
        rows = read_case_rows(view, c.id.in_(some), (c.id,))
        found |= {line.id: line for line in read_lines(view, rows)}
    return found


def table_of(
    view: View, figure: Figure, total: int, limit: int, period: Period | None = None
) -> CaseTable:
    """List the cases a figure counts, those with least time left first."""
    where = view.members(figure.population, period)
    if figure.numerator is not None:
        where = where & figure.numerator(view.cases, view.as_of)
    rows = read_case_rows(view, where, by_remaining_time(view.cases), limit=limit)
    return CaseTable(figure=figure.id, total=total, rows=read_lines(view, rows))


def ids_of(view: View, figure: Figure, also: ColumnElement[bool] | None = None) -> list[int]:
    """Return the ids of the cases a stock counts, those with least time left first."""
    where = view.members(figure.population, None)
    if figure.numerator is not None:
        where = where & figure.numerator(view.cases, view.as_of)
    found = select(view.cases.c.id).where(where, true() if also is None else also)
    return list(view.connection.scalars(found.order_by(*by_remaining_time(view.cases))))


def _chunks(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    return (ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK))


def _line(row: CaseRow, orders: Sequence[Order], reason: str | None) -> CaseLine:
    newest = orders[-1] if orders else None
    return CaseLine(
        id=row.id,
        code=row.code,
        title=row.title,
        title_en=row.title_en,
        kind=row.kind,
        category=row.category,
        township=row.township,
        department=row.department,
        colour=row.colour,
        stage=row.stage,
        due_at=row.due_at,
        left_s=row.left_s,
        supervisions=row.supervisions,
        ordered_at=None if newest is None else newest.at,
        answered=None if newest is None else not waits(newest),
        overdue_reason=reason,
    )
