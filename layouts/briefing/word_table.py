"""A list of a briefing as a table of Word: heads on every page, rows that are not torn apart."""

from collections.abc import Sequence
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from layouts.briefing.document import Column, Row, Table
from layouts.briefing.word_parts import say, sign

WIDTH = 180
"""Millimetres between the margins."""


def add_table(book: Any, table: Table, most: int) -> None:  # noqa: ANN401 -- python-docx is untyped
    """Write the heads and the first `most` rows of a list."""
    grid = book.add_table(rows=1 + most, cols=len(table.columns))
    grid.style = "Table Grid"
    grid.autofit = False
    _narrow(grid)
    whole = sum(column.weight for column in table.columns)
    widths = [Mm(WIDTH * column.weight / whole) for column in table.columns]
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = width
    rows = iter(grid.rows)  # asking for one row at a time walks the table anew each time
    head = next(rows)
    _keep(head, "w:cantSplit", "w:tblHeader")
    _fill(head.cells, [column.head for column in table.columns], table.columns, widths)
    for cell in head.cells:
        cell.paragraphs[0].paragraph_format.keep_with_next = True
    for row, shown in zip(table.rows[:most], rows, strict=True):
        _keep(shown, "w:cantSplit")
        _row(shown.cells, row, table.columns, widths)
    _gap(book)


def _row(cells: Sequence[Any], row: Row, columns: Sequence[Column], widths: Sequence[Any]) -> None:
    sign(cells[0].paragraphs[0], row.colour)
    _fill(cells, [cell.text for cell in row.cells], columns, widths)
    for cell, value in zip(cells, row.cells, strict=True):
        if value.strong:
            for run in cell.paragraphs[0].runs:
                run.bold = True


def _fill(
    cells: Sequence[Any], texts: Sequence[str], columns: Sequence[Column], widths: Sequence[Any]
) -> None:
    for cell, text, column, width in zip(cells, texts, columns, widths, strict=True):
        cell.width = width
        paragraph = cell.paragraphs[0]
        say(paragraph, text, 8)
        paragraph.paragraph_format.space_after = Pt(0)
        if column.right:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _keep(row: Any, *rules: str) -> None:  # noqa: ANN401
    properties = row._tr.get_or_add_trPr()
    for rule in rules:
        properties.append(OxmlElement(rule))


def _gap(book: Any) -> None:  # noqa: ANN401
    """Set a table off; without a paragraph between them, two tables are one to Word."""
    gap = book.add_paragraph().paragraph_format
    gap.space_after, gap.line_spacing = Pt(0), Pt(4)


def _narrow(grid: Any) -> None:  # noqa: ANN401
    """Let texts stand closer to the lines: eight columns share the page."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "45")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    properties = grid._tbl.tblPr
    look = properties.find(qn("w:tblLook"))  # what stands behind margins in Word's own order
    properties.append(margins) if look is None else look.addprevious(margins)
