"""Workbooks, also such as are made to fill a memory or to read another file."""

import random
import resource
import subprocess
import sys
import zipfile
from datetime import datetime

import openpyxl
import pytest
import xlsxwriter

from dashboard.intake.faults import IntakeError
from dashboard.intake.workbook import CHILD, LIMITS, open_workbook
from tests.dashboard.intake.test_reading import read

SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def a_workbook(folder, *rows, sheet="Sheet1"):
    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    file = folder / "cases.xlsx"
    book.save(file)
    return file


def test_a_workbook_gives_text_dates_and_whole_numbers(tmp_path):
    opened = datetime.fromisoformat("2026-03-10 09:00")
    file = a_workbook(tmp_path, ["no", "opened", "lon"], [101, opened, 103.5], [], ["x", None, 0.5])
    header, rows = read(file)
    assert header == ["no", "opened", "lon"]
    assert [(row.line, row.cells) for row in rows] == [
        (2, ["101", opened, "103.5"]),
        (4, ["x", "", "0.5"]),
    ]


def test_a_formula_in_a_workbook_is_never_evaluated(tmp_path):
    file = a_workbook(tmp_path, ["a"], ['=HYPERLINK("http://x","y")'], ["=1+1"], ["z"])
    _, rows = read(file)
    assert [row.cells for row in rows] == [["z"]]


def test_a_sheet_can_be_named_and_an_unknown_one_is_refused(tmp_path):
    file = a_workbook(tmp_path, ["a"], ["1"], sheet="三月")
    assert len(read(file, sheet="三月")[1]) == 1
    with pytest.raises(IntakeError, match="has no sheet '四月', but 三月"):
        read(file, sheet="四月")


def with_sheet(file, folder, sheet):
    """Put another sheet into a workbook."""
    changed = folder / "hostile.xlsx"
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            is_sheet = part.filename == "xl/worksheets/sheet1.xml"
            new.writestr(part.filename, sheet if is_sheet else old.read(part.filename))
    return changed


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (b'<row r="1"><c r="A1"/><c r="XFD1"/></row>', "columns"),
        (b'<row r="1048576"><c r="A1048576"/></row>', "rows"),
        (b'<row r="1"><c r="A1"/></row>' + b" " * 30_000_000, "too large"),
    ],
)
def test_a_workbook_that_would_fill_the_memory_is_refused_unopened(tmp_path, cells, told):
    head = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    )
    sheet = head + cells + b"</sheetData></worksheet>"
    hostile = with_sheet(a_workbook(tmp_path, ["a"], ["1"]), tmp_path, sheet)
    with pytest.raises(IntakeError, match=told):
        read(hostile)


def a_sheet(rows: str, head="") -> bytes:
    return (
        f'{head}<worksheet xmlns="{SPREADSHEET}"><sheetData>{rows}</sheetData></worksheet>'
    ).encode()


def entities(folder):
    more = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    head = f'<!DOCTYPE x [<!ENTITY e0 "lol"><!ENTITY f SYSTEM "file:///etc/passwd">{more}]>'
    row = '<row r="1"><c r="A1" t="inlineStr"><is><t>a&f;&e9;</t></is></c></row>'
    return with_sheet(a_workbook(folder, ["a"]), folder, a_sheet(row, head))


def one_text_in_every_cell(folder):
    """A hundred thousand cells of the same long text: small until it is unfolded."""
    rows = []
    for row in range(1, 10_001):
        cells = "".join(f'<c r="{column}{row}" t="s"><v>0</v></c>' for column in "ABCDEFGHIJ")
        rows.append(f'<row r="{row}">{cells}</row>')
    with xlsxwriter.Workbook(folder / "shared.xlsx") as book:
        book.add_worksheet().write("A1", "x" * 32_000)
    file = with_sheet(folder / "shared.xlsx", folder, a_sheet("".join(rows)))
    with zipfile.ZipFile(file, "a") as archive:  # against the look at how much it is packed
        archive.writestr("noise", random.Random(1).randbytes(300_000))
    return file


def more_than_it_says(folder):
    """The archive says of a sheet of 40 MB that it has a hundred bytes."""
    sheet = a_sheet('<row r="1"><c r="A1"><v>1</v></c></row>' + " " * 40_000_000)
    file = with_sheet(a_workbook(folder, ["a"]), folder, sheet)
    size = len(sheet).to_bytes(4, "little")
    file.write_bytes(file.read_bytes().replace(size, (100).to_bytes(4, "little")))
    return file


def a_place_outside(folder):
    file = a_workbook(folder, ["a"])
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("xl/../../evil", "x")
    return file


@pytest.mark.parametrize(
    ("bomb", "told"),
    [
        (entities, "cannot be read as a workbook"),
        (one_text_in_every_cell, "takes more than 512 MB or 30 s to read"),
        (more_than_it_says, "cannot be read as a workbook"),
        (a_place_outside, "names a place outside itself"),
    ],
)
def test_a_bomb_is_refused_with_a_sentence_and_costs_this_process_nothing(tmp_path, bomb, told):
    file = bomb(tmp_path)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(IntakeError, match=told):
        read(file)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000  # kB


def test_one_that_takes_too_long_is_ended(tmp_path):
    file = a_workbook(tmp_path, ["a"], ["1"])
    with (
        pytest.raises(IntakeError, match="save the sheet as CSV"),
        open_workbook(file, None, LIMITS._replace(wait_s=0)),
    ):
        pass


def test_one_that_is_left_half_read_is_ended(tmp_path):
    file = a_workbook(tmp_path, ["a"], *(["x" * 1_000] for _ in range(1_000)))
    with open_workbook(file, None) as rows:
        assert next(iter(rows)).cells == ["x" * 1_000]
        child = rows._child
    assert child.returncode == -9


DEEDS = """
import runpy, socket, subprocess
child = runpy.run_path(CHILD)
child["confine"](512, 30)
for deed in (
    lambda: open("/etc/passwd"),
    lambda: open("/proc/self/fd/1", "wb"),
    lambda: socket.socket(),
    lambda: subprocess.run(["/bin/true"]),
    lambda: bytearray(1 << 30),
):
    try:
        print(deed())
    except (OSError, MemoryError) as error:
        print(type(error).__name__)
"""


def test_who_reads_workbooks_can_open_and_take_nothing():
    """Were a hole found in what reads them, this is where one would get."""
    command = [sys.executable, "-I", "-c", f"CHILD = {str(CHILD)!r}{DEEDS}"]
    ended = subprocess.run(command, capture_output=True, text=True, check=True)
    assert ended.stdout.split() == ["OSError"] * 4 + ["MemoryError"]
