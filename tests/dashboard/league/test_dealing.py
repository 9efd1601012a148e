from itertools import islice, pairwise
from math import comb
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.league.dealing import chances_of, dealings


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 40), st.integers(0, 60), st.data())
def test_the_chances_of_a_count_are_those_of_drawing_without_putting_back(size, rest, data):
    outcomes = data.draw(st.integers(0, size + rest))
    found = chances_of(size, rest, outcomes)
    single = [found.added[0], *(after - before for before, after in pairwise(found.added))]
    for at, weight in enumerate(single, start=found.first):
        exact = comb(outcomes, at) * comb(size + rest - outcomes, size - at)
        assert weight / found.added[-1] == pytest.approx(exact / comb(size + rest, size), abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(1, 200), min_size=1, max_size=12), st.integers(), st.data())
def test_everything_is_dealt_and_nobody_gets_more_than_his_cases(sizes, seed, data):
    outcomes = data.draw(st.integers(0, sum(sizes)))
    for dealt in islice(dealings(sizes, outcomes, Random(seed)), 5):
        assert sum(dealt) == outcomes
        assert all(0 <= count <= size for count, size in zip(dealt, sizes, strict=True))


def test_counts_come_as_often_as_their_chances():
    # two of six cases: both to the first unit of three in 3 of 15 dealings
    both = sum(dealt == [2, 0] for dealt in islice(dealings([3, 3], 2, Random(1)), 6_000))
    assert both / 6_000 == pytest.approx(0.2, abs=0.02)


def test_the_same_chance_deals_the_same():
    one, other = (list(islice(dealings([9, 30, 50], 20, Random(7)), 50)) for _ in range(2))
    assert one == other
