"""Rates pulled towards the group's: the fewer the cases, the more (league-tables 5.3)."""

from collections.abc import Sequence
from math import fsum

from dashboard.league.interval import Share

WEIGHT_FLOOR, WEIGHT_CAP = 10.0, 200.0
"""As how many of its own cases the group counts, at least and at most."""


def shrunk(k: int, n: int, *, group_rate: float, weight: float) -> float:
    """Pull k among n towards the group's rate, as if `weight` cases of the group were added."""
    return (k + weight * group_rate) / (n + weight)


def group_weight(shares: Sequence[Share]) -> float:
    """Estimate by moments how many cases of the group a unit's rate is worth.

    Units that differ no more than by chance have no variance of their own: there the cap holds.
    """
    between = variance_between(shares)
    if between <= 0:
        return WEIGHT_CAP
    rate = sum(share.k for share in shares) / sum(share.n for share in shares)
    return min(max(rate * (1 - rate) / between - 1, WEIGHT_FLOOR), WEIGHT_CAP)


def variance_between(shares: Sequence[Share]) -> float:
    """Estimate the variance of the units' true rates; chance can make it negative.

    It sets Σn(p - mean)² against what it is on average when each unit has a rate of its own.
    """
    cases = sum(share.n for share in shares)
    if cases == 0:
        return 0.0
    rate, freedom = sum(share.k for share in shares) / cases, len(shares) - 1
    spread = fsum((share.k - share.n * rate) ** 2 / share.n for share in shares if share.n)
    room = cases - sum(share.n**2 for share in shares) / cases - freedom
    return (spread - freedom * rate * (1 - rate)) / room if room > 0 else 0.0
