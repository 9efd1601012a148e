"""What a page compares with, and where that would say nothing."""

from datetime import UTC, date, datetime

import pytest

from dashboard.database.engine import reading, writing
from dashboard.drilldown.against import Against
from dashboard.drilldown.read_against import read_comparison
from dashboard.figures.choice import PeriodChoice, PeriodKind
from dashboard.figures.comparison import ChangeKind
from dashboard.figures.period import Period
from dashboard.figures.view import view_at
from tests.dashboard.drilldown.county_worlds import CENTRE, COUNTY, page_of
from tests.worlds import a_case

PREVIOUS, YEAR, SPRING = Against
ZONE = CENTRE.zone


def local(text):
    return datetime.fromisoformat(text).replace(tzinfo=ZONE).astimezone(UTC)


@pytest.fixture
def compare(county):
    """Compare a period as of a local instant, in a county whose first case is of 2024."""
    with writing(county) as connection:
        a_case(connection, accepted_at=local("2024-01-01T08:00"))

    def read(wanted, kind, as_of, day=None):
        at = local(as_of)
        day = date.fromisoformat(day) if day else at.astimezone(ZONE).date()
        period = PeriodChoice.containing(PeriodKind(kind), day)
        with reading(county) as connection:
            return read_comparison(view_at(connection, at), ZONE, period, wanted)

    return read


@pytest.mark.parametrize(
    "wanted, kind, as_of, start, end",
    [
        (PREVIOUS, "month", "2026-03-31T09:20", "2026-02-01T00:00", "2026-02-28T09:20:01"),
        (YEAR, "month", "2026-02-18T09:20", "2025-02-01T00:00", "2025-02-18T09:20:01"),
        (SPRING, "month", "2026-02-18T09:20", "2025-01-13T00:00", "2025-01-30T09:20:01"),
        (SPRING, "day", "2026-02-17T09:20", "2025-01-29T00:00", "2025-01-29T09:20:01"),
        (YEAR, "quarter", "2026-02-18T09:20", "2025-01-01T00:00", "2025-02-18T09:20:01"),
        (YEAR, "year", "2026-02-18T09:20", "2025-01-01T00:00", "2025-02-18T09:20:01"),
    ],
)
def test_the_span_compared_with_is_cut_where_the_period_is(
    compare, wanted, kind, as_of, start, end
):
    found = compare(wanted, kind, as_of)
    assert (found.against, found.before) == (wanted, Period(local(start), local(end)))


@pytest.mark.parametrize(
    "kind, as_of, offered",
    [
        pytest.param("month", "2026-03-18T14:20", (PREVIOUS, YEAR), id="far from the festival"),
        pytest.param("month", "2026-02-18T14:20", (PREVIOUS, YEAR, SPRING), id="with it"),
        pytest.param("year", "2026-02-10T14:20", (PREVIOUS, YEAR, SPRING), id="not yet this year"),
        pytest.param("year", "2026-03-18T14:20", (PREVIOUS, YEAR), id="in both years"),
        pytest.param("month", "2025-01-18T14:20", (PREVIOUS, YEAR), id="the database's first"),
        pytest.param("month", "2024-12-18T14:20", (PREVIOUS,), id="beyond the database"),
    ],
)
def test_only_what_says_something_is_offered_and_else_the_next_simpler_is_taken(
    compare, kind, as_of, offered
):
    found = compare(SPRING, kind, as_of)
    assert (found.offered, found.against) == (offered, offered[-1])


def test_without_cases_there_is_no_year_before(county, now):
    period = PeriodChoice.containing(PeriodKind.DAY, now.date())
    with reading(county) as connection:
        found = read_comparison(view_at(connection, now), ZONE, period, YEAR)
    assert found.offered == (PREVIOUS,)


def test_a_page_compares_counts_in_per_cent_small_ones_in_cases_and_rates_in_points(county):
    with writing(county) as connection:
        a_case(connection, accepted_at=local("2025-02-10T10:00"))
        for day, accepted, closed in (("2025-03-10T10:00", 10, 5), ("2026-03-10T10:00", 15, 6)):
            at = local(day)
            done = {"stage": "closed", "closed_at": at, "close_outcome": "resolved"}
            for number in range(accepted):
                facts = done if number < closed else {}
                a_case(connection, accepted_at=at, due_at=at, **facts)
    period = PeriodChoice.containing(PeriodKind.MONTH, date(2026, 3, 18))
    page, _, _ = page_of(county, "area", COUNTY, period, YEAR)
    changes = {name: (one.kind, one.value) for name, one in page.changes.items()}
    assert changes["accepted"] == (ChangeKind.PERCENT, 0.5)
    assert changes["closed"] == (ChangeKind.COUNT, 1)
    assert changes["on_time_rate"] == (ChangeKind.POINTS, pytest.approx(0.4 - 0.5))
    assert changes["satisfaction_rate"] == (ChangeKind.UNKNOWN, None)
    assert page.categories == (("0101", 15, 10),)
    assert page.situations == (("public_concern", 15, 10),)
