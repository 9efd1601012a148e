"""Reading cases as lines of lists."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, select
from sqlalchemy.sql.expression import FromClause

from dashboard.cases.area import level_of
from dashboard.deadlines import colour_at
from dashboard.drilldown.case_row import CaseRow
from dashboard.figures.figure import Figure
from dashboard.figures.sensitive import is_sensitive
from dashboard.figures.view import View
from dashboard.terms import AreaLevel, CaseKind, Channel, Colour, Outcome, Stage

COLUMNS = (
    "id", "case_code", "title", "title_en", "case_kind", "category_code", "situation", "level",
    "risk_level", "source_channel", "township_code", "village_code", "lead_dept_id", "stage",
    "blue_at", "yellow_at", "red_at", "due_at", "accepted_at", "paused_since", "closed_at",
    "left_at", "close_outcome", "supervision_count", "area_code",
)  # fmt: skip


def read_case_rows(
    view: View,
    where: ColumnElement[bool],
    order: Sequence[ColumnElement[Any]],
    *,
    offset: int = 0,
    limit: int | None = None,
) -> tuple[CaseRow, ...]:
    """Read the cases in scope that hold `where` (a condition on `view.cases`), in order.

    None is named by a sensitive category: its own page does that.
    """
    columns = [view.cases.c[name] for name in COLUMNS]
    mine = select(*columns).where(where, view.scoped(view.cases))
    statement = mine.order_by(*order).offset(offset).limit(limit)
    return tuple(case_row(row, view) for row in view.connection.execute(statement))


def case_row(row: Row[Any], view: View, event_at: datetime | None = None) -> CaseRow:
    """Make a line of a row that has COLUMNS."""
    as_of, category = view.as_of, row.category_code
    open_ = row.left_at is None and row.accepted_at is not None
    marks = (row.blue_at, row.yellow_at, row.due_at, row.red_at)
    running = open_ and row.due_at is not None
    return CaseRow(
        id=row.id,
        code=row.case_code,
        title=row.title,
        title_en=row.title_en,
        kind=CaseKind(row.case_kind),
        category=None if is_sensitive(category, view.sensitive) else category,
        situation=row.situation,
        level=row.level,
        risk=row.risk_level,
        channel=Channel(row.source_channel),
        township=row.township_code,
        village=row.village_code,
        department=row.lead_dept_id,
        stage=Stage(row.stage),
        colour=colour_at(as_of, *marks) if open_ else Colour.NONE,
        accepted_at=row.accepted_at,
        due_at=row.due_at,
        left_s=int((row.due_at - as_of).total_seconds()) if running else None,
        paused=row.paused_since is not None,
        closed_at=row.closed_at,
        left_at=row.left_at,
        outcome=None if row.close_outcome is None else Outcome(row.close_outcome),
        supervisions=row.supervision_count,
        event_at=event_at,
        grid=row.area_code if level_of(row.area_code) is AreaLevel.GRID else None,
    )


def by_remaining_time(cases: FromClause) -> tuple[ColumnElement[Any], ...]:
    """Order by deadline, the longest overdue first and those without one last."""
    return (cases.c.due_at.is_(None), cases.c.due_at, cases.c.id)


def stock_rows(view: View, figure: Figure, limit: int) -> tuple[CaseRow, ...]:
    """List the first cases a stock counts, those with least time left first."""
    where = view.members(figure.population, None)
    if figure.numerator is not None:
        where = where & figure.numerator(view.cases, view.as_of)
    return read_case_rows(view, where, by_remaining_time(view.cases), limit=limit)
