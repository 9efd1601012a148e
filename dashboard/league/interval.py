"""How sure a rate is: intervals, and whether two rates differ beyond noise (league-tables 5)."""

from math import exp, fsum, lgamma, log, log1p, sqrt
from typing import NamedTuple

Z_95 = 1.959964
"""Two-sided 95 % of the normal distribution."""

TAIL_95, TAIL_998 = 0.025, 0.001
"""How likely a count as low as the limit of the 95 % and of the 99.8 % funnel is by chance."""


class Share(NamedTuple):
    """`k` among `n` cases."""

    k: int
    n: int

    @property
    def rate(self) -> float | None:
        """The share itself; None of nothing."""
        return self.k / self.n if self.n else None


def wilson(k: float, n: float, z: float = Z_95) -> tuple[float, float]:
    """Return the Wilson interval of k among n; (0, 1) when n is 0."""
    if n == 0:
        return 0.0, 1.0
    share, spread = k / n, z * z / n
    centre = (share + spread / 2) / (1 + spread)
    half = z / (1 + spread) * sqrt(share * (1 - share) / n + spread / (4 * n))
    return max(0.0, centre - half), min(1.0, centre + half)


def change(now: Share, before: Share) -> int:
    """Tell whether a rate rose (1) or fell (-1) beyond noise; 0 when it may be chance.

    Newcombe's 95 % interval of the difference, from both Wilson intervals, must leave out zero.
    """
    if now.rate is None or before.rate is None:
        return 0
    difference = now.rate - before.rate
    down, up = (now, before) if difference < 0 else (before, now)
    low_of_upper, high_of_lower = wilson(*up)[0], wilson(*down)[1]
    reach = sqrt((up.k / up.n - low_of_upper) ** 2 + (high_of_lower - down.k / down.n) ** 2)
    if abs(difference) <= reach:
        return 0
    return 1 if difference > 0 else -1


def chance_of_at_most(share: Share, rate: float) -> float:
    """Return how likely `k` or fewer of `n` are when each has the chance `rate`."""
    k, n = share
    if k >= n or rate <= 0:
        return 1.0
    if rate >= 1:
        return 0.0
    whole, yes, no = lgamma(n + 1), log(rate), log1p(-rate)
    return fsum(
        exp(whole - lgamma(i + 1) - lgamma(n - i + 1) + i * yes + (n - i) * no)
        for i in range(k + 1)
    )


def chance_of_at_least(share: Share, whole: Share) -> float:
    """Return how likely `n` cases of the whole hold `k` or more of its hits (Fisher's test)."""
    misses = whole.n - whole.k
    dealt = _log_choose(whole.n, share.n)
    first = max(share.k, share.n - misses)
    return fsum(
        exp(_log_choose(whole.k, i) + _log_choose(misses, share.n - i) - dealt)
        for i in range(first, min(share.n, whole.k) + 1)
    )


def _log_choose(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)


def funnel(now: Share, before: Share | None, rates: tuple[float, float | None]) -> bool:
    """Tell whether a unit lies so far below its group that chance hardly explains it.

    Once below the 99.8 % funnel, or in two consecutive periods below the 95 % one; `rates` are the
    group's of both periods.
    """
    chance = chance_of_at_most(now, rates[0])
    if chance < TAIL_998:
        return True
    if chance >= TAIL_95 or before is None or rates[1] is None:
        return False
    return chance_of_at_most(before, rates[1]) < TAIL_95
