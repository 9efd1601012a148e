"""The rows behind a number: the same conditions that count it, listed, sorted and paged."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    Table,
    and_,
    case,
    cast,
    exists,
    func,
    literal,
    not_,
    null,
    select,
)
from sqlalchemy.sql.expression import FromClause

from dashboard.database import tables
from dashboard.database.row_security import is_fenced
from dashboard.drilldown.listing import ItemRow, Listing, Page
from dashboard.drilldown.read_case_rows import COLUMNS, by_remaining_time, case_row
from dashboard.figures.comparing import counting
from dashboard.figures.composition import Part
from dashboard.figures.figure import Figure
from dashboard.figures.parts import candidate_test, part_test
from dashboard.figures.period import Period
from dashboard.figures.scope import EVERYTHING
from dashboard.figures.view import View
from dashboard.terms import Stage

Order = Callable[[FromClause], Sequence[ColumnElement[Any]]]


def _by(column: str) -> Order:
    """Order by a code, cases without one last, and within it by remaining time."""
    return lambda cases: (cases.c[column].is_(None), cases.c[column], *by_remaining_time(cases))


def _place(cases: FromClause) -> ColumnElement[Any]:
    """Where on its way a case stands."""
    return case({stage: place for place, stage in enumerate(Stage)}, value=cases.c.stage)


SORTS: dict[str, Order] = {
    "left": by_remaining_time,
    "accepted": lambda cases: (cases.c.accepted_at.desc(), cases.c.id),
    "closed": lambda cases: (cases.c.closed_at.is_(None), cases.c.closed_at.desc(), cases.c.id),
    "code": lambda cases: (cases.c.case_code,),
    "category": _by("category_code"),
    "area": _by("township_code"),
    "department": _by("lead_dept_id"),
    "stage": lambda cases: (_place(cases), *by_remaining_time(cases)),
    "orders": lambda cases: (cases.c.supervision_count.desc(), *by_remaining_time(cases)),
}

_INSTANTS: dict[Table, str] = {
    tables.case_event: "at",
    tables.case_hold: "from_at",
    tables.supervision_order: "issued_at",
}
ITEMS: dict[Table, tuple[str, str, str | None, str | None, str | None]] = {
    tables.hazard_point: ("point_id", "found_at", "name", "name_en", "risk_level"),
    tables.intelligence_item: ("item_id", "received_at", "title", "title_en", "risk_level"),
    tables.whistle: ("whistle_id", "raised_at", None, None, None),
    tables.inspection_task: ("task_id", "due_at", None, None, None),
}
"""Tables whose rows are no cases: their columns for id, instant, title, English title and risk."""


def behind(
    view: View, figure: Figure, part: Part, period: Period | None = None, page: Page | None = None
) -> Listing:
    """List a page of the rows in one part of a figure; rows that are no cases come newest first.

    Raises:
        KeyError: an unknown sort.
    """
    page = page or Page()
    table, gone = figure.population.table, 0
    where = and_(candidate_test(view, figure, period), part_test(view, figure, part))
    if table is tables.case_hold and view.scope != EVERYTHING:
        theirs = _still_theirs(view)
        with counting(view, [figure]):
            gone = _count(view, table, and_(where, not_(theirs)))
        where = and_(where, theirs)
    if figure.compares and is_fenced(view.connection):
        # found by a comparison with cases of others, shown by the scope alone
        with counting(view, [figure]):
            ids = view.connection.scalars(select(view.rows(table).c.id).where(where)).all()
        where = and_(view.rows(table).c.id.in_(ids), view.scoped(view.rows(table)))
    total = _count(view, table, where)
    listed = _items(table, where) if table in ITEMS else _cases(view, table, where, page.sort)
    found = view.connection.execute(listed.offset(page.offset).limit(page.limit))
    if table in ITEMS:
        return Listing(total=total, items=tuple(ItemRow(**row._mapping) for row in found))
    cases = tuple(case_row(row, view, row.event_at) for row in found)
    return Listing(total=total, gone=gone, cases=cases)


def _count(view: View, table: Table, where: ColumnElement[bool]) -> int:
    count = select(func.count()).select_from(view.rows(table)).where(where)
    return int(view.connection.execute(count).scalar() or 0)


def _still_theirs(view: View) -> ColumnElement[bool]:
    """Tell which stretches are of a case that lies in the scope: another may not be shown."""
    cases, holds = view.cases, view.rows(tables.case_hold)
    theirs = exists().where(cases.c.id == holds.c.case_id, view.scoped(cases))
    return theirs.correlate(holds)


def _cases(view: View, table: Table, where: ColumnElement[bool], sort: str) -> Select[Any]:
    cases, rows = view.cases, view.rows(table)
    columns = [cases.c[name] for name in COLUMNS]
    if table is tables.cases:
        listed = select(*columns, null().label("event_at")).where(where)
        return listed.order_by(*SORTS[sort](cases))
    at = rows.c[_INSTANTS[table]]
    joined = rows.join(cases, cases.c.id == rows.c.case_id)
    listed = select(*columns, at.label("event_at")).select_from(joined).where(where)
    return listed.order_by(*SORTS[sort](cases), at)


def _items(table: Table, where: ColumnElement[bool]) -> Select[Any]:
    id_, at, title, title_en, risk = ITEMS[table]

    def column(name: str | None, otherwise: ColumnElement[Any]) -> ColumnElement[Any]:
        return otherwise if name is None else table.c[name]

    return (
        select(
            cast(table.c[id_], String).label("id"),
            table.c[at].label("at"),
            column(title, literal("")).label("title"),
            column(title_en, null()).label("title_en"),
            table.c.township_code.label("township"),
            column(risk, null()).label("risk"),
        )
        .where(where)
        .order_by(table.c[at].desc(), table.c[id_])
    )
