from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from dashboard.database.engine import reading, writing
from dashboard.database.tables import (
    case_event,
    cases,
    department,
    import_run,
    quarantined_row,
    source,
)
from dashboard.intake.faults import IntakeError
from dashboard.intake.mapping import load_mapping
from dashboard.intake.run import import_file
from dashboard.intake.surroundings import look_around
from dashboard.profile import load_profile
from dashboard.settings import Settings
from tests import worlds
from tests.dashboard.intake import files

PROFILE = load_profile("zhanyi")


def bring(engine, file, now, swaps=None, text=files.MAPPING):
    """Import a file with the usual mapping, some of its texts swapped."""
    mapping = load_mapping(files.a_mapping(file.parent, text, **(swaps or {})))
    with reading(engine) as connection:
        around = look_around(connection, mapping, PROFILE, Settings())
    return import_file(engine, file, around, now=now)


def everything(engine, *columns, table=cases):
    with reading(engine) as connection:
        chosen = [table.c[name] for name in columns] or [table]
        order = next(iter(table.primary_key.columns))
        return [tuple(row) for row in connection.execute(select(*chosen).order_by(order))]


def counts(outcome):
    return (outcome.rows, outcome.new, outcome.updated, outcome.unchanged, outcome.quarantined)


def test_rows_become_cases_with_their_opening_and_their_end(county, tmp_path, now):
    file = files.a_csv(
        tmp_path,
        files.line(1),
        files.line(2, closed="2026-03-12 17:00:00"),
    )
    assert counts(bring(county, file, now)) == (2, 2, 0, 0, 0)
    names = ("source_no", "title", "stage", "township_code", "lead_dept_id", "due_at", "closed_at")
    due = datetime(2026, 3, 13, 1, tzinfo=UTC)
    assert everything(county, *names) == [
        ("1", "事项1", "dispatched", worlds.BAISHUI, "hrss", due, None),
        ("2", "事项2", "closed", worlds.BAISHUI, "hrss", due, datetime(2026, 3, 12, 9, tzinfo=UTC)),
    ]
    assert everything(county, "type", "to_stage", "source", table=case_event) == [
        ("adopt", "dispatched", "import"),
        ("adopt", "dispatched", "import"),
        ("adopt", "closed", "import"),
    ]


def test_importing_twice_is_importing_once(county, tmp_path, now):
    file = files.a_csv(tmp_path, *(files.line(no, closed=when) for no, when in enumerate(CLOSED)))
    bring(county, file, now)
    before = everything(county), everything(county, table=case_event)
    assert counts(bring(county, file, now)) == (4, 0, 0, 4, 0)
    assert (everything(county), everything(county, table=case_event)) == before


CLOSED = ("", "2026-03-10 09:00:00", "2026-03-11 10:00:00", "")


def test_a_row_that_says_something_new_is_one_more_event(county, tmp_path, now):
    bring(county, files.a_csv(tmp_path, files.line(1), files.line(2)), now)
    changed = files.a_csv(
        tmp_path, files.line(1, title="改过的事项"), files.line(2, closed="2026-03-12 17:00:00")
    )
    assert counts(bring(county, changed, now)) == (2, 0, 2, 0, 0)
    assert everything(county, "title", "stage") == [
        ("改过的事项", "dispatched"),
        ("事项2", "closed"),
    ]
    events = everything(county, "case_id", "payload", "at", table=case_event)
    assert len(events) == 4
    assert events[2][1:] == ({"title": "改过的事项"}, now)
    assert events[3][2] == datetime(2026, 3, 12, 9, tzinfo=UTC)


def test_a_closing_that_the_source_takes_back_reopens_the_case(county, tmp_path, now):
    bring(county, files.a_csv(tmp_path, files.line(1, closed="2026-03-12 17:00:00")), now)
    outcome = bring(county, files.a_csv(tmp_path, files.line(1)), now)
    assert counts(outcome) == (1, 0, 1, 0, 0)
    assert everything(county, "stage", "closed_at", "left_at", "reopen_count") == [
        ("dispatched", None, None, 1)
    ]


