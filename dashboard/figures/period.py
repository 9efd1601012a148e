"""Spans of time a figure is counted over, and the local days they fall into."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from dashboard.calendar import hour_start, local_day, start_of

SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Period:
    """Instants from `start` on and before `end`."""

    start: datetime
    end: datetime


def days_until(as_of: datetime, days: int, zone: ZoneInfo) -> tuple[datetime, ...]:
    """Midnights of the last `days` local days, oldest first, today's last."""
    today = local_day(as_of, zone)
    return tuple(start_of(today - timedelta(days=back), zone) for back in range(days - 1, -1, -1))


def same_time(as_of: datetime, midnights: tuple[datetime, ...]) -> tuple[datetime, ...]:
    """For each day but the last: the end of its part that reaches as far as `as_of` does today.

    Spans are half-open, so the end lies one second after the same clock time. A day too short for
    it (clocks go forward) ends at its midnight.
    """
    passed = as_of - midnights[-1] + SECOND
    return tuple(min(start + passed, end) for start, end in pairwise(midnights))


def hours_until(as_of: datetime, hours: int) -> tuple[datetime, ...]:
    """Starts of the last `hours` clock hours, oldest first, the running one last."""
    last = hour_start(as_of)
    return tuple(last - timedelta(hours=back) for back in range(hours - 1, -1, -1))
