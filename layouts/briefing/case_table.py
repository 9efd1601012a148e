"""Cases as a list of a briefing: their signs, deadlines, orders, and why they are late."""

from collections.abc import Iterable

from dashboard.briefing.briefing import Briefing
from dashboard.briefing.case_line import CaseLine
from dashboard.export.table import Kind
from layouts import format as fmt
from layouts.briefing.document import Cell, Row, Table
from layouts.briefing.said import (
    case_left,
    case_place,
    code_cell,
    column,
    day_of,
    order_cell,
    title_of,
)
from layouts.words import Words

HOUR_S = 3600


def case_table(cases: Iterable[CaseLine], name: str, briefing: Briefing, words: Words) -> Table:
    """List cases in their order; `name` is that of the list and heads how long they have."""
    columns = (
        column("colour", 5.1, words), column("code", 9.7, words), column("title", 10.4, words),
        column("place", 10, words), column("due", 5.6, words, Kind.INSTANT),
        column(name, 8, words, Kind.HOURS), column("orders", 7.8, words),
        column("reason", 7, words),
    )  # fmt: skip
    rows = tuple(_row(case, briefing, words) for case in cases)
    return Table(
        name=words.text(f"briefing.list.{name}"), columns=columns, rows=rows, shown=len(rows)
    )


def _row(case: CaseLine, briefing: Briefing, words: Words) -> Row:
    reason = case.overdue_reason
    late = case.left_s is not None and case.left_s <= 0
    missing = words.text("briefing.reason.none") if late else fmt.DASH
    return Row(
        colour=case.colour,
        cells=(
            Cell(words.text(f"colour.{case.colour}")),
            code_cell(case),
            Cell(title_of(case, words)),
            Cell(case_place(case, briefing.directory, words)),
            Cell(day_of(case.due_at, words), case.due_at),
            Cell(case_left(case, words),
                 None if case.left_s is None else round(abs(case.left_s) / HOUR_S, 1)),
            Cell(order_cell(case, words)),
            Cell(reason or missing),
        ),
    )  # fmt: skip
