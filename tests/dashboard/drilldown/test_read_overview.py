"""The figures of a leader's page agree with each other, whatever there is in the county."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import event, insert

from dashboard.database.engine import reading, writing
from dashboard.database.tables import hazard_point, supervision_order
from dashboard.figures.cell import Cell
from dashboard.figures.choice import PeriodChoice, PeriodKind
from tests import worlds as builders
from tests.conftest import NOW
from tests.dashboard.drilldown.county_worlds import (
    CENTRE,
    COUNTY,
    page_of,
    periods,
    subject_of,
    worlds,
)
from tests.dashboard.snapshots.random_worlds import fill
from tests.worlds import BAISHUI, TOWNSHIPS, XIPING

KEY = {
    "lead_official": "分管副区长",
    "plan_text": "先易后难",
    "task_force": [
        {"role": "lead", "dept_id": "hrss"},
        {"role": "member", "dept_id": "justice"},
        {"role": "member", "name": "某人"},
    ],
}
COUNTED = ("accepted", "open", "overdue")


def summed(cells):
    return sum(cells, Cell(0, 0))


def missed_of_due(cell):
    due = cell.denominator or 0
    return due - cell.numerator, due


@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=worlds, period=periods)
def test_a_county_is_the_sum_of_its_townships_units_situations_and_categories(county, rows, period):
    fill(county, rows)
    page, _, _ = page_of(county, "area", COUNTY, period)
    towns = {code: page_of(county, "area", code, period)[0] for code in TOWNSHIPS}

    whole = summed(page.misses.cells.values())
    assert (whole.numerator, whole.denominator) == missed_of_due(page.cells["on_time_rate"])
    for code, town in towns.items():
        column = summed(cell for (_, area), cell in page.misses.cells.items() if area == code)
        assert (column.numerator, column.denominator) == missed_of_due(town.cells["on_time_rate"])

    for figure in COUNTED:
        parts = {one.name.code: one.cells[figure].numerator for one in page.below}
        assert parts == {code: town.cells[figure].numerator for code, town in towns.items()}
        assert sum(parts.values()) <= page.cells[figure].numerator
        if all(row["township_code"] in TOWNSHIPS for row in rows):
            assert sum(parts.values()) == page.cells[figure].numerator

    for groups in (page.situations, page.categories):
        assert sum(now for _, now, _ in groups) == page.cells["accepted"].numerator


def test_an_area_a_department_or_a_situation_that_is_not_there_has_no_page(county):
    with reading(county) as connection:
        assert subject_of(connection, "area", "530303888000") is None
        assert subject_of(connection, "department", "nobody") is None
        assert subject_of(connection, "situation", "weather") is None


@pytest.mark.parametrize(
    ("kind", "code"), [("area", COUNTY), ("area", XIPING), ("department", "hrss")]
)
def test_more_cases_ask_no_more_statements(county, now, kind, code):
    period = PeriodChoice.containing(PeriodKind.MONTH, now.date())
    asked = []
    event.listen(county, "before_cursor_execute", lambda *args: asked.append(args[2]))
    page_of(county, kind, code, period)
    first = len(asked)
    with writing(county) as connection:
        for township in TOWNSHIPS:
            for department in builders.DEPARTMENTS:
                builders.a_case(
                    connection, area_code=township, township_code=township, lead_dept_id=department
                )
    asked.clear()
    page_of(county, kind, code, period)
    assert len(asked) <= first


def test_the_listed_cases_are_the_first_of_those_counted(county, now):
    period = PeriodChoice.containing(PeriodKind.MONTH, now.date())
    with writing(county) as connection:
        for hours in range(1, 11):
            key = KEY if hours % 2 else {}
            builders.a_case(connection, due_at=now + timedelta(hours=hours), **key)
    page, _, _ = page_of(county, "area", COUNTY, period)
    assert [row.left_s // 3600 for row in page.open_rows] == list(range(1, 9))
    assert [one.row.left_s // 3600 for one in page.key_cases] == [1, 3, 5, 7, 9]
    told = {(one.official, one.plan, one.task_force) for one in page.key_cases}
    assert told == {("分管副区长", "先易后难", ("hrss", "justice"))}


def test_the_months_end_with_the_period_or_as_far_as_it_has_come(county, now):
    today = now.date()
    asked = {
        PeriodChoice.containing(PeriodKind.MONTH, today): date(2026, 3, 1),
        PeriodChoice.containing(PeriodKind.YEAR, today): date(2026, 3, 1),
        PeriodChoice.containing(PeriodKind.MONTH, date(2025, 11, 5)): date(2025, 11, 1),
        PeriodChoice(kind=PeriodKind.CUSTOM, first=date(2025, 9, 1), last=date(2026, 1, 4)): date(
            2026, 1, 1
        ),
    }
    for period, last in asked.items():
        page, _, _ = page_of(county, "area", COUNTY, period)
        assert (len(page.monthly.months), page.monthly.months[-1]) == (12, last)


def days_before(now, back, hours=0):
    return now - timedelta(days=back, hours=hours)


def test_a_situation_is_measured_against_the_same_time_of_earlier_days(county, now):
    with writing(county) as connection:
        for back in range(1, 29):
            for n in range(2 + back % 2):
                builders.a_case(
                    connection, situation="opinion", accepted_at=days_before(now, back, n % 2)
                )
            # after this time of the day: not compared with
            builders.a_case(
                connection,
                situation="opinion",
                accepted_at=now - timedelta(days=back) + timedelta(hours=1),
            )
        for n in range(9):
            builders.a_case(
                connection, situation="opinion", accepted_at=now - timedelta(minutes=n),
                category_code="0201" if n else "1306",
            )  # fmt: skip
    month = PeriodChoice.containing(PeriodKind.MONTH, now.date())
    page, _, _ = page_of(county, "area", COUNTY, month)
    assert [one.code for one in page.today] == [str(one) for one in CENTRE.profile.situations]
    (opinion,) = [one for one in page.today if one.code == "opinion"]
    assert (opinion.count, opinion.unusual) == (9, "high")
    assert opinion.line == (*(2 + back % 2 for back in range(13, 0, -1)), 9)
    low, high = opinion.band
    assert 1 < low < 2.5 < high < 4
    assert {one.unusual for one in page.today if one.code != "opinion"} == {None}
    assert [len(rows) for rows in page.made_of.values()] == [2]
    assert page.daily.accepted[-1] == 9

    (alone,) = page_of(county, "situation", "opinion", month)[0].today
    assert alone == opinion
    assert page_of(county, "area", XIPING, month)[0].today == ()
    past = PeriodChoice.containing(PeriodKind.MONTH, date(2026, 1, 5))
    assert page_of(county, "area", COUNTY, past)[0].today == ()


def test_with_too_few_days_nothing_is_off_normal(county, now):
    with writing(county) as connection:
        for back in range(14):
            builders.a_case(connection, situation="opinion", accepted_at=days_before(now, back))
        for _ in range(9):
            builders.a_case(connection, situation="opinion", accepted_at=now)
    month = PeriodChoice.containing(PeriodKind.MONTH, now.date())
    page, _, _ = page_of(county, "area", COUNTY, month)
    assert {(one.band, one.unusual) for one in page.today} == {(None, None)}


def a_hazard(connection, name, **facts):
    """Insert a hazard point of 西平街道 that was found ten days ago."""
    row = {
        "point_id": name, "name": f"{name} 张三家", "risk_level": "high", "status": "open",
        "area_code": "530303001001", "township_code": XIPING, "found_at": NOW - timedelta(days=10),
        "updated_at": NOW,
    }  # fmt: skip
    connection.execute(insert(hazard_point).values(**{**row, **facts}))


def test_hazards_are_counted_by_level_and_state_and_listed_by_what_is_due_first(county, now):
    with writing(county) as connection:
        a_hazard(connection, "a", rectify_due=now + timedelta(days=1))
        a_hazard(connection, "b", rectify_due=now - timedelta(hours=1), status="rectifying")
        a_hazard(connection, "c", risk_level="low", hazard_type_code="01")
        a_hazard(connection, "d", status="removed", removed_at=now - timedelta(days=1))
        a_hazard(connection, "e", status="removed", removed_at=now + timedelta(days=1))
        a_hazard(connection, "f", found_at=now + timedelta(days=1))
        a_hazard(connection, "g", township_code=BAISHUI, area_code=BAISHUI)
    month = PeriodChoice.containing(PeriodKind.MONTH, now.date())
    found = page_of(county, "area", XIPING, month)[0].hazards
    assert found.counts == {
        ("high", "open"): 1, ("high", "rectifying"): 1, ("low", "open"): 1, ("high", None): 1
    }  # fmt: skip
    assert (found.of("high"), found.total, found.late["high"]) == (3, 4, 1)
    assert [(row.risk, row.state, row.late) for row in found.rows] == [
        ("high", "rectifying", True),
        ("high", "open", False),
        ("high", None, False),
        ("low", "open", False),
    ]
    assert not any("张三" in str(row) for row in found.rows)
    assert page_of(county, "area", COUNTY, month)[0].hazards.total == 5
    assert page_of(county, "area", "530303001002", month)[0].hazards.rows == ()


def test_a_key_case_says_by_when_its_first_unanswered_order_wants_a_reply(county, now):
    def order(connection, case_id, number, **facts):
        row = {
            "sheet_type": "supervision",
            "status": "issued",
            "issued_at": now - timedelta(days=2),
        }
        values = {**row, "case_id": case_id, "number": number, **facts}
        connection.execute(insert(supervision_order).values(**values))

    day = timedelta(days=1)
    with writing(county) as connection:
        one = builders.a_case(connection, due_at=now + 9 * day, **KEY)
        order(connection, one, 1, reply_due=now - day, replied_at=now - day)
        order(connection, one, 2, reply_due=now + 3 * day)
        order(connection, one, 3, reply_due=now + 2 * day, replied_at=now + day)
        order(connection, one, 4, reply_due=now + day, issued_at=now + timedelta(hours=1))
        order(connection, one, 5)
        builders.a_case(connection, due_at=now + 10 * day, **KEY)
    month = PeriodChoice.containing(PeriodKind.MONTH, now.date())
    page, _, _ = page_of(county, "area", COUNTY, month)
    assert [one.reply_due for one in page.key_cases] == [now + 2 * day, None]
