import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.league.survival import Spell, time_until

SPELLS = st.lists(st.builds(Spell, st.integers(0, 50), st.booleans()), max_size=20)


def spells(*lengths):
    """Negative: it has lasted so long yet."""
    return [Spell(abs(length), length > 0) for length in lengths]


@pytest.mark.parametrize(
    ("lengths", "median", "p90"),
    [
        pytest.param((1, 2, 3, 4), 2, 4, id="all have ended"),
        pytest.param((3, -5, 7, 9), 7, 9, id="1, 3/4, 3/4, 3/8, 0"),
        pytest.param((1, -1, 2, 3), 2, 3, id="an end comes before what lasts as long"),
        pytest.param((6, 6, 6, -6, 7, -9, 10, -10, -11, 13, 16), 10, 16, id="4/11 gone by 10"),
        pytest.param((5, -8, -9), None, None, id="too few have ended"),
        pytest.param((-8, -9), None, None, id="none has ended"),
        pytest.param((), None, None, id="nothing"),
        pytest.param((4, 4, 4, 4, 4, 4, 4, 4, 4, 60), 4, 4, id="nine of ten"),
    ],
)
def test_the_estimate_is_that_of_kaplan_and_meier(lengths, median, p90):
    told = spells(*lengths)
    assert (time_until(0.5, told), time_until(0.9, told)) == (median, p90)


def test_leaving_out_the_open_ones_would_flatter():
    done, waiting = spells(1, 2, 3), spells(-20, -20, -20, -20)
    assert time_until(0.5, done) == 2
    assert time_until(0.5, done + waiting) is None


@settings(max_examples=80, deadline=None)
@given(SPELLS, st.randoms(use_true_random=False))
def test_the_order_does_not_matter_and_later_shares_come_later(told, random):
    found = time_until(0.5, told)
    random.shuffle(told)
    assert time_until(0.5, told) == found
    later = time_until(0.9, told)
    assert later is None or (found is not None and found <= later)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.integers(0, 50), min_size=1, max_size=20))
def test_without_open_ones_it_is_the_plain_quantile(lengths):
    lengths.sort()
    found = time_until(0.5, [Spell(length, ended=True) for length in lengths])
    assert found == lengths[(len(lengths) + 1) // 2 - 1]
