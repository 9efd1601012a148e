from decimal import Decimal, localcontext

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.signals.tail import negative_binomial_tail, poisson_tail


def poisson_exactly(count, mean):
    """Sum the other side with sixty digits."""
    with localcontext() as context:
        context.prec = 60
        term = Decimal(-mean).exp()
        below = Decimal(0)
        for k in range(count):
            below += term
            term *= Decimal(mean) / (k + 1)
        return float(1 - below)


def negative_binomial_exactly(count, mean, dispersion):
    with localcontext() as context:
        context.prec = 60
        phi = Decimal(dispersion)
        size, share = Decimal(mean) / (phi - 1), 1 - 1 / phi
        term = (-size * phi.ln()).exp()
        below = Decimal(0)
        for k in range(count):
            below += term
            term *= (size + k) / (k + 1) * share
        return float(1 - below)


@pytest.mark.parametrize(
    ("count", "mean", "tail"),
    [
        pytest.param(10, 4.0, 0.008132242797, id="the-yellow-mark-of-four"),
        pytest.param(1, 0.5, 0.393469340287, id="at-least-one"),
        pytest.param(3, 1.0, 0.080301397072, id="three-of-one"),
    ],
)
def test_poisson_tails_are_those_of_the_tables(count, mean, tail):
    assert poisson_tail(count, mean) == pytest.approx(tail, abs=1e-9)


@pytest.mark.parametrize("mean", [0.01, 0.3, 1, 4, 12.5, 80, 900])
@pytest.mark.parametrize("factor", [0.2, 0.9, 1.0, 1.3, 3])
def test_tails_are_exact(mean, factor):
    count = round(mean * factor) + 1
    assert poisson_tail(count, mean) == pytest.approx(
        poisson_exactly(count, mean), rel=1e-9, abs=1e-12
    )
    for dispersion in (1.0001, 1.5, 6):
        assert negative_binomial_tail(count, mean, dispersion) == pytest.approx(
            negative_binomial_exactly(count, mean, dispersion), rel=1e-9, abs=1e-12
        )


def test_a_dispersion_of_one_is_poisson():
    assert negative_binomial_tail(7, 3.2, 1.0) == poisson_tail(7, 3.2)
    assert negative_binomial_tail(7, 3.2, 0.4) == poisson_tail(7, 3.2)


def test_nothing_expected_makes_any_count_impossible():
    assert poisson_tail(1, 0) == negative_binomial_tail(1, 0, 2) == 0
    assert poisson_tail(0, 0) == negative_binomial_tail(0, 0, 2) == 1


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 60), st.floats(0.01, 50), st.floats(1, 8))
def test_a_tail_is_a_share_and_falls_with_the_count(count, mean, dispersion):
    here = negative_binomial_tail(count, mean, dispersion)
    assert 0 <= negative_binomial_tail(count + 1, mean, dispersion) <= here + 1e-12 <= 1 + 1e-9
