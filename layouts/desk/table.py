"""Cases as a table: the symbol of their colour, what they are about, and how long they have."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from dashboard.drilldown.case_row import CaseRow
from dashboard.snapshots.board import Directory
from dashboard.terms import Colour
from layouts import format as fmt
from layouts.names import category_name, unit_name
from layouts.panels.marks import symbol
from layouts.words import Words


@dataclass(frozen=True, slots=True)
class Shown:
    """What lines of a table are drawn with: names, and the address of a case by its code."""

    directory: Directory
    words: Words
    case_href: Callable[[str], str]


Cell = Callable[[CaseRow, Shown], Component | str]


def case_table(
    rows: Sequence[CaseRow],
    shown: Shown,
    columns: Sequence[str],
    heads: Sequence[Component | str] = (),
) -> Component:
    """Draw a table of COLUMNS; `heads` replace their words, for heads that sort."""
    words = shown.words
    named = heads or [words.text(f"column.{name}") if name != "sign" else "" for name in columns]
    head = html.Tr(
        [
            html.Th(text, scope="col", className=name)
            for name, text in zip(columns, named, strict=True)
        ]
    )
    body = [
        html.Tr(
            [html.Td(COLUMNS[name](row, shown), className=name) for name in columns],
            **{"data-key": f"{row.id}-{row.event_at and row.event_at.timestamp()}"},
        )
        for row in rows
    ]
    return html.Table([html.Thead(head), html.Tbody(body)], className="d-cases")


def short_code(code: str) -> str:
    """Return what lists show of a code: 260310-D00047 of 530303-20260310-D00047-6."""
    parts = code.split("-")
    return f"{parts[1][2:]}-{parts[2]}" if len(parts) > 2 else code


def mark(row: CaseRow, _shown: Shown | None = None) -> Component:
    """The symbol of its colour; two bars while its clock is stopped."""
    if row.paused:
        return html.I(className="sy paused")
    return symbol(row.colour if row.colour is not Colour.NONE else "none")


def title_of(row: CaseRow, words: Words) -> str:
    """The title in the language, as far as there is one."""
    return (row.title_en or row.title) if words.language == "en" else row.title


def time_left(row: CaseRow, words: Words) -> str:
    """How long a case still has or how late it is; when it left, once it is out of stock."""
    if row.left_at is not None:
        if row.closed_at is None:
            return words.text(f"outcome.{row.outcome}") if row.outcome else fmt.DASH
        return words.text("list.closed_at", t=fmt.moment_short(row.closed_at, words))
    if row.paused:
        return words.text("list.paused")
    if row.left_s is None:
        return fmt.DASH
    key = "list.over" if row.left_s < 0 else "list.left"
    return words.text(key, d=fmt.duration_two(row.left_s, words))


def _code(row: CaseRow, shown: Shown) -> Component:
    return html.A(short_code(row.code), href=shown.case_href(row.code), title=row.code)


def _title(row: CaseRow, shown: Shown) -> Component:
    return html.A(title_of(row, shown.words), href=shown.case_href(row.code))


def _category(row: CaseRow, shown: Shown) -> str:
    return category_name(row.category, row.kind, shown.words)


def _area(row: CaseRow, shown: Shown) -> str:
    return unit_name(row.township, shown.directory.townships, shown.words) or fmt.DASH


def _department(row: CaseRow, shown: Shown) -> str:
    return unit_name(row.department, shown.directory.departments, shown.words) or fmt.DASH


def _stage(row: CaseRow, shown: Shown) -> str:
    return shown.words.text(f"stage.{row.stage}")


def _orders(row: CaseRow, shown: Shown) -> str:
    if not row.supervisions:
        return ""
    return shown.words.text("list.supervised", n=row.supervisions)


def _left(row: CaseRow, shown: Shown) -> Component:
    name = f"left {row.colour}" if row.left_at is None and not row.paused else "left"
    return html.Span(time_left(row, shown.words), className=name)


def _accepted(row: CaseRow, shown: Shown) -> str:
    return fmt.DASH if row.accepted_at is None else fmt.moment_short(row.accepted_at, shown.words)


COLUMNS: dict[str, Cell] = {
    "sign": mark,
    "code": _code,
    "title": _title,
    "category": _category,
    "area": _area,
    "department": _department,
    "stage": _stage,
    "orders": _orders,
    "accepted": _accepted,
    "left": _left,
}
