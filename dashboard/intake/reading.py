"""Opening a file of cases: CSV, a ZIP with one CSV, or XLSX, told apart by content."""

import io
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

from dashboard.intake import encoding as encodings
from dashboard.intake.csv_rows import CsvRows, Row
from dashboard.intake.faults import IntakeError
from dashboard.intake.mapping import Layout
from dashboard.intake.workbook import open_workbook


class Rows(NamedTuple):
    """An open file: its column names, its data rows, and how much of it has been read (0..1)."""

    header: list[str]
    data: Iterator[Row]
    share_read: Callable[[], float]


LONGEST_LINE = 1 << 20
"""Characters after which a line is cut: a file without line breaks must not fill the memory."""


@contextmanager
def open_rows(file: Path, layout: Layout) -> Iterator[Rows]:
    """Open a file of cases for one reading from its header to its end.

    Raises:
        IntakeError: no such file, not a table, or one that would not fit the memory.
    """
    try:
        with file.open("rb") as stream:
            packed = stream.read(4) == b"PK\x03\x04"
    except OSError as error:
        raise IntakeError(f"cannot read {file}: {error.strerror}") from None
    if not packed:
        plain = _Text(lambda: file.open("rb"), file.name, file.stat().st_size)
        with _text_rows(plain, layout) as rows:
            yield rows
        return
    try:
        with zipfile.ZipFile(file) as archive:
            member = _member(archive, file.name)
            if member is None:
                with open_workbook(file, layout.sheet) as sheet:
                    yield Rows(sheet.header, iter(sheet), sheet.share_read)
                return
            with _text_rows(_member_text(archive, member), layout) as rows:
                yield rows
    except zipfile.BadZipFile as error:
        raise IntakeError(f"{file} is a damaged archive: {error}") from None


class _Text(NamedTuple):
    """A text that can be opened more than once; `size` in bytes."""

    open: Callable[[], BinaryIO]
    name: str
    size: int


def _member_text(archive: zipfile.ZipFile, member: str) -> _Text:
    size = archive.getinfo(member).file_size
    return _Text(lambda: cast(BinaryIO, archive.open(member)), member, size)


def _member(archive: zipfile.ZipFile, name: str) -> str | None:
    """Name the one table inside an archive, None if the archive itself is a workbook."""
    members = [part.filename for part in archive.infolist() if not part.is_dir()]
    if "xl/workbook.xml" in members:
        return None
    tables = [member for member in members if member.lower().endswith((".csv", ".txt"))]
    if len(tables) != 1:
        raise IntakeError(f"{name} holds {len(tables)} CSV files where one is expected")
    return tables[0]


@contextmanager
def _text_rows(text: _Text, layout: Layout) -> Iterator[Rows]:
    encoding = layout.encoding or encodings.detect(text.open, text.name)
    # the UTF-16 decoder cannot escape a lone low byte
    errors = "replace" if encoding.startswith("utf-16") else "surrogateescape"
    with (
        text.open() as binary,
        io.TextIOWrapper(binary, encoding=encoding, errors=errors, newline="") as stream,
    ):
        rows = CsvRows(iter(lambda: stream.readline(LONGEST_LINE), ""), layout.delimiter)
        if not rows.header:
            raise IntakeError(f"{text.name} is empty: its first line must name the columns")
        yield Rows(rows.header, iter(rows), lambda: binary.tell() / max(text.size, 1))
