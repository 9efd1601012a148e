import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.figures.league import ranks, shrunk, wilson

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
SHRUNK = [(1, 1, 91.0), (2, 2, 91.5), (5, 5, 92.5), (9, 10, 90.4), (19, 20, 92.8), (45, 50, 90.2),
          (49, 50, 95.9), (0, 3, 78.8)]  # fmt: skip


@pytest.mark.parametrize(("k", "n", "low", "high"), WILSON)
def test_wilson_gives_the_published_intervals(k, n, low, high):
    found = tuple(round(100 * limit, 1) for limit in wilson(k, n))
    assert found == (low, high)


@pytest.mark.parametrize(("k", "n", "percent"), SHRUNK)
def test_shrinkage_gives_the_published_rates(k, n, percent):
    assert round(100 * shrunk(k, n, group_rate=0.906, weight=20), 1) == percent


def test_equal_rates_share_a_rank_and_unknown_rates_have_none():
    assert ranks([0.9, None, 1.0, 18 / 20, 0.5]) == (2, None, 1, 2, 4)


@given(st.lists(st.none() | st.sampled_from([0.0, 0.5, 0.9, 1.0]), max_size=12), st.randoms())
@settings(max_examples=50, deadline=None)
def test_a_rank_depends_on_the_rates_and_not_on_their_order(rates, random):
    by_rate = dict(zip(rates, ranks(rates), strict=True))
    shuffled = list(rates)
    random.shuffle(shuffled)
    assert [by_rate[rate] for rate in shuffled] == list(ranks(shuffled))
