"""The lists of a briefing as a workbook: one sheet each with filters, then the definitions."""

from collections.abc import Iterator

from dashboard.export import table as exported
from dashboard.export.workbook import MEDIA_TYPE, workbook_of
from layouts.briefing.document import Cell, Column, Document, Table, plain
from layouts.words import Words

__all__ = ["MEDIA_TYPE", "annex"]

NARROWEST, WIDEST = 9, 60
"""Characters of a column; texts in Han take two each."""


def annex(document: Document, words: Words) -> bytes:
    """Write every list in full, with numbers and instants that can be sorted and added up."""
    about = tuple(_about(document, words))
    sheets = [_sheet(table, about, document, words) for table in document.tables if table.rows]
    return workbook_of(sheets or [_nothing(about, document, words)], words.zone)


def _sheet(
    table: Table, about: tuple[tuple[str, str], ...], document: Document, words: Words
) -> exported.Table:
    kinds = {place: column.kind for place, column in enumerate(table.columns)}
    rows = [
        tuple(_value(cell, kinds[place]) for place, cell in enumerate(row.cells))
        for row in table.rows
    ]
    return exported.Table(
        name=table.name,
        about_name=words.text("export.about"),
        about=about,
        columns=tuple(
            _column(column, [row.cells[place] for row in table.rows])
            for place, column in enumerate(table.columns)
        ),
        rows=rows,
        made_at=document.made_at,
        mark=" · ".join(document.marks),
    )


def _nothing(
    about: tuple[tuple[str, str], ...], document: Document, words: Words
) -> exported.Table:
    return exported.Table(
        name=words.text("briefing.none"),
        about_name=words.text("export.about"),
        about=about,
        columns=(exported.Column(words.text("briefing.none")),),
        rows=(),
        made_at=document.made_at,
        mark=" · ".join(document.marks),
    )


def _column(column: Column, cells: list[Cell]) -> exported.Column:
    widest = max((_width(cell.text) for cell in cells), default=0)
    width = max(NARROWEST, _width(column.head) + 3, widest + 2)
    return exported.Column(column.head, column.kind, min(width, WIDEST))


def _width(text: str) -> int:
    return sum(1 if each.isascii() else 2 for each in text)


def _value(cell: Cell, kind: exported.Kind) -> exported.Value:
    """Return the value; a dash is an empty cell where numbers are added up."""
    if cell.value is not None:
        return cell.value
    return cell.text if kind is exported.Kind.TEXT else None


def _about(document: Document, words: Words) -> Iterator[tuple[str, str]]:
    for mark in document.marks:
        yield words.text("export.nature"), mark
    yield words.text("export.what"), " ".join(filter(None, (document.title, document.number)))
    yield words.text("export.period"), document.span
    yield words.text("export.as_of"), document.cut
    yield words.text("briefing.in_a_sentence"), plain(document.headline)
    for figure in document.figures:
        note = f" ({plain(figure.note)})" if figure.note else ""
        yield figure.label, f"{figure.number} {figure.unit}".rstrip() + note
    yield from document.definitions
    yield words.text("export.made_at"), document.made
    if document.seal:
        yield words.text("briefing.seal_name"), document.seal
