import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.intake.csv_rows import CsvRows
from dashboard.intake.encoding import is_broken
from dashboard.intake.faults import IntakeError
from dashboard.intake.mapping import Layout
from dashboard.intake.reading import open_rows
from tests.dashboard.intake import files


def read(file, **layout):
    with open_rows(file, Layout(**layout)) as rows:
        return rows.header, list(rows.data)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_chinese_text_survives_every_usual_encoding(tmp_path, encoding):
    file = files.a_csv(tmp_path, files.line(1, title="井盖破损“扰民”"), encoding=encoding)
    header, rows = read(file)
    assert header == files.HEADER.split(",")
    assert [row.cells[4] for row in rows] == ["井盖破损“扰民”"]


def test_one_broken_byte_does_not_turn_a_utf8_file_into_mojibake(tmp_path):
    file = files.a_csv(tmp_path, *(files.line(no) for no in range(100)))
    file.write_bytes(file.read_bytes().replace("事项7,".encode(), b"\xe4\xba7,"))
    _, rows = read(file)
    assert rows[8].cells[4] == "事项8"
    assert is_broken(rows[7].cells[4])


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "not a text file"),
        (b"PK\x03\x04 no archive", "damaged archive"),
        (b"", "is empty"),
        (b"\n\n \n", "is empty"),
        ("café,naïve\nÿé,þ\n".encode("cp1252"), "neither UTF-8"),
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence(tmp_path, content, told):
    file = tmp_path / "cases.csv"
    file.write_bytes(content)
    with pytest.raises(IntakeError, match=told):
        read(file)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(IntakeError, match=r"cannot read .*nowhere\.csv: No such file"):
        read(tmp_path / "nowhere.csv")
    with pytest.raises(IntakeError, match="Is a directory"):
        read(tmp_path)


def test_an_archive_with_one_csv_is_read_and_one_with_two_is_refused(tmp_path):
    table = files.a_csv(tmp_path, files.line(1)).read_bytes()
    one = files.a_zip(tmp_path, {"in/cases.csv": table, "readme.md": b"x"})
    assert len(read(one)[1]) == 1
    with pytest.raises(IntakeError, match="2 CSV files"):
        read(files.a_zip(tmp_path, {"a.csv": table, "b.csv": table}))


def test_a_declared_encoding_and_delimiter_are_obeyed(tmp_path):
    file = tmp_path / "cases.csv"
    file.write_bytes("no;título\n1;café\n".encode("cp1252"))
    header, rows = read(file, encoding="cp1252", delimiter=";")
    assert header == ["no", "título"]
    assert rows[0].cells == ["1", "café"]


def rows_of(*lines):
    return list(CsvRows([f"{text}\n" for text in lines], ","))


def test_a_ragged_row_is_marked_with_its_line_and_costs_only_itself():
    rows = rows_of("a,b", "1,2", "1,2,3", "1", "", "3,4")
    assert [(row.line, row.cells) for row in rows if row.fault is None] == [
        (2, ["1", "2"]),
        (6, ["3", "4"]),
    ]
    assert [row.line for row in rows if row.fault] == [3, 4]


def test_line_breaks_and_quotation_marks_inside_a_cell_are_kept():
    rows = rows_of("a,b", '"one', 'two ""three""",x', '5" pipe,y')
    assert [(row.line, row.cells) for row in rows] == [
        (2, ['one\ntwo "three"', "x"]),
        (4, ['5" pipe', "y"]),
    ]


def test_an_open_quotation_mark_does_not_swallow_the_rows_after_it():
    rows = rows_of("a,b", "1,2", '3,"four', "5,6", '7,"eight"', "9,10")
    assert [row.line for row in rows if row.fault] == [3]
    assert [row.cells for row in rows if row.fault is None] == [
        ["1", "2"], ["5", "6"], ["7", "eight"], ["9", "10"],
    ]  # fmt: skip


def test_the_last_row_may_lack_its_line_end_but_not_its_quotation_mark():
    rows = list(CsvRows(["a,b\n", "1,2\n", '3,"fo'], ","))
    assert [(row.line, bool(row.fault)) for row in rows] == [(2, False), (3, True)]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text(alphabet='ab,"\n \r', max_size=12), max_size=12))
def test_every_line_with_text_is_in_some_row(texts):
    lines = "".join(["a,b\n", *(f"{text}\n" for text in texts)]).splitlines(keepends=True)
    rows = list(CsvRows(lines, ","))
    starts = [row.line for row in rows]
    assert starts == sorted(set(starts))
    covered = set()
    for row in rows:
        breaks = 0 if row.fault else sum(cell.count("\n") for cell in row.cells)
        breaks += (
            0 if row.fault else sum(cell.replace("\r\n", "").count("\r") for cell in row.cells)
        )
        covered |= set(range(row.line, row.line + breaks + 1))
    filled = {number for number, text in enumerate(lines[1:], start=2) if text.strip()}
    assert filled <= covered


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.binary(min_size=1, max_size=200))
def test_any_bytes_are_read_or_refused_with_a_sentence(tmp_path, content):
    file = tmp_path / "noise.csv"
    file.write_bytes(content)
    try:
        read(file)
    except IntakeError as error:
        assert "noise.csv" in str(error)
