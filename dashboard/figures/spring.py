"""Comparing with the year before where 春节 moves the cases: days at the same distance from it."""

from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from dashboard.calendar import start_of
from dashboard.figures.choice import PeriodChoice, PeriodKind
from dashboard.figures.period import Period

FESTIVALS = (
    date(2020, 1, 25), date(2021, 2, 12), date(2022, 2, 1), date(2023, 1, 22), date(2024, 2, 10),
    date(2025, 1, 29), date(2026, 2, 17), date(2027, 2, 6), date(2028, 1, 26), date(2029, 2, 13),
    date(2030, 2, 3),
)  # fmt: skip
"""First day of the first lunar month, by GB/T 33661-2017; checked against the package holidays."""


def is_moved(now: Period, before: Period, zone: ZoneInfo) -> bool:
    """Tell whether the festival falls into one of two spans and not into the other.

    Only then do they differ by it, and an aligned comparison says more: a whole year holds it once
    wherever it lies.
    """
    days = [start_of(day, zone) for day in FESTIVALS]
    held = (sum(span.start <= day < span.end for day in days) for span in (now, before))
    return len(set(held)) > 1


def aligned_year_before(period: PeriodChoice) -> PeriodChoice | None:
    """Return as many days as far from the festival before; None beyond the table."""
    middle = period.first + (period.last - period.first) / 2
    nearest = min(FESTIVALS, key=lambda day: abs(day - middle))
    place = FESTIVALS.index(nearest)
    within = FESTIVALS[0].year <= middle.year <= FESTIVALS[-1].year
    if place == 0 or not within:
        return None
    back = nearest - FESTIVALS[place - 1]
    first, last = period.first - back, period.last - back
    return replace(period, kind=PeriodKind.CUSTOM, first=first, last=last)


def as_days(period: PeriodChoice) -> PeriodChoice:
    """Return the same days as a free choice, to be cut after so many days, not at a day number."""
    return replace(period, kind=PeriodKind.CUSTOM)
