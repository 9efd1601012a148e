"""Rows of an XLSX workbook, read by another process that a hostile file may ruin."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen
from threading import Timer
from typing import IO, Any, NamedTuple

import orjson

from dashboard.intake.csv_rows import Cell, Row
from dashboard.intake.faults import IntakeError

CHILD = Path(__file__).with_name("workbook_child.py")
PIECE = 1 << 16


class Limits(NamedTuple):
    """What reading a workbook may take: memory, computing, and waiting for more of its rows."""

    memory_mb: int = 512
    cpu_s: int = 30
    wait_s: float = 60.0


LIMITS = Limits()


class WorkbookRows:
    """Iterates over the rows of one sheet; `header` is its first row.

    A cell is text, or a naive datetime where the sheet holds a date. Formulas give the value that
    the sheet itself stored for them; nothing is evaluated.
    """

    def __init__(self, name: str, child: Popen[bytes], output: IO[bytes], limits: Limits) -> None:
        self._name, self._child, self._output, self._limits = name, child, output, limits
        self._told = self._lines()
        self._line = 0
        first = orjson.loads(next(self._told, b"{}"))
        if "header" not in first:
            raise IntakeError(f"{name} {first.get('refused', 'cannot be read as a workbook')}")
        self.header: list[str] = first["header"]
        self._height: int = first["height"]

    def __iter__(self) -> Iterator[Row]:
        """Yield every row below the header that holds anything."""
        for told in self._told:
            self._line, cells = orjson.loads(told)
            yield Row(self._line, [_cell(cell) for cell in cells])

    def share_read(self) -> float:
        """Tell how much of the sheet has been handed out, 0..1."""
        return min(self._line / self._height, 1.0)

    def _lines(self) -> Iterator[bytes]:
        rest = b""
        while piece := self._piece():
            *whole, rest = (rest + piece).split(b"\n")
            yield from whole
        code = self._child.wait()
        if code == 1:  # it stumbled over the file
            raise IntakeError(f"{self._name} cannot be read as a workbook")
        if code:
            raise IntakeError(
                f"{self._name} takes more than {self._limits.memory_mb} MB or "
                f"{self._limits.cpu_s} s to read; save the sheet as CSV"
            )

    def _piece(self) -> bytes:
        late = Timer(self._limits.wait_s, self._child.kill)
        late.start()
        try:
            return os.read(self._output.fileno(), PIECE)
        finally:
            late.cancel()


@contextmanager
def open_workbook(file: Path, sheet: str | None, limits: Limits = LIMITS) -> Iterator[WorkbookRows]:
    """Have a sheet read, None for the first; the process ends with the block.

    Raises:
        IntakeError: it cannot be read, or not within the limits.
    """
    command = [sys.executable, "-I", str(CHILD), sheet or ""]
    command += [str(limits.memory_mb), str(limits.cpu_s)]
    # our settings and their secrets are none of its business
    environment = {name: text for name, text in os.environ.items() if "WUQING" not in name}
    with (
        file.open("rb") as stream,
        Popen(  # noqa: S603 -- this very interpreter, and a program of ours
            command, stdin=stream, stdout=PIPE, stderr=DEVNULL, env=environment
        ) as child,
    ):
        assert child.stdout is not None  # noqa: S101 -- for mypy
        try:
            yield WorkbookRows(file.name, child, child.stdout, limits)
        finally:
            child.kill()


def _cell(told: Any) -> Cell:  # noqa: ANN401 -- as `workbook_child` writes it
    return datetime.fromisoformat(told[0]) if isinstance(told, list) else str(told)
