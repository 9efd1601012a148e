"""A roster comes in like any file: once, with its bad rows set aside, and no telephone kept."""

import json
import re
from datetime import UTC, date, datetime

import openpyxl
import pytest
from sqlalchemy import select

from dashboard.database.engine import reading, writing
from dashboard.database.tables import duty_shift, import_run, quarantined_row
from dashboard.duty.roster import remove_shift
from dashboard.intake.faults import IntakeError
from dashboard.intake.roster_mapping import load_any_mapping
from dashboard.intake.roster_rows import prepare_roster
from dashboard.intake.run import import_file
from tests.dashboard.duty.test_roster import ZONE
from tests.dashboard.intake import files
from tests.dashboard.intake.test_run import counts

HEADER = "日期,班次,岗位,姓名,单位,开始,结束,电话"
MAPPING = """
kind = "duty"
[dates]
timezone = "Asia/Shanghai"
formats = ["iso"]
[fields]
date = "日期"
shift = { column = "班次", values = { "白班" = "day", "夜班" = "night" } }
role = { column = "岗位", values = { "带班领导" = "duty_leader", "座席" = "operator" } }
person_name = "姓名"
starts_at = "开始"
ends_at = "结束"
[departments]
column = "单位"
unknown = "quarantine"
"""
DAY = "2026-03-18,白班,带班领导,李主任 0874-3123456,人社局,2026-03-18 08:00,2026-03-18 20:00"
NIGHT = "2026-03-18,夜班,座席,王敏,人社局,2026-03-18 20:00,2026-03-19 08:00"
TELEPHONES = ("3123456", "13812345678", "66123")


def bring(engine, file, now, text=MAPPING):
    mapping = load_any_mapping(files.a_mapping(file.parent, text))
    with reading(engine) as connection:
        prepared = prepare_roster(connection, mapping, ZONE)
    return import_file(engine, file, prepared, now=now)


def a_roster(folder, *lines):
    file = folder / "roster.csv"
    file.write_text("\n".join((HEADER, *lines, "")), "utf-8")
    return file


def kept(engine, *columns):
    with reading(engine) as connection:
        chosen = [duty_shift.c[name] for name in columns]
        return [tuple(row) for row in connection.execute(select(*chosen).order_by("shift_id"))]


def test_a_roster_comes_in_once_and_a_change_changes_it(county, tmp_path, now):
    lines = (f"{DAY},13812345678", f"{NIGHT},66123", f"{NIGHT},66123")
    file = a_roster(tmp_path, *lines)
    assert counts(bring(county, file, now)) == (3, 2, 0, 1, 0)
    assert counts(bring(county, file, now)) == (3, 0, 0, 3, 0)
    assert kept(county, "date", "shift", "role", "person_name", "dept_id") == [
        (date(2026, 3, 18), "day", "duty_leader", "李主任 ***", "hrss"),
        (date(2026, 3, 18), "night", "operator", "王敏", "hrss"),
    ]
    longer = a_roster(tmp_path, f"{DAY.replace('20:00', '21:00')},")
    assert counts(bring(county, longer, now)) == (1, 0, 1, 0, 0)
    assert kept(county, "ends_at")[0] == (datetime(2026, 3, 18, 13, tzinfo=UTC),)


def test_a_shift_taken_off_by_hand_stays_off_and_the_report_says_so(county, tmp_path, now):
    file = a_roster(tmp_path, f"{DAY},13812345678", f"{NIGHT},66123")
    bring(county, file, now)
    with writing(county) as connection:
        assert remove_shift(connection, 1, now)
    outcome = bring(county, file, now)
    assert counts(outcome) == (2, 0, 0, 2, 0)
    assert outcome.notes == {"shift_removed_by_hand": 1}
    assert kept(county, "person_name") == [("王敏",)]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (",2026-03-18 20:00,", ",2026-03-19 00:30,", "starts on another day than its date"),
        (",2026-03-19 08:00", ",2026-03-18 19:00", "ends before it starts"),
        ("夜班", "中班", "unknown value '中班'"),
        ("王敏", "66123", "nobody is named"),
        ("王敏", "", "no person_name"),
        ("人社局", "海关", "unknown department '海关'"),
        ("2026-03-18,", "2026-02-30,", "'2026-02-30' is no date in the declared format"),
        (NIGHT, f"{NIGHT},13812345678", "9 cells where the header has 8"),
    ],
)
def test_a_row_that_cannot_be_used_waits_with_its_reason(county, tmp_path, now, old, new, reason):
    file = a_roster(tmp_path, f"{DAY},13812345678", f"{NIGHT.replace(old, new, 1)},66123")
    assert counts(bring(county, file, now)) == (2, 1, 0, 0, 1)
    with reading(county) as connection:
        (row,) = connection.execute(select(quarantined_row)).all()
        (run,) = connection.execute(select(import_run)).all()
    assert (row.line, row.reason) == (3, reason)
    assert run.source_channel == "duty"
    assert not re.search("|".join((*TELEPHONES, "王敏")), json.dumps(row.content))


def test_two_rows_that_disagree_about_a_shift_are_not_both_believed(county, tmp_path, now):
    file = a_roster(tmp_path, f"{NIGHT},", f"{NIGHT.replace('03-19 08', '03-19 09')},")
    assert counts(bring(county, file, now)) == (2, 1, 0, 0, 1)


def test_a_workbook_without_hours_takes_them_from_the_mapping(county, tmp_path, now):
    book = openpyxl.Workbook()
    book.active.append(["日期", "班次", "姓名"])
    book.active.append([datetime(2026, 3, 18), "1", "张三"])  # noqa: DTZ001 -- as a sheet holds it
    book.active.append([datetime(2026, 3, 18), "2", "李四"])  # noqa: DTZ001
    book.active.append([datetime(2026, 3, 18), "3", "王五"])  # noqa: DTZ001
    file = tmp_path / "roster.xlsx"
    book.save(file)
    text = """
kind = "duty"
hours = { 1 = "08:00-17:30", 2 = "17:30-08:00" }
[dates]
timezone = "Asia/Shanghai"
formats = ["iso"]
[fields]
date = "日期"
shift = "班次"
role = { value = "operator" }
person_name = "姓名"
"""
    assert counts(bring(county, file, now, text)) == (3, 2, 0, 0, 1)
    assert kept(county, "starts_at", "ends_at")[1] == (
        datetime(2026, 3, 18, 9, 30, tzinfo=UTC), datetime(2026, 3, 19, 0, 0, tzinfo=UTC),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('kind = "duty"', 'kind = "menu"', "kind 'menu' is none of cases, duty"),
        ('ends_at = "结束"', "", "belong together"),
        ('starts_at = "开始"\nends_at = "结束"', "", r"or else \[hours\]"),
        ("[dates]", 'hours = { day = "8-20" }\n[dates]', 'write hours as "08:00-20:00"'),
        (
            'person_name = "姓名"',
            'person_name = "姓名"\nphone = "电话"',
            "unknown key 'fields.phone'",
        ),
    ],
)
def test_a_mapping_that_means_nothing_is_refused_in_words(tmp_path, old, new, told):
    with pytest.raises(IntakeError, match=told):
        load_any_mapping(files.a_mapping(tmp_path, MAPPING.replace(old, new)))
