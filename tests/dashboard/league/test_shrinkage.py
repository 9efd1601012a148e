from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.league.interval import Share
from dashboard.league.shrinkage import (
    WEIGHT_CAP,
    WEIGHT_FLOOR,
    group_weight,
    shrunk,
    variance_between,
)
from tests.dashboard.league.tables import EIGHT, equal_units, units_from_85_to_99

SHRUNK = [(1, 1, 91.0), (2, 2, 91.5), (5, 5, 92.5), (9, 10, 90.4), (19, 20, 92.8), (45, 50, 90.2),
          (49, 50, 95.9), (0, 3, 78.8)]  # fmt: skip


@pytest.mark.parametrize(("k", "n", "percent"), SHRUNK)
def test_shrinkage_gives_the_published_rates(k, n, percent):
    assert round(100 * shrunk(k, n, group_rate=0.906, weight=20), 1) == percent


def test_a_negative_variance_does_not_run_away_with_the_weight():
    assert variance_between(EIGHT) < 0
    assert group_weight(EIGHT) == WEIGHT_CAP


def test_units_that_differ_much_hardly_borrow_from_the_group():
    assert group_weight([Share(50, 50), Share(0, 50)]) == WEIGHT_FLOOR


def test_among_equal_units_the_variance_is_negative_every_other_month():
    chance = Random(1)
    negative = [variance_between(equal_units(chance)) <= 0 for _ in range(600)]
    assert 0.45 <= sum(negative) / 600 <= 0.59


def test_the_variance_is_estimated_without_bias():
    chance = Random(2)
    found = [variance_between(units_from_85_to_99(chance)) for _ in range(400)]
    assert sum(found) / 400 == pytest.approx(0.14**2 / 12, rel=0.12)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=8))
def test_the_weight_keeps_between_floor_and_cap_whatever_the_table(pairs):
    shares = [Share(min(pair), max(pair)) for pair in pairs]
    assert WEIGHT_FLOOR <= group_weight(shares) <= WEIGHT_CAP
