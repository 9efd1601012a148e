"""The periods a leader may choose, and what each is compared with (metrics 4.5)."""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from dashboard.calendar import at_local
from dashboard.figures.period import SECOND, Period

DAY = timedelta(days=1)


class PeriodKind(StrEnum):
    """Spans of local days; weeks begin on Monday, half months on the 1st and the 16th."""

    DAY = "day"
    WEEK = "week"
    HALF_MONTH = "half_month"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    CUSTOM = "custom"


MONTHS = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.YEAR: 12}


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodChoice:
    """Local days `first` to `last`, both included; those of one kind tile time.

    Its days begin at `starts` after midnight: a statistics day of 08:00 to 08:00 is named by the
    day it begins on. Make one with `containing`, or by hand for CUSTOM.
    """

    kind: PeriodKind
    first: date
    last: date
    starts: timedelta = timedelta()

    @classmethod
    def containing(cls, kind: PeriodKind, day: date) -> "PeriodChoice":
        """Choose the period of a kind that holds a day; a custom one is that day alone."""
        if kind is PeriodKind.WEEK:
            first = day - day.weekday() * DAY
            return cls(kind=kind, first=first, last=first + 6 * DAY)
        if kind is PeriodKind.HALF_MONTH:
            month_end = day.replace(day=monthrange(day.year, day.month)[1])
            if day.day <= 15:
                return cls(kind=kind, first=day.replace(day=1), last=day.replace(day=15))
            return cls(kind=kind, first=day.replace(day=16), last=month_end)
        if kind in MONTHS:
            length = MONTHS[kind]
            first = date(day.year, (day.month - 1) // length * length + 1, 1)
            return cls(kind=kind, first=first, last=_months_on(first, length) - DAY)
        return cls(kind=kind, first=day, last=day)

    @property
    def days(self) -> int:
        """How many local days it has."""
        return (self.last - self.first).days + 1

    def previous(self) -> "PeriodChoice":
        """The period directly before: of the same kind, or of as many days (环比)."""
        if self.kind is PeriodKind.CUSTOM:
            back = self.days * DAY
            return replace(self, first=self.first - back, last=self.last - back)
        return self._of_kind(self.first - DAY)

    def following(self) -> "PeriodChoice":
        """The period directly after."""
        if self.kind is PeriodKind.CUSTOM:
            on = self.days * DAY
            return replace(self, first=self.first + on, last=self.last + on)
        return self._of_kind(self.last + DAY)

    def year_before(self) -> "PeriodChoice":
        """The same calendar dates of the year before; 29 February is its 28th (同比).

        Whole months stay whole: February of a leap year compares with the whole February before.
        """
        if self.kind in MONTHS or self.kind is PeriodKind.HALF_MONTH:
            return self._of_kind(_year_back(self.first))
        first, last = _year_back(self.first), _year_back(self.last)
        return replace(self, kind=PeriodKind.CUSTOM, first=first, last=last)

    def span(self, zone: ZoneInfo) -> Period:
        """The whole period in instants."""
        return Period(self._begin(self.first, zone), self._begin(self.last + DAY, zone))

    def until(self, as_of: datetime, zone: ZoneInfo) -> Period:
        """The period as far as `as_of` has come; an empty one if it has not begun."""
        whole = self.span(zone)
        return Period(whole.start, max(whole.start, min(whole.end, as_of + SECOND)))

    def is_running(self, as_of: datetime, zone: ZoneInfo) -> bool:
        """Tell whether `as_of` lies in it."""
        return self.first <= self._day(as_of, zone) <= self.last

    def as_far(self, other: "PeriodChoice", as_of: datetime, zone: ZoneInfo) -> Period:
        """The part of `other` that reaches as far as this one has come at `as_of`.

        A running period of days compares the same number of days to the same time of the day;
        months, quarters, years and the same dates of the year before are cut at the same day
        number, clamped to the month's length.
        One that is over compares with the whole other.
        """
        whole = other.span(zone)
        if not self.is_running(as_of, zone):
            return whole
        today = self._day(as_of, zone)
        if self.kind in MONTHS:
            months = (today.year - self.first.year) * 12 + today.month - self.first.month
            day = _months_on(other.first, months, today.day)
        elif other == self.year_before():
            day = _year_back(today)  # counted days would slip by one behind 29 February
        else:
            day = other.first + (today - self.first)
        passed = as_of - self._begin(today, zone) + SECOND
        cut = min(self._begin(day, zone) + passed, self._begin(day + DAY, zone))
        return Period(whole.start, min(whole.end, cut))

    def _of_kind(self, day: date) -> "PeriodChoice":
        return replace(PeriodChoice.containing(self.kind, day), starts=self.starts)

    def _begin(self, day: date, zone: ZoneInfo) -> datetime:
        return at_local(day, (datetime.min + self.starts).time(), zone)  # noqa: DTZ901 -- a clock's face

    def _day(self, at: datetime, zone: ZoneInfo) -> date:
        return (at.astimezone(zone) - self.starts).date()


def _months_on(first: date, months: int, day: int = 1) -> date:
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return date(year, month + 1, min(day, monthrange(year, month + 1)[1]))


def _year_back(day: date) -> date:
    return _months_on(day.replace(day=1), -12, day.day)
