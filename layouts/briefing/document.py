"""A briefing in words, before it is any file: PDF, Word, workbook and message say what stands here.

Nothing is left to a file but its looks: what is shown in short and what goes to the annex, and in
which order, is settled here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from dashboard.export.table import Kind, Value
from dashboard.terms import Colour
from layouts.briefing.reference import Reference
from layouts.words import Language


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a sentence; `strong` is bold."""

    text: str
    strong: bool = False
    opens: Reference | None = None


Line = tuple[Run, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One of the five figures: its number, unit and what it is compared with; `urgent` is red."""

    label: str
    number: str
    unit: str
    note: Line
    urgent: bool = False
    opens: Reference | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A matter of the meeting."""

    colour: Colour | None
    title: str
    text: str
    tag: str
    opens: Reference | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A head; `weight` is its part of the width, `kind` how a workbook writes its values."""

    head: str
    weight: float = 1
    right: bool = False
    kind: Kind = Kind.TEXT


@dataclass(frozen=True, slots=True)
class Cell:
    """A text, and what a workbook holds instead where that can be sorted and added up."""

    text: str
    value: Value = None
    strong: bool = False
    opens: Reference | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Cells under the columns; `colour` is the warning sign of the first, `dot` a share 0..1."""

    cells: tuple[Cell, ...]
    colour: Colour | None = None
    dot: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """A line that dots of rows stand on, from `low` to 1, with a mark at `target`."""

    low: float
    target: float | None
    low_text: str
    target_text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """All rows of a list. The first `shown` stand in its section, all of them in annex `annex`.

    `annex` is 0 where the section holds them all. `rest` says what is not shown, and where it is;
    `total` is how many there are, where the rows may be fewer. `caption` stands above, rows or not.
    """

    name: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    shown: int
    annex: int = 0
    annex_title: str = ""
    rest: str = ""
    total: int = 0
    caption: Line = ()
    scale: Scale | None = None


class Part(Enum):
    """The parts a meeting goes on from and decides; all others are ordinary."""

    ORDINARY = auto()
    DECISIONS = auto()
    MATTERS = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part with its title; one without anything says so in a line.

    `part` tells apart those that pages draw in a way of their own.
    """

    title: str
    part: Part = Part.ORDINARY
    lines: tuple[Line, ...] = ()
    items: tuple[Item, ...] = ()
    tables: tuple[Table, ...] = ()
    after: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """Everything a briefing says, in one language.

    `marks` are what every page must show: that the data are invented, that it is a draft. `number`
    is that of the issue, "" before it has one; `seal` what proves a sealed one. Files are named
    by `name`.
    """

    language: Language
    name: str
    title: str
    number: str
    day: str
    cut: str
    span: str
    marks: tuple[str, ...]
    headline: Line
    short: str
    figures: tuple[Figure, ...]
    sections: tuple[Section, ...]
    signatures: tuple[str, ...]
    key: str
    definitions_title: str
    definitions: tuple[tuple[str, str], ...]
    made: str
    made_at: datetime
    page: str
    map_title: str
    seal: str

    @property
    def annexes(self) -> tuple[Table, ...]:
        """The lists that stand in full behind the sections, in the order of their numbers."""
        return tuple(table for table in self.tables if table.annex)

    @property
    def tables(self) -> tuple[Table, ...]:
        """Every list of the briefing."""
        return tuple(table for section in self.sections for table in section.tables)

    def texts(self) -> Iterator[str]:
        """Give every text of the document as it is read; what a file must hold."""
        yield from (self.title, *filter(None, (self.number, self.day, self.cut, self.span)))
        yield from self.marks
        yield plain(self.headline)
        for figure in self.figures:
            note = plain(figure.note)
            yield from filter(None, (figure.label, figure.number, figure.unit, note))
        for section in self.sections:
            yield from section_texts(section)
        yield from self.signatures
        yield from filter(None, (self.key, self.definitions_title))
        for name, definition in self.definitions:
            yield from (name, definition)
        yield from filter(None, (self.made, self.seal))
        for table in self.annexes:
            yield table.annex_title
            yield from table_texts(table, len(table.rows))


def plain(line: Line) -> str:
    """Return a sentence without its emphasis."""
    return "".join(run.text for run in line)


def section_texts(section: Section) -> Iterator[str]:
    """Give the texts of a section."""
    yield section.title
    yield from map(plain, section.lines)
    for item in section.items:
        yield from filter(None, (item.title, item.tag, item.text))
    for table in section.tables:
        if table.caption:
            yield plain(table.caption)
        if table.shown:
            yield from table_texts(table, table.shown)
        if table.rest:
            yield table.rest
    yield from map(plain, section.after)


def table_texts(table: Table, most: int) -> Iterator[str]:
    """Give the heads and the cells of the first `most` rows."""
    yield from (column.head for column in table.columns if column.head)
    for row in table.rows[:most]:
        yield from (cell.text for cell in row.cells if cell.text)
