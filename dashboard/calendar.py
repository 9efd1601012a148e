"""Local days, months and working days; nothing else in the program knows a local day."""

import tomllib
from bisect import bisect_left
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property, lru_cache
from importlib import resources
from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

WINDOWS = ((time(8, 30), time(12, 0)), (time(14, 30), time(17, 30)))
"""Working hours of a working day, local time (metrics 4.3)."""

WORKING_DAY_S = 23_400
"""Seconds of WINDOWS: 6.5 hours."""

DAY = timedelta(days=1)


class CalendarError(Exception):
    """A holiday file cannot be used; the message names it and the fault."""


class _Year(BaseModel):
    """One announced year: weekdays that are free and weekend days that are worked."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    days_off: tuple[date, ...] = ()
    workdays: tuple[date, ...] = ()


_YEARS = TypeAdapter(dict[int, _Year])


@dataclass(frozen=True, kw_only=True)
class WorkCalendar:
    """Which days are worked; a year that is not in `years` has only its weekends off."""

    zone: ZoneInfo
    days_off: frozenset[date]
    workdays: frozenset[date]
    years: frozenset[int]

    @classmethod
    def load(cls, zone: ZoneInfo, override: Path | None = None) -> "WorkCalendar":
        """Read the shipped years, then those of the centre's own file, which replace them.

        Raises:
            CalendarError: the file is missing or breaks the format of `calendar_data.toml`.
        """
        shipped = resources.files("dashboard").joinpath("calendar_data.toml").read_text("utf-8")
        years = _parse(shipped, "calendar_data.toml")
        if override is not None:
            try:
                years |= _parse(override.read_text("utf-8"), str(override))
            except (OSError, UnicodeDecodeError) as error:
                raise CalendarError(f"cannot read holiday file {override}: {error}") from None
        return cls(
            zone=zone,
            days_off=frozenset(day for year in years.values() for day in year.days_off),
            workdays=frozenset(day for year in years.values() for day in year.workdays),
            years=frozenset(years),
        )

    def knows(self, year: int) -> bool:
        """Tell whether the holidays of `year` are announced and loaded."""
        return year in self.years

    def is_working(self, day: date) -> bool:
        """Tell whether `day` is worked."""
        return day in self.workdays or (day.weekday() < 5 and day not in self.days_off)

    def add_working_days(self, day: date, n: int) -> date:
        """Return the n-th working day after `day`, which does not count itself."""
        while n > 0:
            day += DAY
            n -= self.is_working(day)
        return day

    def next_working(self, day: date) -> date:
        """Return `day` if it is worked, else the next day that is."""
        while not self.is_working(day):
            day += DAY
        return day

    def working_seconds(self, start: datetime, end: datetime) -> int:
        """Return the seconds of WINDOWS on working days within [start, end); 0 when reversed."""
        return max(self._worked_until(end) - self._worked_until(start), 0)

    def after_working_seconds(self, start: datetime, seconds: int) -> datetime:
        """Return the first instant by which `seconds` of working time have passed since `start`."""
        if seconds <= 0:
            return start
        day = local_day(start, self.zone)
        while True:
            for opens, closes in self._windows(day):
                opens = max(opens, start)
                passed = int((closes - opens).total_seconds())
                if passed >= seconds:
                    return opens + timedelta(seconds=seconds)
                seconds -= max(passed, 0)
            day += DAY

    def _worked_until(self, instant: datetime) -> int:
        """Return the working seconds before `instant` since the first day there is."""
        day = local_day(instant, self.zone)
        worked = self._working_days_before(day) * WORKING_DAY_S
        for opens, closes in self._windows(day):
            if instant > opens:
                worked += int((min(closes, instant) - opens).total_seconds())
        return worked

    def _working_days_before(self, day: date) -> int:
        added, taken = self._exceptions
        weeks, rest = divmod(day.toordinal() - 1, 7)  # day 1 was a Monday
        return weeks * 5 + min(rest, 5) + bisect_left(added, day) - bisect_left(taken, day)

    @cached_property
    def _exceptions(self) -> tuple[list[date], list[date]]:
        """The weekend days that are worked and the weekdays that are not, in order."""
        added = sorted(day for day in self.workdays if day.weekday() >= 5)
        taken = sorted(day for day in self.days_off - self.workdays if day.weekday() < 5)
        return added, taken

    def _windows(self, day: date) -> tuple[tuple[datetime, datetime], ...]:
        if not self.is_working(day):
            return ()
        return _local_windows(day, self.zone)


@lru_cache(maxsize=2_000)
def _local_windows(day: date, zone: ZoneInfo) -> tuple[tuple[datetime, datetime], ...]:
    return tuple(
        (at_local(day, opens, zone), at_local(day, closes, zone)) for opens, closes in WINDOWS
    )


def at_local(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """Return the UTC instant at which the clocks of `zone` show `clock` on `day`."""
    return datetime.combine(day, clock, zone).astimezone(UTC)


def start_of(day: date, zone: ZoneInfo) -> datetime:
    """Return the UTC instant at which `day` begins; it ends where the next begins."""
    return at_local(day, time.min, zone)


def local_day(instant: datetime, zone: ZoneInfo) -> date:
    """Return the calendar day in `zone`."""
    return instant.astimezone(zone).date()


def day_start(instant: datetime, zone: ZoneInfo) -> datetime:
    """Return the UTC instant of the local midnight before or at `instant`."""
    return start_of(local_day(instant, zone), zone)


def month_start(instant: datetime, zone: ZoneInfo) -> datetime:
    """Return the UTC instant at which the local month of `instant` began."""
    return start_of(local_day(instant, zone).replace(day=1), zone)


def next_month_start(instant: datetime, zone: ZoneInfo) -> datetime:
    """Return the UTC instant at which the local month of `instant` ends, exclusive."""
    first = local_day(instant, zone).replace(day=1)
    return start_of((first + timedelta(days=31)).replace(day=1), zone)


def hour_start(instant: datetime) -> datetime:
    """Return the full UTC hour before or at `instant`."""
    return instant.astimezone(UTC).replace(minute=0, second=0, microsecond=0)


def _parse(text: str, name: str) -> dict[int, _Year]:
    try:
        return _YEARS.validate_python(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise CalendarError(f"holiday file {name}: {error}") from None
