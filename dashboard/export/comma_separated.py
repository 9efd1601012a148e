"""Tables as CSV: UTF-8 with its mark, so that spreadsheets read Chinese; rows end with CR LF."""

import csv
from collections.abc import Iterator, Sequence
from datetime import datetime
from io import StringIO
from zoneinfo import ZoneInfo

from dashboard.export.harmless import harmless
from dashboard.export.table import Table, Value

MEDIA_TYPE = "text/csv; charset=utf-8"
MARK = "\ufeff"


def comma_separated(table: Table, zone: ZoneInfo) -> bytes:
    """Write what the table is, an empty row, its heads and its rows.

    Every row has as many fields as there are columns. Instants are local, `2026-03-18 14:20:36`;
    shares are fractions of one.
    """
    text = StringIO(newline="")
    text.write(MARK)
    writer = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    width = max(2, len(table.columns))
    for row in _rows(table):
        fields = [_field(value, zone) for value in row]
        writer.writerow(fields + [""] * (width - len(fields)))
    return text.getvalue().encode("utf-8", "replace")


def first_of(tables: Sequence[Table], zone: ZoneInfo) -> bytes:
    """Write the first of several tables: a file of this kind holds one."""
    return comma_separated(tables[0], zone)


def _rows(table: Table) -> Iterator[Sequence[Value]]:
    yield from table.about
    yield ()
    yield [column.head for column in table.columns]
    yield from table.rows


def _field(value: Value, zone: ZoneInfo) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")
    return harmless(value) if isinstance(value, str) else value