def test_the_title_of_a_closed_case_may_still_change(county, tmp_path, now):
    closed = "2026-03-12 17:00:00"
    bring(county, files.a_csv(tmp_path, files.line(1, closed=closed)), now)
    bring(county, files.a_csv(tmp_path, files.line(1, closed=closed, title="新")), now)
    assert everything(county, "title", "stage", "reopen_count") == [("新", "closed", 0)]


def test_a_number_that_comes_twice_in_a_file_counts_once(county, tmp_path, now):
    file = files.a_csv(tmp_path, files.line(1), files.line(1), files.line(1, title="别的"))
    assert counts(bring(county, file, now)) == (3, 1, 0, 1, 1)
    assert counts(bring(county, file, now)) == (3, 0, 0, 2, 1)
    assert everything(county, "line", "reason", table=quarantined_row)[0] == (
        4,
        "line 2 has this number, with other content",
    )


ROWS = st.builds(
    files.line,
    st.integers(1, 4),
    opened=st.sampled_from(["2026-03-10 09:00:00", "2026-02-30 09:00:00", ""]),
    closed=st.sampled_from(["", "2026-03-09 09:00:00", "2026-03-12 09:00:00"]),
    area=st.sampled_from(["白水镇", "无此镇"]),
    title=st.sampled_from(["甲", "乙", '"开', "多,了"]),
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.lists(ROWS, max_size=8), min_size=1, max_size=3))
def test_every_row_is_counted_once_and_the_last_file_changes_nothing_twice(
    new_database, tmp_path, now, drawn
):
    engine = new_database()
    with writing(engine) as connection:
        worlds.small_county(connection)
    for lines in drawn:
        file = files.a_csv(tmp_path, *lines)
        first = bring(engine, file, now)
        assert first.rows == first.new + first.updated + first.unchanged + first.quarantined
        before = everything(engine), everything(engine, table=case_event)
        again = bring(engine, file, now)
        assert counts(again) == (
            first.rows, 0, 0, first.new + first.updated + first.unchanged, first.quarantined,
        )  # fmt: skip
        assert (everything(engine), everything(engine, table=case_event)) == before
    engine.dispose()


@pytest.mark.parametrize(
    ("cells", "field", "reason"),
    [
        ({"opened": ""}, "reported_at", "is blank"),
        ({"opened": "10/03/2026"}, "reported_at", "no date in the declared format"),
        ({"opened": "2026-02-30 09:00:00"}, "reported_at", "no date in the declared format"),
        ({"opened": "2036-03-10 09:00:00"}, "reported_at", "lies in the future"),
        ({"closed": "2026-03-09 09:00:00"}, "closed_at", "closed before it was opened"),
        ({"title": " "}, "title", "is blank"),
        ({"title": "a,b"}, None, "10 cells where the header has 9"),
        ({"title": '"a'}, None, "quotation mark lacks its partner"),
        ({"no": "9" * 65}, "source_no", "at most 64 characters"),
        ({"dept": "x" * 33}, "departments", "unknown department"),
    ],
)
def test_a_bad_row_is_quarantined_with_its_line_and_reason(
    county, tmp_path, now, cells, field, reason
):
    bad = files.line(**{"no": 2, **cells})
    file = files.a_csv(tmp_path, files.line(1), bad, files.line(3))
    assert counts(bring(county, file, now)) == (3, 2, 0, 0, 1)
    ((line, found, told, content),) = everything(
        county, "line", "field", "reason", "content", table=quarantined_row
    )
    assert (line, found) == (3, field)
    assert reason in told
    assert content


