from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.league.interval import Share
from dashboard.league.ranks import rank_ranges
from tests.dashboard.league.tables import DEPARTMENTS, equal_units


def test_a_range_is_wide_for_few_cases_and_narrow_for_many():
    shares = [Share(950, 1000), Share(10, 10), Share(400, 1000)]
    ranges = rank_ranges(shares, group_rate=0.9, weight=10, random=Random(1))
    assert ranges == ((1, 2), (1, 2), (3, 3))


def test_the_ranges_of_the_design_are_found_again():
    shares = [Share(*pair) for pair in DEPARTMENTS]
    ranges = rank_ranges(shares, group_rate=0.963, weight=60, random=Random(1))
    drawn = {0: (1, 10), 2: (4, 14), 8: (6, 14), 13: (10, 14)}
    for at, (first, last) in drawn.items():
        assert ranges[at] == (pytest.approx(first, abs=1), pytest.approx(last, abs=1))


def test_at_equal_true_rates_the_bottom_three_of_a_month_are_chosen_by_chance():
    chance, last, repeated, perfect, gaps = Random(5), set(), 0, 0, 0.0
    sizes = [15 + 45 * at // 29 for at in range(30)]
    months, bottoms = 400, dict.fromkeys(range(30), 0)
    for _ in range(months):
        rates = [sum(chance.random() < 0.97 for _ in range(n)) / n for n in sizes]
        bottom = set(sorted(range(30), key=lambda at: (rates[at], chance.random()))[:3])
        repeated += len(bottom & last)
        last = bottom
        perfect += rates.count(1.0)
        gaps += max(rates) - min(rates)
        for at in bottom:
            bottoms[at] += 1
    assert perfect / months / 30 == pytest.approx(0.38, abs=0.05)
    assert gaps / months == pytest.approx(0.115, abs=0.01)
    assert repeated / months == pytest.approx(0.33, abs=0.09)
    smallest, largest = (sum(bottoms[at] for at in part) / 5 / months
                         for part in (range(5), range(25, 30)))  # fmt: skip
    assert 0.11 <= smallest <= 0.17
    assert 0.04 <= largest <= 0.09


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 1_000))
def test_a_range_lies_within_the_table_and_is_the_same_for_the_same_cases(seed):
    shares = equal_units(Random(seed))[:8]
    shares += shares[:2]
    ranges = rank_ranges(shares, group_rate=0.97, weight=50, random=Random(seed))
    assert ranges[:2] == ranges[8:]
    assert all(1 <= first <= last <= 10 for first, last in ranges)
