"""How rates of units are compared: order, interval, shrinkage (league-tables 5 and 6)."""

from collections.abc import Sequence
from math import sqrt

Z_95 = 1.959964
"""Two-sided 95 % of the normal distribution."""


def ranks(rates: Sequence[float | None]) -> tuple[int | None, ...]:
    """Rank rates, highest first; equal rates share a rank and the next one skips (1, 1, 3).

    What has no rate is not ranked.
    """
    known = sorted((rate for rate in rates if rate is not None), reverse=True)
    return tuple(None if rate is None else known.index(rate) + 1 for rate in rates)


def wilson(k: int, n: int, z: float = Z_95) -> tuple[float, float]:
    """Return the Wilson interval of k among n; (0, 1) when n is 0."""
    if n == 0:
        return 0.0, 1.0
    share, spread = k / n, z * z / n
    centre = (share + spread / 2) / (1 + spread)
    half = z / (1 + spread) * sqrt(share * (1 - share) / n + spread / (4 * n))
    return max(0.0, centre - half), min(1.0, centre + half)


def shrunk(k: int, n: int, *, group_rate: float, weight: float) -> float:
    """Pull k among n towards the group's rate, as if `weight` cases of the group were added."""
    return (k + weight * group_rate) / (n + weight)
