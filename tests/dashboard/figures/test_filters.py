"""Filters mean what they say, on every table and on both databases."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, select

from dashboard.database import tables
from dashboard.database.engine import reading, writing
from dashboard.figures.filtering import filtered, matches, within
from dashboard.figures.filters import NONE, Filters
from dashboard.figures.view import view_at
from tests.worlds import BAISHUI, COUNTY, HUASHAN, XIPING, a_case

DAY = timedelta(days=1)
VILLAGE, GRID = "530303001001", "530303001001001"


@pytest.fixture
def found(county, now):
    """The titles of the cases that filters leave over."""

    def titles(**chosen):
        with reading(county) as connection:
            filters = Filters(**chosen)
            view = view_at(connection, now, filters=filters)
            rows = view.cases
            kept = filtered(filters, rows, rows, view.as_of)
            return set(connection.execute(select(rows.c.title).where(kept)).scalars())

    return titles


@pytest.fixture
def add(county):
    def insert_case(title, **columns):
        with writing(county) as connection:
            return a_case(connection, title=title, **columns)

    return insert_case


def test_an_area_means_its_whole_subtree(add, found):
    add("grid", area_code=GRID, village_code=VILLAGE)
    add("village", area_code=VILLAGE, village_code=VILLAGE)
    add("town", area_code=XIPING)
    add("other", area_code=HUASHAN, township_code=HUASHAN)
    add("county", area_code=COUNTY, township_code=None)
    assert found(area=GRID) == {"grid"}
    assert found(area=VILLAGE) == {"grid", "village"}
    assert found(area=XIPING) == {"grid", "village", "town"}
    assert found(area=COUNTY) == {"grid", "village", "town", "other", "county"}
    assert found(area="530300000000") == found()
    assert found(area="110000000000") == set()


def test_a_choice_takes_any_of_its_values_and_empty_means_without_one(add, found):
    add("hrss", lead_dept_id="hrss")
    add("water", lead_dept_id="water")
    add("nobody", lead_dept_id=None)
    assert found(departments=frozenset({"hrss", NONE})) == {"hrss", "nobody"}
    assert found(departments=frozenset({NONE})) == {"nobody"}
    assert found(departments=frozenset({"hrss"}), situations=frozenset({"police"})) == set()


def test_a_category_of_two_digits_takes_its_group(add, found):
    for category in ("0101", "0104", "0201", None):
        add(str(category), category_code=category)
    assert found(categories=frozenset({"01"})) == {"0101", "0104"}
    assert found(categories=frozenset({"01", "0201"})) == {"0101", "0104", "0201"}


def test_colours_are_those_of_open_cases(add, found, now):
    add("red", due_at=now - DAY)
    add("closed late", due_at=now - DAY, stage="closed", closed_at=now, close_outcome="resolved")
    add("calm", due_at=now + DAY)
    assert found(colours=frozenset({"red"})) == {"red"}
    assert found(colours=frozenset({"red", "none"})) == {"red", "calm"}
    assert found(state="open") == {"red", "calm"}
    assert found(state="closed") == {"closed late"}


def test_words_are_looked_for_in_both_titles_and_taken_literally(add, found):
    add("拖欠工资 12 人", title_en="Unpaid wages of 12")
    add("100% 拖欠")
    add("工资_条")
    assert found(text="拖欠 工资") == {"拖欠工资 12 人"}
    assert found(text="WAGES unpaid") == {"拖欠工资 12 人"}
    assert found(text="%") == {"100% 拖欠"}
    assert found(text="_") == {"工资_条"}
    assert found(text="  ") == found()


def test_a_code_is_found_whole_by_its_end_and_by_its_day(add, found):
    add("one", case_code="530303-20260310-D00047-6")
    add("two", case_code="530303-20260311-D00047-4")
    assert found(text="530303-20260310-d00047-6") == {"one"}
    assert found(text="D00047") == {"one", "two"}
    assert found(text="260310-D00047") == {"one"}


def test_rows_of_a_case_follow_it_and_others_without_the_column_are_left_out(county, add, now):
    kept, hidden = add("kept", situation="police"), add("hidden")
    with writing(county) as connection:
        for case_id in (kept, hidden):
            connection.execute(
                insert(tables.case_event).values(
                    case_id=case_id, seq=1, at=now, recorded_at=now, type="dispatch",
                    actor_role="dept", payload={}, before={}, after={}, source="app", hash="",
                )
            )  # fmt: skip
        connection.execute(
            insert(tables.hazard_point).values(
                point_id="P", name="P", risk_level="high", area_code=BAISHUI,
                township_code=BAISHUI, found_at=now,
                status="open", updated_at=now,
            )
        )  # fmt: skip
    filters = Filters(situations=frozenset({"police"}))
    with reading(county) as connection:
        view = view_at(connection, now, filters=filters)

        def of(table, filters=filters):
            kept = filtered(filters, table, view.cases, now)
            return len(connection.execute(select(table).where(kept)).all())

        assert of(tables.case_event) == 1
        assert of(tables.hazard_point) == 0
        assert of(tables.hazard_point, Filters(area=BAISHUI)) == 1
        assert of(tables.hazard_point, Filters(area=XIPING)) == 0


def test_single_conditions_stand_alone(county, add):
    add("one", area_code=VILLAGE, village_code=VILLAGE, case_code="530303-20260310-D00047-6")
    with reading(county) as connection:
        query = select(tables.cases.c.title)
        for test in (within(tables.cases, VILLAGE), matches(tables.cases, "D00047")):
            assert connection.execute(query.where(test)).scalars().all() == ["one"]
