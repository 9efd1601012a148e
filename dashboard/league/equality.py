"""Whether the units of a table differ at all, or chance alone made it (league-tables 5.3)."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import islice
from random import Random

from dashboard.league.dealing import dealings
from dashboard.league.interval import Share

SIGNIFICANT = 0.05
SHUFFLES = 1_999
TABLES_KEPT = 64
"""How many tables' results are kept: the wall asks for the same two every tick."""


def seeded(shares: Sequence[Share]) -> Random:
    """Return chance that depends on the table alone: the same table always gives the same."""
    return Random(repr(sorted(map(tuple, shares))))  # noqa: S311 -- nothing is kept secret


def p_of_equal_rates(shares: Sequence[Share], *, shuffles: int = SHUFFLES) -> float | None:
    """Test by permutation that all units have one rate: the chance of a table as uneven as this.

    The outcomes are dealt anew over the units, each keeping its number of cases; what is compared
    is the sum of n(p - mean)². None with fewer than two units.
    """
    # the largest unit last: what is left falls to it without a draw
    units = sorted((share for share in shares if share.n), key=lambda share: (share.n, share.k))
    return _p(tuple(units), shuffles) if len(units) > 1 else None


@lru_cache(maxsize=TABLES_KEPT)
def _p(units: tuple[Share, ...], shuffles: int) -> float:
    cases, hits = sum(unit.n for unit in units), sum(unit.k for unit in units)
    # the rarer outcome is dealt: its uneven spread is as much as the other's
    rarer_is_miss = 2 * hits > cases
    found = [unit.n - unit.k if rarer_is_miss else unit.k for unit in units]
    sizes = [unit.n for unit in units]
    limit = _unevenness(found, sizes) - 1e-9
    dealt = islice(dealings(sizes, sum(found), seeded(units)), shuffles)
    as_uneven = sum(_unevenness(counts, sizes) >= limit for counts in dealt)
    return (as_uneven + 1) / (shuffles + 1)


def _unevenness(counts: Sequence[int], sizes: Sequence[int]) -> float:
    """Sum n(p - mean)² but for a constant: the mean is the same in every dealing."""
    return sum(count * count / size for count, size in zip(counts, sizes, strict=True))
