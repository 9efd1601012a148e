"""What stands on one page of the projector: a long section is turned over, never scrolled."""

from collections.abc import Iterator
from dataclasses import replace

from layouts.briefing.document import Row, Section, Table
from layouts.briefing.fitting import lines

FULL = 15.0
"""Rows of a table that a page holds below its title."""

LINE, ITEM, HEAD = 1.4, 2.3, 1.2
"""Heights of a sentence, of a matter and of a table's head, in rows."""

AGAIN = 0.7
"""Height of each more line of a row."""

EMS = 72.0
"""Han characters of a table's line across the page, on the safe side."""


def pages_of(section: Section) -> Iterator[Section]:
    """Give the pages of a section in their order; each row stands on one of them.

    Rows behind items, as `drawn.section_body` counts them, stay behind them.
    """
    behind = len(section.items)
    page = replace(section, tables=(), after=())
    room = FULL - LINE * len(section.lines) - ITEM * behind
    for table in section.tables:
        said, left = LINE * bool(table.caption), table.rows[behind:]
        if not left and table.caption:
            page, room = replace(page, tables=(*page.tables, table)), room - said
        while left:
            taken = _fitting(table, left, room - said - HEAD)
            if not taken and page.tables + page.items + page.lines:
                yield page
                page, room, behind = replace(page, lines=(), items=(), tables=()), FULL, 0
                continue
            rows, left = left[: taken or 1], left[taken or 1 :]
            shown = replace(table, rows=table.rows[:behind] + rows)
            page = replace(page, tables=(*page.tables, shown))
            room -= said + HEAD + sum(_height(table, row) for row in rows)
            table, said = replace(table, caption=()), 0.0
    if page.tables and room < LINE * len(section.after):
        yield page
        page = replace(page, lines=(), items=(), tables=())
    yield replace(page, after=section.after)


def _fitting(table: Table, rows: tuple[Row, ...], room: float) -> int:
    taken = 0
    for row in rows:
        room -= _height(table, row)
        if room < 0:
            break
        taken += 1
    return taken


def _height(table: Table, row: Row) -> float:
    whole = sum(column.weight for column in table.columns)
    most = max(
        lines(cell.text, EMS * column.weight / whole)
        for cell, column in zip(row.cells, table.columns, strict=True)
    )
    return 1 + AGAIN * (most - 1)
