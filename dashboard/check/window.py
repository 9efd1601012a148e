"""Which days and moments are checked."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from dashboard.calendar import local_day, start_of
from dashboard.figures.period import SECOND, Period, days_until


@dataclass(frozen=True, kw_only=True)
class Window:
    """The last days up to `as_of`, the running month, and the end of each of the days.

    A span is the number of a day, or `month`. What is in hand is checked at the last second of
    each day and at `as_of`.
    """

    as_of: datetime
    days: tuple[date, ...]
    starts: tuple[datetime, ...]
    end: datetime
    running: Period

    @classmethod
    def until(cls, as_of: datetime, days: int, zone: ZoneInfo) -> "Window":
        """Reach back `days` days, today among them."""
        instant = as_of.replace(microsecond=0)
        starts, today = days_until(instant, days, zone), local_day(instant, zone)
        first = today.replace(day=1)
        after = (first + timedelta(days=32)).replace(day=1)
        return cls(
            as_of=instant,
            days=tuple(today - timedelta(days=back) for back in range(days - 1, -1, -1)),
            starts=starts,
            end=start_of(today + timedelta(days=1), zone),
            running=Period(start_of(first, zone), start_of(after, zone)),
        )

    @property
    def month(self) -> int:
        """The span that stands for the running month."""
        return len(self.days)

    @cached_property
    def moments(self) -> tuple[datetime, ...]:
        """The end of each day, and now."""
        return (*(start - SECOND for start in self.starts[1:]), self.as_of)

    @cached_property
    def oldest(self) -> datetime:
        """Where the first span begins."""
        return min(self.starts[0], self.running.start)

    def spans_of(self, instant: datetime | None) -> tuple[int, ...]:
        """Return the spans an instant falls into."""
        if instant is None or instant < self.oldest:
            return ()
        found = []
        if self.starts[0] <= instant < self.end:
            found.append(bisect_right(self.starts, instant) - 1)
        if self.running.start <= instant < self.running.end:
            found.append(self.month)
        return tuple(found)

    def name(self, span: int) -> str:
        """Return the day or the month as text."""
        return f"{self.days[-1]:%Y-%m}" if span == self.month else self.days[span].isoformat()