def test_a_broken_byte_costs_only_its_row(county, tmp_path, now):
    file = files.a_csv(tmp_path, *(files.line(no) for no in range(1, 101)))
    file.write_bytes(file.read_bytes().replace("事项7,".encode(), b"\xe4\xba7,"))
    assert counts(bring(county, file, now)) == (100, 99, 0, 0, 1)


def test_gbk_is_read_and_not_mangled(county, tmp_path, now):
    file = files.a_csv(tmp_path, files.line(1, title="路灯不亮"), encoding="gbk")
    bring(county, file, now)
    assert everything(county, "title", "township_code") == [("路灯不亮", worlds.BAISHUI)]


@pytest.mark.parametrize(
    "title",
    ["=1+1", "@SUM(A1)", "+8", "-1", "<script>alert(1)</script>", "<b>x</b>", "{{ 7*7 }}"],
)
def test_formulas_and_html_are_kept_as_text(county, tmp_path, now, title):
    bring(county, files.a_csv(tmp_path, files.line(1, title=title)), now)
    assert everything(county, "title") == [(title,)]


def test_a_long_title_is_cut_with_an_ellipsis(county, tmp_path, now):
    bring(county, files.a_csv(tmp_path, files.line(1, title="长" * 101)), now)
    assert everything(county, "title") == [("长" * 99 + "…",)]


def test_numbers_of_persons_reach_neither_case_nor_quarantine(county, tmp_path, now):
    told = "来电13800000000身份证11010119900307000X"
    file = files.a_csv(tmp_path, files.line(1, title=told), files.line(2, opened="bad", title=told))
    bring(county, file, now)
    assert everything(county, "title") == [("来电***身份证***",)]
    ((content,),) = everything(county, "content", table=quarantined_row)
    assert content["title"] == "来电***身份证***"


def test_unknown_areas_are_kept_visible_or_quarantined_as_the_mapping_says(county, tmp_path, now):
    file = files.a_csv(tmp_path, files.line(1, area="无此镇"), files.line(2, area=""))
    strict = {'unknown = "unclassified"': 'unknown = "quarantine"'}
    assert counts(bring(county, file, now, strict)) == (2, 0, 0, 0, 2)
    assert counts(bring(county, file, now)) == (2, 2, 0, 0, 0)
    assert everything(county, "area_code", "township_code") == [(worlds.COUNTY, None)] * 2


def test_departments_are_known_by_any_name_and_created_when_the_mapping_says(county, tmp_path, now):
    names = 'unknown = "create"\nnames.gas = { name = "燃气公司", short = "燃气" }'
    file = files.a_csv(
        tmp_path,
        *(
            files.line(no, dept=dept)
            for no, dept in enumerate(["区人社局", "HRSS", "gas", "新局", ""])
        ),
    )
    bring(county, file, now, {'unknown = "create"': names})
    assert [row[0] for row in everything(county, "lead_dept_id")] == [
        "hrss", "hrss", "gas", "新局", None,
    ]  # fmt: skip
    added = everything(county, "dept_id", "name", "short_name", table=department)
    assert ("gas", "燃气公司", "燃气") in added
    assert ("新局", "新局", "新局") in added


@pytest.mark.parametrize(("policy", "new"), [("unclassified", 1), ("quarantine", 0)])
def test_unknown_departments_follow_the_mapping(county, tmp_path, now, policy, new):
    file = files.a_csv(tmp_path, files.line(1, dept="无此局"))
    outcome = bring(county, file, now, {'unknown = "create"': f'unknown = "{policy}"'})
    assert (outcome.new, outcome.quarantined) == (new, 1 - new)
    assert everything(county, "lead_dept_id") == [(None,)] * new


