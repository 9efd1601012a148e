"""Exported files say what they are, hold every row, and run nothing."""

import csv
from datetime import UTC, datetime
from io import BytesIO, StringIO
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from dashboard.export.comma_separated import comma_separated
from dashboard.export.harmless import harmless, is_risky, original
from dashboard.export.table import Column, Kind, Table
from dashboard.export.workbook import workbook_of

ZONE = ZoneInfo("Asia/Shanghai")
AT = datetime(2026, 3, 18, 6, 20, 36, tzinfo=UTC)
HOSTILE = (
    "=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1", "＋1", "－1", "＠1",
    '=HYPERLINK("http://x","y")', "'=1", '"', "a,b\r\nc", "http://example.org", "00012", "1e5",
)  # fmt: skip
COLUMNS = (
    Column("事项", Kind.TEXT, 30),
    Column("件", Kind.COUNT),
    Column("剩余", Kind.HOURS),
    Column("率", Kind.SHARE),
    Column("时间", Kind.INSTANT),
)


def a_table(rows, **fields):
    about = (("单位", "沾益区"), ("条件", "=2+2"))
    return Table(
        name="事项", about_name="说明", about=about, columns=COLUMNS, rows=rows, made_at=AT,
        **fields,
    )  # fmt: skip


def read_xlsx(content):
    return load_workbook(BytesIO(content))


def read_csv(content):
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline=""), strict=True))


@given(st.text())
def test_what_is_made_harmless_can_be_read_back_and_is_not_run(text):
    safe = harmless(text)
    assert not is_risky(safe)
    assert original(safe) == text


@pytest.mark.parametrize("text", HOSTILE)
def test_a_workbook_holds_hostile_text_as_text(text):
    sheet = read_xlsx(workbook_of([a_table([(text, 1, None, None, None)])], ZONE)).worksheets[0]
    cell = sheet["A2"]
    assert cell.data_type == "s"
    assert cell.hyperlink is None
    assert unescape(cell.value) == text


@pytest.mark.parametrize("text", HOSTILE)
def test_a_csv_holds_hostile_text_behind_an_apostrophe(text):
    row = read_csv(comma_separated(a_table([(text, 1, None, None, None)]), ZONE))[-1]
    assert row[0] == harmless(text)
    assert not is_risky(row[0])


def test_numbers_stay_numbers_and_instants_stay_instants():
    row = ("x", -1204, -14.5, 0.972, AT)
    cells = read_xlsx(workbook_of([a_table([row])], ZONE)).worksheets[0][2]
    assert [cell.value for cell in cells] == [
        "x", -1204, -14.5, 0.972, AT.astimezone(ZONE).replace(tzinfo=None)
    ]  # fmt: skip
    assert [cell.number_format for cell in cells[1:]] == [
        "#,##0", "0.0", "0.0%", "yyyy-mm-dd hh:mm"
    ]  # fmt: skip
    lines = comma_separated(a_table([row]), ZONE).decode("utf-8-sig").split("\r\n")
    assert lines[-2] == '"x",-1204,-14.5,0.972,"2026-03-18 14:20:36"'


def test_what_is_unknown_is_empty():
    row = ("x", None, None, None, None)
    cells = read_xlsx(workbook_of([a_table([row])], ZONE)).worksheets[0][2]
    assert [cell.value for cell in cells[1:]] == [None] * 4
    assert read_csv(comma_separated(a_table([row]), ZONE))[-1][1:] == [""] * 4


def test_both_say_what_they_are():
    table = a_table([("x", 1, 2.0, 0.5, AT)], mark="演示数据")
    book = read_xlsx(workbook_of([table], ZONE))
    assert book.sheetnames == ["事项", "说明"]
    assert [tuple(cell.value for cell in row) for row in book["说明"].rows] == list(table.about)
    assert book["说明"]["B2"].data_type == "s"
    assert book["事项"].oddHeader.right.text == "演示数据"
    assert book["事项"].print_title_rows == "$1:$1"
    lines = read_csv(comma_separated(table, ZONE))
    assert lines[0][:2] == ["单位", "沾益区"]
    assert lines[2:4] == [[""] * 5, [column.head for column in COLUMNS]]
    assert {len(line) for line in lines} == {5}


def test_a_sheet_may_be_called_anything():
    table = a_table([])
    names = read_xlsx(workbook_of([Table(
        name="[a]:*?/\\'" + "x" * 40, about_name="''", about=table.about, columns=COLUMNS, rows=[],
        made_at=AT,
    )], ZONE)).sheetnames  # fmt: skip
    assert all(0 < len(name) <= 31 for name in names)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(max_size=40) | st.sampled_from(HOSTILE), max_size=12))
def test_no_text_breaks_a_file_or_adds_a_row(texts):
    table = a_table([(text, n, -0.5, None, AT) for n, text in enumerate(texts)])
    sheet = read_xlsx(workbook_of([table], ZONE)).worksheets[0]
    assert sheet.max_row == len(texts) + 1
    assert all(cell.data_type in ("s", "n") for cell in sheet["A"])
    lines = read_csv(comma_separated(table, ZONE))
    assert [original(line[0]) for line in lines[4:]] == texts
