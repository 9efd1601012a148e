"""400 days of the county, one after the other, against an oracle that only counts (R08).

Shanghai's clocks have stood at UTC+8 since 1991, so there a day begins every 86,400 seconds. The
walk goes over two ends of a year and a 29 February.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest

from dashboard.calendar import day_start, local_day, month_start, next_month_start, start_of
from dashboard.figures.choice import PeriodChoice, PeriodKind
from dashboard.figures.period import days_until

SHANGHAI = ZoneInfo("Asia/Shanghai")
DAY_S = 86_400
FIRST_S = 1_672_502_400
"""2023 begins there, on a Sunday."""
WALK = range(348, 748)
"""From 15 December 2023 to 17 January 2025."""


class Day(NamedTuple):
    """One day of the oracle: its number, and what it is called."""

    number: int
    year: int
    month: int
    day: int

    @property
    def begins(self) -> int:
        return FIRST_S + self.number * DAY_S

    def part(self, kind: PeriodKind) -> object:
        """What it has in common with the days of its period."""
        return {
            PeriodKind.DAY: self.number,
            PeriodKind.WEEK: (self.number + 6) // 7,
            PeriodKind.HALF_MONTH: (self.year, self.month, self.day > 15),
            PeriodKind.MONTH: (self.year, self.month),
            PeriodKind.QUARTER: (self.year, (self.month - 1) // 3),
            PeriodKind.YEAR: self.year,
        }[kind]


KINDS = tuple(kind for kind in PeriodKind if kind is not PeriodKind.CUSTOM)


def counted() -> Iterator[Day]:
    """Every day of three years."""
    number = 0
    for year in (2023, 2024, 2025):
        lengths = (31, 29 if year == 2024 else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
        for month, length in enumerate(lengths, start=1):
            for day in range(1, length + 1):
                yield Day(number, year, month, day)
                number += 1


@pytest.mark.parametrize("machine", ["UTC", "Asia/Shanghai", "America/New_York"])
def test_each_of_400_days_lies_where_counting_puts_it(machine_in, machine):
    machine_in(machine)
    days = list(counted())
    spans: dict[object, tuple[int, int]] = {}
    for day in days:
        for kind in KINDS:
            first, _ = spans.get((kind, day.part(kind)), (day.begins, 0))
            spans[kind, day.part(kind)] = first, day.begins + DAY_S

    for day in days[WALK.start : WALK.stop]:
        for passed in (0, 1, DAY_S // 3, DAY_S - 1):
            at = datetime.fromtimestamp(day.begins + passed, UTC)
            found = local_day(at, SHANGHAI)
            assert (found.year, found.month, found.day) == day[1:]
            assert day_start(at, SHANGHAI) == start_of(found, SHANGHAI)
            assert start_of(found, SHANGHAI).timestamp() == day.begins
            month = month_start(at, SHANGHAI), next_month_start(at, SHANGHAI)
            assert tuple(each.timestamp() for each in month) == spans[PeriodKind.MONTH, day[1:3]]
            fortnight = [each.timestamp() for each in days_until(at, 14, SHANGHAI)]
            assert fortnight == [day.begins - back * DAY_S for back in range(13, -1, -1)]
            for kind in KINDS:
                span = PeriodChoice.containing(kind, found).span(SHANGHAI)
                told = span.start.timestamp(), span.end.timestamp()
                assert told == spans[kind, day.part(kind)], (kind, found)
