"""How likely a count is at least so high: Poisson and negative binomial tails, exact to 1e-9."""

from collections.abc import Callable
from math import exp, fsum, lgamma, log

SMALLEST = 1e-17
"""A term this small beside the sum so far no longer changes it."""


def poisson_tail(count: int, mean: float) -> float:
    """Return P(X >= count) for a Poisson count of that mean."""
    if count <= 0:
        return 1.0
    if mean <= 0:
        return 0.0
    return _tail(
        count,
        mean,
        lambda k: exp(k * log(mean) - mean - lgamma(k + 1)),
        lambda k: mean / (k + 1),
    )


def negative_binomial_tail(count: int, mean: float, dispersion: float) -> float:
    """Return P(X >= count) for a count of that mean and the variance dispersion * mean.

    A dispersion of 1 or below is taken as Poisson.
    """
    if dispersion - 1 < 1e-9:
        return poisson_tail(count, mean)
    if count <= 0:
        return 1.0
    if mean <= 0:
        return 0.0
    size, share = mean / (dispersion - 1), 1 - 1 / dispersion

    def weight(k: int) -> float:
        # summed, not by lgamma: the difference of two large logarithms would cost the digits
        rising = fsum(log((size + j) / (j + 1) * share) for j in range(k))
        return exp(rising - size * log(dispersion))

    return _tail(count, mean, weight, lambda k: (size + k) / (k + 1) * share)


def _tail(
    count: int,
    mean: float,
    weight: Callable[[int], float],
    growth: Callable[[int], float],
) -> float:
    """Sum the smaller side of the distribution; `growth(k)` leads from weight k to k + 1."""
    if count <= mean:
        term = below = weight(count - 1)
        for k in range(count - 2, -1, -1):
            term /= growth(k)
            below += term
        return max(0.0, 1 - below)
    term = above = weight(count)
    k = count
    while term > above * SMALLEST:
        term *= growth(k)
        above += term
        k += 1
    return min(1.0, above)
