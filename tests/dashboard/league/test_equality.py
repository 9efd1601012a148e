from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.league.equality import SHUFFLES, p_of_equal_rates
from dashboard.league.interval import Share
from tests.dashboard.league.tables import (
    DEPARTMENTS,
    EIGHT,
    TOWNSHIPS,
    equal_units,
    units_from_85_to_99,
)


def test_the_example_of_eight_units_is_no_more_uneven_than_chance():
    assert sum(share.k for share in EIGHT) / sum(share.n for share in EIGHT) == pytest.approx(
        0.906, abs=0.0005
    )
    assert p_of_equal_rates(EIGHT) == pytest.approx(0.61, abs=0.05)


def test_the_tables_of_the_design_have_its_p_values():
    assert p_of_equal_rates([Share(*pair) for pair in TOWNSHIPS]) == pytest.approx(0.28, abs=0.03)
    assert p_of_equal_rates([Share(*pair) for pair in DEPARTMENTS]) < 0.01


def test_equal_units_are_called_different_in_one_of_twenty_tables():
    chance = Random(3)
    found = [p_of_equal_rates(equal_units(chance), shuffles=199) for _ in range(300)]
    assert 0.02 <= sum(p < 0.05 for p in found) / 300 <= 0.085


def test_units_between_85_and_99_percent_are_told_apart_in_four_of_five_tables():
    chance = Random(4)
    found = [p_of_equal_rates(units_from_85_to_99(chance), shuffles=199) for _ in range(80)]
    assert 0.72 <= sum(p < 0.05 for p in found) / 80 <= 0.93


def test_fewer_than_two_units_cannot_be_tested():
    assert p_of_equal_rates([]) is None
    assert p_of_equal_rates([Share(9, 10), Share(0, 0)]) is None


def test_units_without_a_miss_are_as_even_as_can_be():
    assert p_of_equal_rates([Share(20, 20), Share(30, 30)]) == 1


def test_the_test_is_exact_where_it_can_be_counted_out():
    # of the 70 ways to deal four misses over two units of four, 2 are as uneven
    assert p_of_equal_rates([Share(4, 4), Share(0, 4)]) == pytest.approx(2 / 70, abs=0.012)


@settings(max_examples=20, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=2, max_size=6),
    st.randoms(use_true_random=False),
)
def test_the_same_table_has_the_same_p_in_any_order(pairs, random):
    shares = [Share(min(pair), max(pair)) for pair in pairs]
    p = p_of_equal_rates(shares)
    random.shuffle(shares)
    assert p_of_equal_rates(shares) == p
    assert p is None or 1 / (SHUFFLES + 1) <= p <= 1
