"""What of the lists fits two pages; the rest of each goes to the annex, whose number it is told.

Heights are estimated, in lines of the A4 sheet, from how wide texts are. The estimate is on the
safe side, and a test lays the sheet out to see that it holds.
"""

from collections.abc import Container, Sequence
from dataclasses import replace
from itertools import count
from math import ceil
from unicodedata import east_asian_width

from layouts import format as fmt
from layouts.briefing.document import Row, Section, Table, plain
from layouts.words import Words

ROOM = 134.0
"""Lines of two pages that sections may fill: what the head, the figures and the signatures leave.
Definitions follow these, on the third page if need be."""

EMS, TABLE_EMS = 56.0, 62.0
"""Han characters of a line across the page, and of the smaller type of a table."""

TITLE, HEAD, REST, MARGIN = 1.9, 1.5, 1.1, 0.6
ROW, TEXT, ITEM, AGAIN = 1.35, 1.1, 1.3, 0.95
"""Heights: a row's first line, a line of a sentence, a matter's title, more lines of a row."""

NARROW = 0.58
"""How wide a Latin letter is, in Han characters."""

RANK = {
    "decisions": 8, "overdue": 5, "townships": 12, "types": 6, "key_cases": 4, "hotspots": 3,
    "due_today": 0, "departments": 0, "hazards": 0, "since": 0,
    "outcomes.townships": 0, "outcomes.departments": 0, "areas.types": 0, "areas.situations": 0,
}  # fmt: skip
"""Lists by how soon they are given room, and how many rows each gets before any gets more.

Others, which are part of a sentence, have theirs.
"""

SHORT = 5
"""A list no longer than this, or than what it gets first, stands whole or not at all: one row of
three sends readers to the annex and tells them nothing."""


def fit(sections: Sequence[Section], names: dict[str, str], words: Words) -> tuple[Section, ...]:
    """Shorten lists to what fits, largest need first, and say of each where the rest is.

    `names` are those of the lists of RANK.
    """
    tables = {table.name: table for section in sections for table in section.tables}
    wanted = {
        names[key]: (tables[names[key]], least)
        for key, least in RANK.items()
        if names[key] in tables
    }
    room = ROOM - sum(_fixed(section, wanted) for section in sections)
    shown = dict.fromkeys(wanted, 0)
    for whole in (False, True):
        for name, (table, least) in wanted.items():
            held = len(table.rows)
            room += _height(table, shown[name])
            fits = _fitting(table, held if whole else min(least, held), room)
            if fits == held or held > max(least, SHORT):
                shown[name] = max(shown[name], fits)
            room -= _height(table, shown[name])
    numbers = count(1)
    return tuple(
        replace(
            section,
            tables=tuple(_told(table, shown, numbers, words) for table in section.tables),
        )
        for section in sections
    )


def _fitting(table: Table, most: int, room: float) -> int:
    """Return how many rows fit, at most so many."""
    rows = 0
    while rows < most and _height(table, rows + 1) <= room:
        rows += 1
    return rows


def _told(table: Table, shown: dict[str, int], numbers: "count[int]", words: Words) -> Table:
    held, here = len(table.rows), shown.get(table.name, table.shown)
    if here >= held:
        return replace(table, shown=here, rest=_cut(table, words))
    annex = next(numbers)
    key = "briefing.rest" if here else "briefing.all_there"
    there, rest = table.total or held, held - here
    if there > held:
        key, rest = "briefing.first_there", held
    return replace(
        table,
        shown=here,
        annex=annex,
        annex_title=words.text("briefing.annex", n=annex, name=table.name),
        rest=words.text(
            key, name=table.name, total=fmt.number(there), n=fmt.number(rest), annex=annex
        ),
    )


def _cut(table: Table, words: Words) -> str:
    """Say that a list is not whole, where even the briefing holds fewer rows than there are."""
    if table.total <= len(table.rows):
        return ""
    values = {"n": fmt.number(len(table.rows)), "total": fmt.number(table.total)}
    return words.text("briefing.cut_list", name=table.name, **values)


def _fixed(section: Section, wanted: Container[str]) -> float:
    """Return the height of a section without the lists that may be shortened."""
    kept = [table for table in section.tables if table.name not in wanted]
    told = [plain(line) for line in (*section.lines, *section.after)]
    return (
        TITLE
        + sum(TEXT * lines(text, EMS) for text in told)
        + sum(ITEM + TEXT * lines(item.text, EMS - 8) + MARGIN for item in section.items)
        + sum(_height(table, table.shown) for table in kept)
        + sum(REST for table in section.tables if table.rows)
        + sum(TEXT for table in section.tables if table.caption)
    )


def _height(table: Table, rows: int) -> float:
    if not rows:
        return 0
    return MARGIN + HEAD + sum(_row_height(table, row) for row in table.rows[:rows])


def _row_height(table: Table, row: Row) -> float:
    whole = sum(column.weight for column in table.columns) + (3 if table.scale else 0)
    most = max(
        lines(cell.text, TABLE_EMS * column.weight / whole - 0.65)
        for cell, column in zip(row.cells, table.columns, strict=True)
    )
    return ROW + AGAIN * (most - 1)


def lines(text: str, ems: float) -> int:
    """Return how many lines a text takes at most in a width."""
    return sum(max(1, ceil(_wide(each) / ems)) for each in text.split("\n"))


def _wide(text: str) -> float:
    return sum(1 if east_asian_width(each) in "WFA" else NARROW for each in text)
