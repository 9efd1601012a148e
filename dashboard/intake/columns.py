"""Taking one value out of a row: the cell, its translation, its type."""

from collections.abc import Callable, Sequence
from datetime import datetime
from enum import StrEnum
from math import isfinite
from typing import TypeVar

from dashboard.intake.csv_rows import Cell
from dashboard.intake.encoding import is_broken
from dashboard.intake.faults import IntakeError, Rejection
from dashboard.intake.mapping import Take
from dashboard.intake.scrub import scrub

Take1 = Callable[[Sequence[Cell]], Cell | None]
"""From a row's cells to one cell; None when it is blank."""

ONE_LINE = 200
E = TypeVar("E", bound=StrEnum)


class Columns:
    """The columns of one file by name, and what it writes for "nothing"."""

    def __init__(self, header: Sequence[str], blank: Sequence[str], name: str) -> None:
        self._header = tuple(header)
        self._blank = frozenset(token.strip() for token in blank)
        self._name = name

    @property
    def names(self) -> tuple[str, ...]:
        """The column names in the file's order."""
        return self._header

    def index(self, column: str) -> int:
        """Find a column.

        Raises:
            IntakeError: the file has no such column, or two.
        """
        count = self._header.count(column)
        if count != 1:
            told = "has no column" if count == 0 else f"has {count} columns called"
            raise IntakeError(f"{self._name} {told} {column!r}; it has: {', '.join(self._header)}")
        return self._header.index(column)

    def cell(self, column: str) -> Take1:
        """Return the function that takes this column's cell, stripped, None when blank."""
        index, blank = self.index(column), self._blank

        def take(cells: Sequence[Cell]) -> Cell | None:
            cell = cells[index]
            if isinstance(cell, datetime):
                return cell
            cell = cell.strip()
            return cell if cell and cell not in blank else None

        return take

    def taker(self, take: Take, field: str) -> Take1:
        """Return the function that takes and translates a mapped value."""
        if take.column is None:
            return lambda _cells: take.value
        cell, values, default = self.cell(take.column), take.values, take.default
        if not values and default is None:
            return cell

        def translate(cells: Sequence[Cell]) -> Cell | None:
            word = cell(cells)
            if word is None or not values:
                return word if word is not None else default
            found = values.get(str(word), default)
            if found is None:
                raise Rejection(f"unknown value {word!r}", field)
            return found

        return translate


def code(kind: type[E], field: str, take: Take) -> Callable[[Cell], E]:
    """Return the reader of a code of this list; what the mapping itself says is checked at once.

    Raises:
        IntakeError: the mapping gives a code that is not in the list.
    """
    codes = {str(member): member for member in kind}
    for word in (take.value, take.default, *take.values.values()):
        if word is not None and word not in codes:
            raise IntakeError(f"mapping key 'fields.{field}': {word!r} is none of {_all(codes)}")

    def read(cell: Cell) -> E:
        found = codes.get(str(cell))
        if found is None:
            raise Rejection(f"{cell!r} is none of {_all(codes)}", field)
        return found

    return read


def _all(codes: dict[str, E]) -> str:
    return ", ".join(codes)


def text(longest: int, field: str) -> Callable[[Cell], str]:
    """Return the reader of free text: numbers of persons masked, cut at `longest` with "…".

    A text so short that it is drawn in one line becomes one line.
    """

    def read(cell: Cell) -> str:
        words = str(cell)
        if is_broken(words):
            raise Rejection("holds bytes that are no text in the file's encoding", field)
        words = scrub(" ".join(words.split()) if longest <= ONE_LINE else words)
        return words if len(words) <= longest else words[: longest - 1] + "…"

    return read


def word(longest: int, field: str) -> Callable[[Cell], str]:
    """Return the reader of a key: it is never cut."""

    def read(cell: Cell) -> str:
        words = str(cell)
        if is_broken(words) or len(words) > longest:
            raise Rejection(f"is no text of at most {longest} characters", field)
        return words

    return read


def count(field: str) -> Callable[[Cell], int]:
    """Return the reader of a whole number that is not negative."""

    def read(cell: Cell) -> int:
        if not (isinstance(cell, str) and cell.isdecimal() and len(cell) < 10):
            raise Rejection(f"{cell!r} is no count", field)
        return int(cell)

    return read


def amount(field: str) -> Callable[[Cell], float]:
    """Return the reader of an amount that is not negative."""

    def read(cell: Cell) -> float:
        try:
            value = float(str(cell))
        except ValueError:
            value = float("nan")
        if not isfinite(value) or value < 0:
            raise Rejection(f"{cell!r} is no amount", field)
        return value

    return read
