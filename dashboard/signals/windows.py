"""The seven days a hotspot is looked for in, and the ordinary weeks they are compared with."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dashboard.calendar import WorkCalendar, local_day, start_of
from dashboard.figures.period import Period

DAYS = 7
BASELINE = 8
"""Weeks a count is compared with (metrics 4.7)."""

ENOUGH = 4
"""With fewer there is no statistic."""

HOLIDAY_FROM = 3
"""Weekdays off that make a week a holiday week."""

FARTHEST = 26
"""Weeks back after which no more are looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Windows:
    """Seven days that end yesterday, and earlier ones for comparison, newest first.

    `skipped` counts the holiday weeks an earlier one stands in for; `holiday` says that the days
    looked at are such a week themselves.
    """

    current: Period
    baseline: tuple[Period, ...]
    skipped: int
    holiday: bool

    @property
    def enough(self) -> bool:
        """Whether there are weeks enough to compare with."""
        return len(self.baseline) >= ENOUGH


def windows_until(as_of: datetime, calendar: WorkCalendar, since: date | None) -> Windows:
    """Return the windows of a day; none reaches before `since`, the first day with cases."""
    today = local_day(as_of, calendar.zone)
    baseline: list[Period] = []
    skipped = 0
    for back in range(1, FARTHEST + 1):
        first = today - timedelta(days=DAYS * (back + 1))
        if since is None or first < since or len(baseline) == BASELINE:
            break
        if is_holiday_week(first, calendar):
            skipped += 1
        else:
            baseline.append(_window(first, calendar))
    current = today - timedelta(days=DAYS)
    return Windows(
        current=_window(current, calendar),
        baseline=tuple(baseline),
        skipped=skipped,
        holiday=is_holiday_week(current, calendar),
    )


def is_holiday_week(first: date, calendar: WorkCalendar) -> bool:
    """Tell whether at least three weekdays of the seven days from `first` are not worked."""
    days = (first + timedelta(days=ahead) for ahead in range(DAYS))
    off = sum(day.weekday() < 5 and not calendar.is_working(day) for day in days)
    return off >= HOLIDAY_FROM


def _window(first: date, calendar: WorkCalendar) -> Period:
    end = first + timedelta(days=DAYS)
    return Period(start_of(first, calendar.zone), start_of(end, calendar.zone))
