"""Rows of a CSV file, where one bad row costs only itself."""

import csv
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from dashboard.intake.faults import Rejection

LONGEST_ROW = 200
"""Lines after which an open quotation mark is taken for a slip, not for a long text."""

Cell = str | datetime


@dataclass(frozen=True, slots=True)
class Row:
    """One data row: its first line in the file (1 = the header's), its cells or its fault."""

    line: int
    cells: list[Cell]
    fault: Rejection | None = None


class CsvRows:
    """Iterates over a text stream's rows; `header` is its first row that is not blank."""

    def __init__(self, lines: Iterable[str], delimiter: str) -> None:
        self._lines = iter(lines)
        self._next_line = 1
        self._waiting: deque[str] = deque()
        self._delimiter = delimiter
        self.header: list[str] = []
        for row in self._rows():
            self.header = [str(cell).strip() for cell in row.cells]
            break

    def __iter__(self) -> Iterator[Row]:
        """Yield every data row; a ragged or unterminated one carries its fault."""
        width = len(self.header)
        for row in self._rows():
            if row.fault is None and len(row.cells) != width:
                fault = Rejection(f"{len(row.cells)} cells where the header has {width}")
                yield Row(row.line, row.cells, fault)
            else:
                yield row

    def _rows(self) -> Iterator[Row]:
        while (text := self._take()) is not None:
            line = self._next_line - 1
            if not text.strip():
                continue
            cells = self._parse([text])
            yield Row(line, cells) if cells is not None else self._long_row(line, text)

    def _long_row(self, line: int, first: str) -> Row:
        """Read a row with line breaks inside quotation marks, or give back all but its first."""
        texts = [first]
        while len(texts) < LONGEST_ROW and (text := self._take()) is not None:
            texts.append(text)
            if '"' not in text:
                continue
            cells = self._parse(texts)
            if cells is not None and len(cells) == len(self.header):
                return Row(line, cells)
        for text in reversed(texts[1:]):
            self._waiting.appendleft(text)
        self._next_line -= len(texts) - 1
        return Row(
            line,
            [first.rstrip("\r\n")],
            Rejection("no CSV row: a quotation mark lacks its partner"),
        )

    def _parse(self, texts: list[str]) -> list[Cell] | None:
        try:
            rows = list(csv.reader(texts, delimiter=self._delimiter, strict=True))
        except csv.Error:
            return None
        return rows[0] if len(rows) == 1 else None  # type: ignore[return-value] # list[str]

    def _take(self) -> str | None:
        text = self._waiting.popleft() if self._waiting else next(self._lines, None)
        if text is not None:
            self._next_line += 1
        return text