def test_a_point_finds_its_township_in_the_map(county, tmp_path, now):
    text = files.MAPPING.replace('by = "name"\ncolumn = "area"', 'by = "point"')
    file = files.a_csv(
        tmp_path,
        files.line(1, lon="103.816392", lat="25.607751"),
        files.line(2, lon="25.607751", lat="103.816392"),
        files.line(3, lon="0", lat="0"),
    )
    outcome = bring(county, file, now, text=text)
    assert everything(county, "township_code", "lon") == [
        (worlds.XIPING, 103.816392), (None, None), (None, None),
    ]  # fmt: skip
    assert outcome.notes == {"point_swapped": 1, "point_zero": 1}


def test_a_deadline_before_the_opening_is_dropped_with_a_note(county, tmp_path, now):
    outcome = bring(county, files.a_csv(tmp_path, files.line(1, due="2026-03-01 09:00:00")), now)
    assert outcome.notes == {"due_before_opening": 1}
    assert everything(county, "due_at") == [(None,)]


def test_without_a_due_column_the_centres_rule_sets_the_deadline(county, tmp_path, now):
    mapping = load_mapping(files.a_mapping(tmp_path, **{'due_at = "due"\n': ""}))
    rules = Settings(deadlines=({"amount": 2, "unit": "day"},))
    with reading(county) as connection:
        around = look_around(connection, mapping, PROFILE, rules)
    import_file(county, files.a_csv(tmp_path, files.line(1)), around, now=now)
    assert everything(county, "deadline_rule", "due_at") == [
        ("any:2:day", datetime(2026, 3, 12, 15, 59, 59, tzinfo=UTC))
    ]


@pytest.mark.parametrize(
    ("swap", "told"),
    [
        (('title = "title"', 'title = "Titel"'), "has no column 'Titel'; it has: no, opened"),
        (('lon = "lon"', 'lon = "x"'), "has no column 'x'"),
        (('{ value = "general" }', '{ value = "normal" }'), "'normal' is none of simple, general"),
    ],
)
def test_a_mapping_that_does_not_fit_stops_before_anything_is_written(
    county, tmp_path, now, swap, told
):
    with pytest.raises(IntakeError, match=told):
        bring(county, files.a_csv(tmp_path, files.line(1)), now, dict([swap]))
    assert everything(county, table=import_run) == []
    assert everything(county) == []


def test_a_database_without_the_county_asks_for_init(blank, tmp_path, now):
    with pytest.raises(IntakeError, match="run `wuqing init` first"):
        bring(blank, files.a_csv(tmp_path, files.line(1)), now)


def test_a_run_and_its_source_are_accounted_for(county, tmp_path, now):
    file = files.a_csv(tmp_path, files.line(1), files.line(2, opened="bad"))
    bring(county, file, now)
    bring(county, file, now)
    names = ("rows_read", "rows_new", "rows_updated", "rows_unchanged", "rows_quarantined")
    assert everything(county, "source_channel", "file_name", *names, table=import_run) == [
        ("hotline_12345", "cases.csv", 2, 1, 0, 0, 1),
        ("hotline_12345", "cases.csv", 2, 0, 0, 1, 1),
    ]
    assert everything(county, "rows_ok", "rows_rejected", "last_received_at", table=source) == [
        (2, 2, now)
    ]


def test_values_are_translated_and_an_unknown_word_is_quarantined(county, tmp_path, now):
    taken = '{ column = "dept", values = { "人社局" = "complex" } }'
    file = files.a_csv(tmp_path, files.line(1), files.line(2, dept="住建局"))
    outcome = bring(county, file, now, {'{ value = "general" }': taken})
    assert counts(outcome) == (2, 1, 0, 0, 1)
    assert everything(county, "level") == [("complex",)]


def test_more_rows_than_a_chunk_are_all_read(county, tmp_path, now, monkeypatch):
    monkeypatch.setattr("dashboard.intake.run.CHUNK", 3)
    file = files.a_csv(tmp_path, *(files.line(no) for no in range(10)), files.line(1))
    assert counts(bring(county, file, now)) == (11, 10, 0, 1, 0)
    with reading(county) as connection:
        assert connection.scalar(select(func.count()).select_from(cases)) == 10
