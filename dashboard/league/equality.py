"""Whether the units of a table differ at all, or chance alone made it (league-tables 5.3)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import repeat
from random import Random

from dashboard.league.interval import Share

SIGNIFICANT = 0.05
SHUFFLES, FEWEST_SHUFFLES = 1_999, 199
DEALINGS = 400_000
"""How many outcomes are dealt at most before the number of shuffles is cut: half a second."""


def seeded(shares: Sequence[Share]) -> Random:
    """Return chance that depends on the table alone: the same table always gives the same."""
    return Random(repr(sorted(map(tuple, shares))))  # noqa: S311 -- nothing is kept secret


def p_of_equal_rates(
    shares: Sequence[Share], *, random: Random | None = None, shuffles: int | None = None
) -> float | None:
    """Test by permutation that all units have one rate: the chance of a table as uneven as this.

    The outcomes are dealt anew over the units, each keeping its number of cases; what is compared
    is the sum of n(p - mean)². None with fewer than two units.
    """
    units = sorted(share for share in shares if share.n)
    if len(units) < 2:
        return None
    cases, hits = sum(unit.n for unit in units), sum(unit.k for unit in units)
    chance = random or seeded(units)
    # the rarer outcome is dealt: its uneven spread is as much as the other's
    rarer_is_miss = 2 * hits > cases
    dealt = cases - hits if rarer_is_miss else hits
    found = {at: unit.n - unit.k if rarer_is_miss else unit.k for at, unit in enumerate(units)}
    sizes = [unit.n for unit in units]
    limit = _unevenness(found, sizes) - 1e-9
    places = range(len(units))
    if shuffles is None:
        shuffles = max(min(SHUFFLES, DEALINGS // max(dealt, 1)), FEWEST_SHUFFLES)
    as_uneven = sum(
        _unevenness(Counter(chance.sample(places, dealt, counts=sizes)), sizes) >= limit
        for _ in repeat(None, shuffles)
    )
    return (as_uneven + 1) / (shuffles + 1)


def _unevenness(dealt: Mapping[int, int], sizes: Sequence[int]) -> float:
    """Sum n(p - mean)² but for a constant: the mean is the same in every dealing."""
    return sum(count * count / sizes[at] for at, count in dealt.items())
