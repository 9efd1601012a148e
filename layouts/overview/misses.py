"""Who missed what where: departments against the areas below, counts only."""

from dash.development.base_component import Component

from dashboard.figures.cell import Cell
from dashboard.figures.filters import NONE
from dashboard.league.interval import wilson
from layouts import format as fmt
from layouts.desk.bars import Bar, bars
from layouts.desk.card import card, empty
from layouts.desk.matrix import MatrixCell, MatrixRow, key, matrix
from layouts.names import unit_name
from layouts.overview.drawn import Drawn

SHOWN = 8


def table(drawn: Drawn) -> Component:
    """The matrix: rows by misses, the rest together; sums are the county's figures."""
    words, found = drawn.words, drawn.page.misses
    title, note = words.text("overview.misses"), words.text("overview.misses.note")
    if not found.departments:
        return card(title, note, empty(words.text("overview.nothing_due")))
    rows = [_row(drawn, [unit]) for unit in found.departments[:SHOWN]]
    rest = found.departments[SHOWN:]
    if rest:
        rows.append(_row(drawn, list(rest)))
    sums = _row(drawn, list(found.departments), whole=True)
    heads = [_area(drawn, code) for code in found.areas]
    ends = (words.text("overview.misses.due"), words.text("overview.misses.rate"))
    drawing = matrix(words.text("column.department"), heads, ends, rows, sums)
    return card(title, note, drawing, key(words.text("overview.misses.key")))


def by_area(drawn: Drawn) -> Component:
    """A department's misses by area."""
    words, found = drawn.words, drawn.page.misses
    rows = []
    for code in found.areas:
        cell = _sum(drawn, list(found.departments), code)
        if cell.denominator:
            rows.append(
                Bar(
                    label=_area(drawn, code),
                    value=cell.numerator,
                    figure=fmt.number(cell.numerator),
                    note=words.text("overview.of_due", n=fmt.number(cell.denominator)),
                    href=None if code is None else drawn.to("missed", area=code),
                )
            )
    title, note = words.text("overview.misses.by_area"), words.text("overview.misses.by_area.note")
    if not rows:
        return card(title, note, empty(words.text("overview.nothing_due")))
    return card(title, note, bars(sorted(rows, key=lambda row: -row.value)))


def _row(drawn: Drawn, units: list[str | None], *, whole: bool = False) -> MatrixRow:
    words, found = drawn.words, drawn.page.misses
    one = units[0] if len(units) == 1 and not whole else None
    single = len(units) == 1 and not whole
    filters = {"departments": one or NONE} if single else {}
    cells = []
    for code in found.areas:
        cell = _sum(drawn, units, code)
        linked = code is not None and (single or whole)
        href = drawn.to("missed", area=code, **filters) if linked else None
        cells.append(MatrixCell(cell.numerator, cell.denominator or 0, href))
    total = sum((_sum(drawn, units, code) for code in found.areas), Cell(0, 0))
    due = total.denominator or 0
    target = drawn.page.target
    low = target is not None and due > 0 and wilson(due - total.numerator, due)[1] < target
    if whole:
        name = words.text("overview.misses.sum")
    elif single:
        name = unit_name(one, drawn.page.directory.departments, words) or words.text(
            "overview.nobody"
        )
    else:
        name = words.text("overview.others", n=len(units))
    return MatrixRow(
        name=name,
        href=drawn.asking.to(f"/department/{one}") if single and one is not None else None,
        cells=cells,
        due=fmt.number(due),
        rate=fmt.rate(due - total.numerator, due),
        below=low and not whole,
    )


def _sum(drawn: Drawn, units: list[str | None], code: str | None) -> Cell:
    cells = drawn.page.misses.cells
    return sum((cells.get((unit, code), Cell(0, 0)) for unit in units), Cell(0, 0))


def _area(drawn: Drawn, code: str | None) -> str:
    if code is None:
        return drawn.words.text("overview.nowhere")
    for one in drawn.page.below:
        if one.name.code == code:
            name = drawn.called(one.name)
            return name.rstrip("街道镇乡") or name
    return code
