from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from dashboard.calendar import WorkCalendar, local_day
from dashboard.signals.windows import windows_until

ZONE = ZoneInfo("Asia/Shanghai")
CALENDAR = WorkCalendar.load(ZONE)
LONG_AGO = date(2020, 1, 1)


def days(windows):
    return [local_day(window.start, ZONE) for window in windows.baseline]


def test_the_window_is_the_seven_days_that_end_yesterday():
    windows = windows_until(datetime(2026, 3, 18, 6, 20, tzinfo=UTC), CALENDAR, LONG_AGO)
    assert windows.current.start == datetime(2026, 3, 10, 16, tzinfo=UTC)
    assert windows.current.end == datetime(2026, 3, 17, 16, tzinfo=UTC)


def test_a_holiday_week_gives_way_to_an_earlier_one():
    windows = windows_until(datetime(2026, 3, 18, 6, 20, tzinfo=UTC), CALENDAR, LONG_AGO)
    assert windows.skipped == 1  # the Spring Festival, 15 to 23 February 2026
    assert date(2026, 2, 18) not in days(windows)
    assert len(windows.baseline) == 8
    assert days(windows)[0] == date(2026, 3, 4)
    assert days(windows)[-1] == date(2026, 1, 7)


def test_windows_do_not_reach_before_the_first_case():
    at = datetime(2026, 12, 2, 6, 20, tzinfo=UTC)
    windows = windows_until(at, CALENDAR, date(2026, 11, 4))
    assert days(windows) == [date(2026, 11, 18), date(2026, 11, 11), date(2026, 11, 4)]
    assert not windows.enough
    assert windows_until(at, CALENDAR, date(2026, 10, 28)).enough
    assert windows_until(at, CALENDAR, None).baseline == ()


def test_the_days_looked_at_say_when_they_are_a_holiday_week():
    assert windows_until(datetime(2026, 10, 8, 6, 20, tzinfo=UTC), CALENDAR, LONG_AGO).holiday
    assert not windows_until(datetime(2026, 11, 8, 6, 20, tzinfo=UTC), CALENDAR, LONG_AGO).holiday
