"""Periods tile time, and what they are compared with reaches as far as they do."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.calendar import start_of
from dashboard.figures.choice import PeriodChoice, PeriodKind
from dashboard.figures.period import SECOND

ZONE = ZoneInfo("Asia/Shanghai")
DAY = timedelta(days=1)
days = st.dates(date(2015, 1, 1), date(2035, 12, 31))
kinds = st.sampled_from([kind for kind in PeriodKind if kind is not PeriodKind.CUSTOM])
containing = PeriodChoice.containing


def local(text):
    return datetime.fromisoformat(text).replace(tzinfo=ZONE).astimezone(UTC)


@given(kinds, days)
def test_periods_of_a_kind_tile_time(kind, day):
    period = containing(kind, day)
    assert period.first <= day <= period.last
    assert all(containing(kind, each) == period for each in (period.first, period.last))
    assert period.following().first == period.last + DAY
    assert period.following().previous() == period
    assert period.previous().span(ZONE).end == period.span(ZONE).start


starts = st.integers(0, 1439).map(lambda minutes: timedelta(minutes=minutes))


@given(kinds, days, starts, st.integers(0, 86_399))
def test_days_that_begin_later_tile_time_and_compare_as_far(kind, day, later, second):
    period = replace(containing(kind, day), starts=later)
    for other in (period.previous(), period.following(), period.year_before()):
        assert other.starts == later
    assert period.previous().span(ZONE).end == period.span(ZONE).start
    assert period.span(ZONE).start == containing(kind, day).span(ZONE).start + later
    as_of = start_of(day, ZONE) + later + timedelta(seconds=second)
    assert period.is_running(as_of, ZONE)
    cut = period.as_far(period.previous(), as_of, ZONE)
    assert cut.start < cut.end <= period.previous().span(ZONE).end


@given(days, days)
def test_a_custom_period_moves_by_its_own_length(one, other):
    first, last = sorted((one, other))
    period = PeriodChoice(kind=PeriodKind.CUSTOM, first=first, last=last)
    assert period.previous().days == period.days
    assert period.previous().last == first - DAY
    assert period.following().previous() == period


@given(kinds, days, st.integers(0, 86_399))
def test_what_a_period_is_compared_with_reaches_as_far_and_never_beyond(kind, day, second):
    as_of = start_of(day, ZONE) + timedelta(seconds=second)
    period = containing(kind, day)
    own = period.until(as_of, ZONE)
    for other in (period.previous(), period.year_before()):
        cut = period.as_far(other, as_of, ZONE)
        whole = other.span(ZONE)
        assert whole.start == cut.start < cut.end <= whole.end
        if kind is PeriodKind.DAY:
            assert cut.end - cut.start == own.end - own.start


@pytest.mark.parametrize(
    "kind, as_of, before",
    [
        ("day", "2026-03-18T09:20:00", "2026-03-17T09:20:01"),
        ("week", "2026-03-18T09:20:00", "2026-03-11T09:20:01"),
        ("month", "2026-03-31T09:20:00", "2026-02-28T09:20:01"),
        ("month", "2026-03-15T23:59:59", "2026-02-16T00:00:00"),
        ("quarter", "2026-05-31T12:00:00", "2026-02-28T12:00:01"),
        ("year", "2024-02-29T12:00:00", "2023-02-28T12:00:01"),
        ("half_month", "2026-03-31T09:00:00", "2026-03-16T00:00:00"),
    ],
)
def test_a_running_period_is_cut_at_the_same_place(kind, as_of, before):
    at = local(as_of)
    period = containing(PeriodKind(kind), at.astimezone(ZONE).date())
    assert period.as_far(period.previous(), at, ZONE).end == local(before)


def test_a_period_that_is_over_compares_with_the_whole_other():
    february = containing(PeriodKind.MONTH, date(2026, 2, 10))
    as_of = local("2026-03-18T14:20:00")
    january = february.previous()
    assert february.as_far(january, as_of, ZONE) == january.span(ZONE)
    assert february.until(as_of, ZONE) == february.span(ZONE)


@pytest.mark.parametrize(
    "day, before",
    [
        (date(2024, 2, 29), date(2023, 2, 28)),
        (date(2025, 2, 28), date(2024, 2, 28)),
        (date(2026, 3, 18), date(2025, 3, 18)),
    ],
)
def test_a_year_before_is_the_same_date(day, before):
    assert containing(PeriodKind.DAY, day).year_before().first == before


def test_whole_months_stay_whole_a_year_before():
    february = containing(PeriodKind.MONTH, date(2025, 2, 1))
    assert february.year_before().last == date(2024, 2, 29)


def test_the_year_to_date_ends_at_the_same_date_a_year_before_behind_29_february():
    to_date = PeriodChoice(kind=PeriodKind.CUSTOM, first=date(2024, 1, 1), last=date(2024, 12, 31))
    before = to_date.as_far(to_date.year_before(), local("2024-03-18T09:20:00"), ZONE)
    assert before.end == local("2023-03-18T09:20:01")


def test_a_period_that_has_not_begun_is_empty():
    april = containing(PeriodKind.MONTH, date(2026, 4, 1))
    so_far = april.until(local("2026-03-18T14:20:00"), ZONE)
    assert so_far.start == so_far.end


def test_a_running_period_ends_with_the_second_asked_for():
    as_of = local("2026-03-18T14:20:00")
    assert containing(PeriodKind.DAY, date(2026, 3, 18)).until(as_of, ZONE).end == as_of + SECOND
