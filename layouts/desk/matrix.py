"""Whose cases were missed where: counts in cells, never rates, for a cell holds too few."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

STEPS = (1, 5, 15, 40)
"""From how many cases due a cell is darker."""


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """Cases missed among those due; `href` lists them."""

    missed: int
    due: int
    href: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRow:
    """A lead unit: its cells in the order of the columns, and what stands at the row's end."""

    name: str
    href: str | None
    cells: Sequence[MatrixCell]
    due: str
    rate: str
    below: bool = False


def matrix(
    corner: str,
    heads: Sequence[str],
    ends: tuple[str, str],
    rows: Sequence[MatrixRow],
    sums: MatrixRow,
) -> Component:
    """Draw the table with its sums below; `ends` head the two columns at the right."""
    head = html.Tr([
        html.Th(corner, scope="col"),
        *(html.Th(text, scope="col", className=_upright(text)) for text in heads),
        *(html.Th(text, scope="col", className="e") for text in ends),
    ])  # fmt: skip
    body = [_row(row, _cell) for row in rows]
    foot = _row(sums, _sum)
    return html.Table([html.Thead(head), html.Tbody(body), html.Tfoot(foot)], className="d-matrix")


def _upright(head: str) -> str:
    """Heads of an English page stand on end, read from below; Han would stand on its head."""
    return "c han" if any(letter > "\u2e80" for letter in head) else "c"


def key(label: str) -> Component:
    """Say what the shades mean."""
    steps = [html.Span(f"{step}+", className=f"m{at}") for at, step in enumerate(STEPS, 1)]
    return html.Div([html.Span(label), html.Span(steps, className="steps")], className="d-key")


def _row(row: MatrixRow, draw: Callable[[MatrixCell], Component]) -> Component:
    name = html.A(row.name, href=row.href) if row.href else row.name
    mark = [html.I(className="sy yellow")] if row.below else []
    cells = [draw(cell) for cell in row.cells]
    return html.Tr([
        html.Th(name, scope="row"),
        *cells,
        html.Td(row.due, className="e"),
        html.Td([*mark, row.rate], className="e"),
    ])  # fmt: skip


def _cell(cell: MatrixCell) -> Component:
    shade = sum(cell.due >= step for step in STEPS)
    if not cell.missed:
        return html.Td(className=f"m{shade}")
    return html.Td(_linked(cell), className=f"m{shade} ring")


def _sum(cell: MatrixCell) -> Component:
    return html.Td(_linked(cell) if cell.missed else "0", className="s")


def _linked(cell: MatrixCell) -> Component | str:
    text = f"{cell.missed:,}"
    return text if cell.href is None else html.A(text, href=cell.href)
