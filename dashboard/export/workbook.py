"""Tables as an XLSX workbook: the rows on one sheet, what they are on another."""

import re
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from zoneinfo import ZoneInfo

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from dashboard.export.harmless import is_risky
from dashboard.export.table import Column, Kind, Table, Value

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_TEXT = 32_767
"""Characters a cell may hold."""

_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_NUMBERS = {Kind.COUNT: "#,##0", Kind.HOURS: "0.0", Kind.SHARE: "0.0%"}
_INSTANT = "yyyy-mm-dd hh:mm"
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_UNNAMED = re.compile(r"[\[\]:*?/\\']")


def workbook_of(tables: Sequence[Table], zone: ZoneInfo) -> bytes:
    """Write tables of different names, a sheet each; the first says what all of them are.

    Text is text whatever it begins with, numbers and instants are such. Instants are local: a
    spreadsheet knows no zones.
    """
    target, first = BytesIO(), tables[0]
    with xlsxwriter.Workbook(target, _OPTIONS) as book:
        book.set_properties({"created": first.made_at.astimezone(zone).replace(tzinfo=None)})
        sheets = _Sheets(book, zone)
        for table in tables:
            sheets.rows(book.add_worksheet(_sheet_name(table.name)), table)
        sheets.about(book.add_worksheet(_sheet_name(first.about_name)), first)
    return target.getvalue()


class _Sheets:
    """Writes sheets of one workbook, whose formats it keeps."""

    def __init__(self, book: xlsxwriter.Workbook, zone: ZoneInfo) -> None:
        self._zone = zone
        self._head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        self._text = book.add_format({"valign": "top"})
        self._risky = book.add_format({"valign": "top", "quote_prefix": True})
        self._numbers = {
            kind: book.add_format({"num_format": shown}) for kind, shown in _NUMBERS.items()
        }
        self._instant = book.add_format({"num_format": _INSTANT, "align": "left"})

    def rows(self, sheet: Worksheet, table: Table) -> None:
        """Write heads that stay in sight and repeat in print, then the rows."""
        for place, column in enumerate(table.columns):
            sheet.set_column(place, place, column.width)
        self._text_row(sheet, 0, [column.head for column in table.columns], self._head)
        for number, row in enumerate(table.rows, start=1):
            for place, (column, value) in enumerate(zip(table.columns, row, strict=True)):
                self._cell(sheet, (number, place), column, value)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.autofilter(0, 0, len(table.rows), max(0, len(table.columns) - 1))
        _print_setup(sheet, table)

    def about(self, sheet: Worksheet, table: Table) -> None:
        """Write what the rows are, a pair a line."""
        sheet.set_column(0, 0, 16)
        sheet.set_column(1, 1, 90)
        for number, pair in enumerate(table.about):
            self._text_row(sheet, number, pair, None)
        _print_setup(sheet, table)

    def _text_row(
        self, sheet: Worksheet, number: int, texts: Sequence[str], shown: Format | None
    ) -> None:
        for place, text in enumerate(texts):
            self._write_text(sheet, (number, place), text, shown)

    def _cell(self, sheet: Worksheet, at: tuple[int, int], column: Column, value: Value) -> None:
        if value is None or value == "":
            return
        if isinstance(value, str):
            self._write_text(sheet, at, value, None)
        elif isinstance(value, datetime):
            local = value.astimezone(self._zone).replace(tzinfo=None)
            sheet.write_datetime(*at, local, self._instant)
        else:
            sheet.write_number(*at, value, self._numbers.get(column.kind, self._text))

    def _write_text(
        self, sheet: Worksheet, at: tuple[int, int], text: str, shown: Format | None
    ) -> None:
        clean = _UNPRINTABLE.sub("\ufffd", text)[:LONGEST_TEXT]
        usual = self._risky if is_risky(clean) else self._text
        sheet.write_string(*at, clean, shown or usual)


def _print_setup(sheet: Worksheet, table: Table) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    name, mark = (text.replace("&", "&&") for text in (table.name, table.mark))
    sheet.set_header(f"&L{name}&R{mark}")
    sheet.set_footer("&C&P / &N")


def _sheet_name(name: str) -> str:
    """Return a name a sheet may have."""
    return _UNNAMED.sub(" ", name).strip()[:31] or "1"
