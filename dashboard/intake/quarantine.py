"""Rows that wait for a person: each with its line, its reason and its masked content."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, insert

from dashboard.database.tables import quarantined_row
from dashboard.intake.csv_rows import Row
from dashboard.intake.faults import Rejection
from dashboard.intake.scrub import MASK, scrub

LONGEST_CELL = 4000
LONGEST_REASON = 200
LONGEST_FIELD = 60


def write(
    connection: Connection,
    run_id: int,
    header: Sequence[str],
    rejected: Sequence[tuple[Row, Rejection]],
    personal: frozenset[str] = frozenset(),
) -> None:
    """Keep rejected rows. Content is {column: text}, or {"cells": [...]} of a ragged row.

    Cells of `personal` columns are masked whole, and every cell of a ragged row where there are
    such columns: nobody knows which of its cells they are.
    """
    rows = [
        {
            "run_id": run_id,
            "line": row.line,
            "reason": _readable(rejection.reason)[:LONGEST_REASON],
            "field": rejection.field and rejection.field[:LONGEST_FIELD],
            "content": _content(header, row, personal),
        }
        for row, rejection in rejected
    ]
    if rows:
        connection.execute(insert(quarantined_row), rows)


def _content(header: Sequence[str], row: Row, personal: frozenset[str]) -> dict[str, Any]:
    cells = [_readable(str(cell))[:LONGEST_CELL] for cell in row.cells]
    if len(cells) != len(header):
        return {"cells": [MASK] * len(cells) if personal else cells}
    content = dict(zip(header, cells, strict=True))
    return content | {name: MASK for name in header if name in personal and content[name]}


def _readable(text: str) -> str:
    """Mask numbers of persons and replace what neither database could store."""
    text = text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return scrub(text.replace("\0", "\ufffd"))
