"""Days around 春节 compare with the days around the one before."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.figures.choice import PeriodChoice, PeriodKind
from dashboard.figures.spring import FESTIVALS, aligned_year_before, as_days, is_moved

ZONE = ZoneInfo("Asia/Shanghai")
containing = PeriodChoice.containing


def test_the_table_agrees_with_the_lunar_calendar_of_holidays():
    found = holidays.China(years=range(2020, 2031), language="en_US")
    firsts = {}
    for day, name in sorted(found.items()):
        if "Spring Festival" in name and "observed" not in name.lower() and "off" not in name:
            firsts.setdefault(day.year, []).append(day)
    assert all(day in firsts[day.year] for day in FESTIVALS)


@given(st.dates(date(2021, 6, 1), date(2029, 12, 31)), st.sampled_from(["day", "week", "month"]))
def test_what_is_aligned_is_as_long_and_lies_as_far_from_the_festival(day, kind):
    period = containing(PeriodKind(kind), day)
    before = aligned_year_before(period)
    assert before.days == period.days == as_days(period).days
    middle = period.first + (period.last - period.first) / 2
    nearest = min(FESTIVALS, key=lambda one: abs(one - middle))
    previous = FESTIVALS[FESTIVALS.index(nearest) - 1]
    assert period.first - nearest == before.first - previous


def test_the_week_of_the_festival_compares_with_the_week_of_the_festival_before():
    week = containing(PeriodKind.WEEK, date(2026, 2, 17))
    assert aligned_year_before(week).first == date(2025, 1, 28)


@pytest.mark.parametrize(
    "kind, day, moved",
    [
        pytest.param("week", (2026, 2, 17), True, id="the week of the festival"),
        pytest.param("month", (2026, 1, 20), True, id="a month that held it the year before"),
        pytest.param("month", (2026, 3, 1), False, id="a month that never holds it"),
        pytest.param("month", (2027, 2, 1), False, id="a month that held it in both years"),
        pytest.param("year", (2026, 3, 1), False, id="a whole year"),
    ],
)
def test_two_spans_differ_by_the_festival_where_one_alone_holds_it(kind, day, moved):
    period = containing(PeriodKind(kind), date(*day))
    assert is_moved(period.span(ZONE), period.year_before().span(ZONE), ZONE) is moved


@pytest.mark.parametrize("year", [2019, 2020, 2031])
def test_beyond_the_table_nothing_is_said(year):
    assert aligned_year_before(containing(PeriodKind.DAY, date(year, 1, 25))) is None


def test_a_running_month_is_cut_after_as_many_days(now):
    zone = now.astimezone().tzinfo  # any zone: only the lengths are compared
    month = as_days(containing(PeriodKind.MONTH, now.date()))
    before = aligned_year_before(month)
    passed = month.as_far(before, now, zone)
    assert passed.end - passed.start <= timedelta(days=month.days)
