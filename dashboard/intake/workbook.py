"""Rows of an XLSX workbook, opened only after its size on the screen and in memory is known."""

import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path

from dashboard.intake.csv_rows import Cell, Row
from dashboard.intake.faults import IntakeError

LARGEST_MEMBERS = 1_000
LARGEST_UNPACKED = 200 * 1024 * 1024
LARGEST_RATIO = 200
LARGEST_ROWS = 200_000
LARGEST_COLUMNS = 100
_PLACE = re.compile(rb'<c\b[^>]*?\br="([A-Z]{1,3})(\d{1,8})"')
_ROW = re.compile(rb'<row\b[^>]*?\br="(\d{1,8})"')


class WorkbookRows:
    """Iterates over the rows of one sheet; `header` is its first row.

    A cell is text, or a naive datetime where the sheet holds a date. Formulas give the value that
    the sheet itself stored for them; nothing is evaluated.
    """

    def __init__(self, file: Path, sheet: str | None) -> None:
        check(file)
        from python_calamine import CalamineError, CalamineWorkbook

        try:
            workbook = CalamineWorkbook.from_path(file)
            names = workbook.sheet_names
            chosen = sheet or names[0]
            if chosen not in names:
                raise IntakeError(f"{file.name} has no sheet {chosen!r}, but {', '.join(names)}")
            found = workbook.get_sheet_by_name(chosen)
        except (CalamineError, IndexError) as error:
            raise IntakeError(f"{file.name} cannot be read as a workbook: {error}") from None
        self._rows = found.iter_rows()
        self._height = max(found.height, 1)
        self._line = 0
        self._first = 1 + (found.start[0] if found.start else 0)
        self.header = [_text(cell).strip() for cell in next(self._rows, [])]

    def __iter__(self) -> Iterator[Row]:
        """Yield every row below the header that holds anything."""
        for line, values in enumerate(self._rows, start=self._first + 1):
            self._line = line
            cells: list[Cell] = [_cell(value) for value in values]
            if any(cells):
                yield Row(line, cells)

    def share_read(self) -> float:
        """Tell how much of the sheet has been handed out, 0..1."""
        return min(self._line / self._height, 1.0)


def check(file: Path) -> None:
    """Refuse a workbook that would fill the memory once unpacked.

    Raises:
        IntakeError: too many parts, too much text, or a cell too far out.
    """
    with zipfile.ZipFile(file) as archive:
        parts = archive.infolist()
        unpacked = sum(part.file_size for part in parts)
        packed = max(1, sum(part.compress_size for part in parts))
        if (
            len(parts) > LARGEST_MEMBERS
            or unpacked > LARGEST_UNPACKED
            or unpacked / packed > LARGEST_RATIO
        ):
            raise IntakeError(f"{file.name} is too large a workbook; save the sheet as CSV")
        for part in parts:
            if part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml"):
                _check_sheet(archive, part, file.name)


def _check_sheet(archive: zipfile.ZipFile, part: zipfile.ZipInfo, name: str) -> None:
    rest = b""
    with archive.open(part) as stream:
        while chunk := stream.read(1 << 20):
            text = rest + chunk
            rows = max((int(row) for row in _ROW.findall(text)), default=0)
            for column, row in _PLACE.findall(text):
                rows = max(rows, int(row))
                if len(column) > 2 or _number(column) > LARGEST_COLUMNS:
                    raise IntakeError(f"{name} has more than {LARGEST_COLUMNS} columns")
            if rows > LARGEST_ROWS + 1:
                raise IntakeError(f"{name} has more than {LARGEST_ROWS} rows; save it as CSV")
            rest = text[-200:]


def _number(column: bytes) -> int:
    number = 0
    for letter in column:
        number = number * 26 + letter - 64
    return number


def _cell(value: object) -> Cell:
    return value if isinstance(value, datetime) else _text(value)


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)
