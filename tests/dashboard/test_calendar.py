from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import chinese_calendar
import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.calendar import (
    WORKING_DAY_S,
    CalendarError,
    WorkCalendar,
    day_start,
    hour_start,
    local_day,
    month_start,
    next_month_start,
    start_of,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
BOSTON = ZoneInfo("America/New_York")
CALENDAR = WorkCalendar.load(SHANGHAI)
instants = st.integers(1_700_000_000, 1_805_000_000).map(
    lambda seconds: datetime.fromtimestamp(seconds, UTC)
)


def shanghai(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_the_shipped_table_agrees_with_chinesecalendar_and_holidays(year):
    china = holidays.country_holidays("CN", years=year)
    for n in range(366):
        day = date(year, 1, 1) + timedelta(days=n)
        if day.year != year:
            continue
        theirs = day in china.weekend_workdays or (day.weekday() < 5 and day not in china)
        assert CALENDAR.is_working(day) == chinese_calendar.is_workday(day) == theirs, day


def test_a_year_that_is_not_announced_has_only_its_weekends_off():
    assert not CALENDAR.knows(2027)
    assert CALENDAR.is_working(date(2027, 1, 1))
    assert not CALENDAR.is_working(date(2027, 1, 2))


def test_the_centres_own_file_replaces_a_year_and_leaves_the_others(tmp_path: Path):
    file = tmp_path / "days.toml"
    file.write_text("[2027]\ndays_off = [2027-01-01]\nworkdays = [2027-01-02]\n[2026]\n")
    calendar = WorkCalendar.load(SHANGHAI, file)
    assert calendar.knows(2027)
    assert not calendar.is_working(date(2027, 1, 1))
    assert calendar.is_working(date(2027, 1, 2))
    assert calendar.is_working(date(2026, 10, 1))
    assert not calendar.is_working(date(2025, 10, 1))


@pytest.mark.parametrize("text", ["[2027]\nfree = []", "[2027", "[year]\ndays_off = []"])
def test_a_wrong_holiday_file_is_named(tmp_path: Path, text):
    file = tmp_path / "days.toml"
    file.write_text(text)
    with pytest.raises(CalendarError, match=r"days\.toml"):
        WorkCalendar.load(SHANGHAI, file)


def test_a_missing_holiday_file_is_named(tmp_path: Path):
    with pytest.raises(CalendarError, match=r"none\.toml"):
        WorkCalendar.load(SHANGHAI, tmp_path / "none.toml")


def test_working_days_count_make_up_saturdays_and_not_holidays():
    assert CALENDAR.add_working_days(date(2026, 2, 13), 2) == date(2026, 2, 24)
    assert CALENDAR.next_working(date(2026, 10, 1)) == date(2026, 10, 8)
    assert CALENDAR.next_working(date(2026, 10, 10)) == date(2026, 10, 10)


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        pytest.param("2026-03-18 08:30", "2026-03-18 17:30", 6.5, id="a working day"),
        pytest.param("2026-03-18 11:00", "2026-03-18 15:00", 1.5, id="over noon"),
        pytest.param("2026-03-20 17:00", "2026-03-23 09:00", 1.0, id="over a weekend"),
        pytest.param("2026-02-13 17:00", "2026-02-14 09:00", 1.0, id="a make-up Saturday"),
        pytest.param("2026-02-16 00:00", "2026-02-24 00:00", 0.0, id="the spring festival"),
        pytest.param("2026-03-18 15:00", "2026-03-18 15:00", 0.0, id="no time"),
        pytest.param("2026-03-18 16:00", "2026-03-18 15:00", 0.0, id="reversed"),
    ],
)
def test_working_seconds_are_those_of_the_windows(start, end, hours):
    assert CALENDAR.working_seconds(shanghai(start), shanghai(end)) == hours * 3600


@given(instants, instants, instants)
def test_working_seconds_add_up(a, b, c):
    a, b, c = sorted((a, b, c))
    whole = CALENDAR.working_seconds(a, c)
    assert whole == CALENDAR.working_seconds(a, b) + CALENDAR.working_seconds(b, c)


some_days = st.frozensets(st.integers(0, 60).map(lambda n: date(2026, 1, 1) + timedelta(days=n)))


@given(some_days, some_days, st.integers(0, 60))
def test_whole_days_count_as_one_by_one(days_off, workdays, length):
    calendar = replace(CALENDAR, days_off=days_off, workdays=workdays)
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(length)]
    start = start_of(date(2026, 1, 1), SHANGHAI)
    worked = sum(calendar.is_working(day) for day in days)
    end = start + timedelta(days=length)
    assert calendar.working_seconds(start, end) == worked * WORKING_DAY_S


@given(instants, st.integers(1, 30 * WORKING_DAY_S))
def test_after_working_seconds_is_the_first_instant_with_so_much_work_done(start, seconds):
    end = CALENDAR.after_working_seconds(start, seconds)
    assert CALENDAR.working_seconds(start, end) == seconds
    assert CALENDAR.working_seconds(start, end - timedelta(seconds=1)) == seconds - 1


@given(instants, st.sampled_from([SHANGHAI, BOSTON, ZoneInfo("Asia/Beirut")]))
def test_days_and_months_are_half_open_and_leave_no_gap(instant, zone):
    start, day = day_start(instant, zone), local_day(instant, zone)
    assert start <= instant < start_of(day + timedelta(days=1), zone)
    assert local_day(start - timedelta(seconds=1), zone) == day - timedelta(days=1)
    month = month_start(instant, zone)
    assert month <= instant < next_month_start(instant, zone)
    assert next_month_start(month - timedelta(seconds=1), zone) == month


def test_days_of_a_zone_with_summer_time_have_23_and_25_hours():
    def length(day: date) -> timedelta:
        return start_of(day + timedelta(days=1), BOSTON) - start_of(day, BOSTON)

    assert length(date(2026, 3, 8)) == timedelta(hours=23)
    assert length(date(2026, 11, 1)) == timedelta(hours=25)
    assert length(date(2026, 12, 1)) == timedelta(hours=24)


def test_the_hour_begins_at_the_full_hour():
    assert hour_start(shanghai("2026-03-18 14:20:36")) == shanghai("2026-03-18 14:00")
