"""Tie bands: units that cannot be told apart from the best of their band (league-tables 5.4)."""

from collections.abc import Sequence

Interval = tuple[float, float]


def bands(best_first: Sequence[Interval]) -> tuple[list[int], list[Interval]]:
    """Return each unit's band, counted from 1, and the interval of each band's leader.

    The intervals are those of the shrunken rates, best unit first. The leader of a band is the best
    unit left; its band is every unit left whose interval overlaps the leader's.
    """
    found = [0] * len(best_first)
    leaders: list[Interval] = []
    while 0 in found:
        leaders.append(best_first[found.index(0)])
        for at, interval in enumerate(best_first):
            if not found[at] and _overlap(interval, leaders[-1]):
                found[at] = len(leaders)
    return found, leaders


def band_of(interval: Interval, leaders: Sequence[Interval]) -> int:
    """Return the best band a unit that leads none cannot be told apart from, else the last."""
    fits = (at for at, leader in enumerate(leaders, start=1) if _overlap(interval, leader))
    return next(fits, len(leaders))


def _overlap(one: Interval, other: Interval) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]
