"""Which ranks a unit may really hold (league-tables 5.4)."""

from collections import defaultdict
from collections.abc import Sequence
from random import Random

from dashboard.league.interval import Share
from dashboard.league.shrinkage import shrunk

DRAWS = 2_000
OUTSIDE = 0.025
"""Share of the draws left out at each end of a range."""


def rank_ranges(
    shares: Sequence[Share], *, group_rate: float, weight: float, random: Random
) -> tuple[tuple[int, int], ...]:
    """Return the 95 % range of every unit's rank, from draws of Beta(k + M·m, n - k + M·(1 - m)).

    It always holds the rank of the unit's shrunken rate. Units of the same cases have the same.
    """
    order = sorted(range(len(shares)), key=shares.__getitem__)
    drawn: dict[Share, list[int]] = defaultdict(list)
    hits, misses = weight * group_rate, weight * (1 - group_rate)
    for _ in range(DRAWS):
        rates = [
            (random.betavariate(shares[at].k + hits, shares[at].n - shares[at].k + misses), at)
            for at in order
        ]
        for rank, (_, at) in enumerate(sorted(rates, reverse=True), start=1):
            drawn[shares[at]].append(rank)
    ranges = {share: _middle(ranks) for share, ranks in drawn.items()}
    points = [shrunk(*share, group_rate=group_rate, weight=weight) for share in shares]
    return tuple(
        _holding(ranges[share], 1 + sum(other > point for other in points))
        for share, point in zip(shares, points, strict=True)
    )


def _middle(ranks: list[int]) -> tuple[int, int]:
    ranks.sort()
    cut = int(len(ranks) * OUTSIDE)
    return ranks[cut], ranks[-cut - 1]


def _holding(limits: tuple[int, int], rank: int) -> tuple[int, int]:
    return min(limits[0], rank), max(limits[1], rank)
