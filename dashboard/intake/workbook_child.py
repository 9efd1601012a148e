"""Reads a workbook from standard input and writes its rows as lines of JSON: a program of its own.

`workbook.py` runs it in another process, so that a hostile file costs that one its memory and its
time and nothing else. It imports nothing of ours; once the file is open it can open no other, no
connection, and write to nothing but its output.

The first line is {"header": [texts], "height": rows of the sheet}, or {"refused": why}; every other
is [line, [cells]]. A cell is a text, or [text] for an instant without a zone.
"""

import codecs
import json
import os
import re
import sys
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, time
from typing import Any, BinaryIO

from python_calamine import CalamineError, CalamineWorkbook

LARGEST_FILE = 20 * 1024 * 1024
LARGEST_MEMBERS = 1_000
LARGEST_UNPACKED = 200 * 1024 * 1024
LARGEST_RATIO = 200
LARGEST_ROWS = 200_000
LARGEST_COLUMNS = 100
LONGEST_CELL = 32_767
"""Characters; what Excel itself puts into a cell at most."""

OUT_OF_MEMORY = 3
"""The exit code of one that had too little."""

_PLACE = re.compile(rb'<c\b[^>]*?\br="([A-Z]{1,3})(\d{1,8})"')
_ROW = re.compile(rb'<row\b[^>]*?\br="(\d{1,8})"')


class RefusedError(Exception):
    """The workbook is not read; the message goes on from its name."""


def main(sheet: str, memory_mb: str, seconds: str) -> int:
    """Write the rows of a sheet ("" for the first); returns the exit code."""
    confine(int(memory_mb), int(seconds))
    out = sys.stdout.buffer
    try:
        for told in read(sys.stdin.buffer, sheet):
            out.write(json.dumps(told, ensure_ascii=False).encode() + b"\n")
    except RefusedError as error:
        out.write(json.dumps({"refused": str(error)}).encode() + b"\n")
    except MemoryError:
        return OUT_OF_MEMORY
    out.flush()
    return 0


def confine(memory_mb: int, seconds: int) -> None:
    """Give up for good what reading does not need; on Windows there is no way to."""
    codecs.lookup("cp437")  # of names in archives: nothing can be loaded afterwards
    with suppress(ImportError):
        import resource

        for limit, soft, hard in (
            (resource.RLIMIT_AS, memory_mb << 20, memory_mb << 20),
            (resource.RLIMIT_CPU, seconds, seconds + 1),
            (resource.RLIMIT_FSIZE, 0, 0),
            (resource.RLIMIT_NOFILE, 3, 3),  # those it has: no file and no connection beside
        ):
            resource.setrlimit(limit, (soft, hard))


def read(stream: BinaryIO, sheet: str) -> Iterator[dict[str, Any] | list[Any]]:
    """Yield what is to be written, line by line.

    Raises:
        RefusedError: it would fill the memory, is no workbook, or has no such sheet.
    """
    try:
        check(stream)
        stream.seek(0)
        workbook = CalamineWorkbook.from_filelike(stream)
        names = workbook.sheet_names
        chosen = sheet or names[0]
        if chosen not in names:
            raise RefusedError(f"has no sheet {chosen!r}, but {', '.join(names)}")
        found = workbook.get_sheet_by_name(chosen)
    except (CalamineError, IndexError, zipfile.BadZipFile, EOFError) as error:
        raise RefusedError(f"cannot be read as a workbook: {error}") from None
    if found.height > LARGEST_ROWS + 1 or found.width > LARGEST_COLUMNS:
        raise RefusedError(f"has more than {LARGEST_ROWS} rows or {LARGEST_COLUMNS} columns")
    rows = found.iter_rows()
    header = [_text(cell).strip() for cell in next(rows, [])]
    yield {"header": header, "height": max(found.height, 1)}
    first = 1 + (found.start[0] if found.start else 0)
    for line, values in enumerate(rows, start=first + 1):
        cells = [_cell(value) for value in values]
        if any(cells):
            yield [line, cells]


def check(stream: BinaryIO) -> None:
    """Refuse a workbook that would fill the memory once unpacked.

    Raises:
        RefusedError: too many parts, too much text, or a cell too far out.
    """
    size = os.fstat(stream.fileno()).st_size
    with zipfile.ZipFile(stream) as archive:
        parts = archive.infolist()
        unpacked = sum(part.file_size for part in parts)
        packed = max(1, sum(part.compress_size for part in parts))
        if (
            size > LARGEST_FILE
            or len(parts) > LARGEST_MEMBERS
            or unpacked > LARGEST_UNPACKED
            or unpacked / packed > LARGEST_RATIO
        ):
            raise RefusedError("is too large a workbook; save the sheet as CSV")
        for part in parts:
            if ".." in part.filename.split("/"):
                raise RefusedError("names a place outside itself: no program saves that")
            if part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml"):
                _check_sheet(archive, part)


def _check_sheet(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    rest = b""
    with archive.open(part) as stream:
        while chunk := stream.read(1 << 20):
            text = rest + chunk
            rows = max((int(row) for row in _ROW.findall(text)), default=0)
            for column, row in _PLACE.findall(text):
                rows = max(rows, int(row))
                if len(column) > 2 or _number(column) > LARGEST_COLUMNS:
                    raise RefusedError(f"has more than {LARGEST_COLUMNS} columns")
            if rows > LARGEST_ROWS + 1:
                raise RefusedError(f"has more than {LARGEST_ROWS} rows; save it as CSV")
            rest = text[-200:]


def _number(column: bytes) -> int:
    number = 0
    for letter in column:
        number = number * 26 + letter - 64
    return number


def _cell(value: object) -> str | list[str]:
    return [value.isoformat()] if isinstance(value, datetime) else _text(value)


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)[:LONGEST_CELL]


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
