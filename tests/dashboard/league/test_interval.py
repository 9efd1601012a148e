import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.league.interval import (
    Share,
    chance_of_at_least,
    chance_of_at_most,
    change,
    funnel,
    wilson,
)

WILSON = [
    (0, 3, 0.0, 56.1),
    (1, 1, 20.7, 100.0),
    (2, 2, 34.2, 100.0),
    (5, 5, 56.6, 100.0),
    (9, 10, 59.6, 98.2),
    (19, 20, 76.4, 99.1),
    (45, 50, 78.6, 95.7),
    (49, 50, 89.5, 99.6),
    (180, 200, 85.1, 93.4),
    (540, 600, 87.3, 92.2),
    (0, 0, 0.0, 100.0),
]
SHARES = st.integers(0, 300).flatmap(lambda n: st.integers(0, n).map(lambda k: Share(k, n)))


@pytest.mark.parametrize(("k", "n", "low", "high"), WILSON)
def test_wilson_gives_the_published_intervals(k, n, low, high):
    found = tuple(round(100 * limit, 1) for limit in wilson(k, n))
    assert found == (low, high)


@pytest.mark.parametrize(
    ("share", "rate", "chance"),
    [
        (Share(0, 3), 0.5, 1 / 8),
        (Share(1, 3), 0.5, 4 / 8),
        (Share(3, 3), 0.5, 1),
        (Share(0, 2), 0.9, 0.01),
        (Share(5, 9), 1.0, 0),
        (Share(5, 9), 0.0, 1),
    ],
)
def test_chances_are_those_of_the_binomial_distribution(share, rate, chance):
    assert chance_of_at_most(share, rate) == pytest.approx(chance)


def test_chances_of_thousands_of_cases_stay_within_the_numbers_a_computer_has():
    assert chance_of_at_most(Share(9_500, 10_000), 0.95) == pytest.approx(0.5, abs=0.02)


def test_a_unit_leaves_the_funnel_once_far_or_twice_near():
    rates = (0.95, 0.95)
    far, near, inside = Share(35, 44), Share(38, 44), Share(41, 44)
    assert chance_of_at_most(far, 0.95) < 0.001 < chance_of_at_most(near, 0.95) < 0.025
    assert funnel(far, inside, rates)
    assert funnel(near, near, rates)
    assert not funnel(near, inside, rates)
    assert not funnel(near, None, (0.95, None))
    assert not funnel(inside, near, rates)


@pytest.mark.parametrize(
    ("now", "before", "moved"),
    [
        pytest.param(Share(48, 50), Share(45, 50), 0, id="three cases of fifty are noise"),
        pytest.param(Share(99, 100), Share(85, 100), 1, id="up"),
        pytest.param(Share(85, 100), Share(99, 100), -1, id="down"),
        pytest.param(Share(1, 1), Share(0, 0), 0, id="nothing to compare with"),
    ],
)
def test_a_change_counts_only_beyond_noise(now, before, moved):
    assert change(now, before) == moved


@pytest.mark.parametrize(
    ("share", "whole", "chance"),
    [
        pytest.param(Share(2, 2), Share(2, 4), 1 / 6, id="both of two among four"),
        pytest.param(Share(0, 2), Share(2, 4), 1, id="none or more is certain"),
        pytest.param(Share(3, 3), Share(4, 5), 4 / 10, id="one of three misses at most"),
        pytest.param(Share(4, 4), Share(4, 8), 1 / 70, id="all of four among eight"),
    ],
)
def test_a_part_holds_so_many_of_the_whole_by_chance(share, whole, chance):
    assert chance_of_at_least(share, whole) == pytest.approx(chance)


@settings(max_examples=60, deadline=None)
@given(SHARES, SHARES)
def test_a_change_seen_backwards_is_the_opposite_change(one, other):
    assert change(one, other) == -change(other, one)
    assert change(one, one) == 0
