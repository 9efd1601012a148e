"""薄弱环节: where a unit's cases come back or stand still more than elsewhere (metrics 4.11)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

HUNDRED = 100
SHOWN = 3
FEWEST = 10
"""A rate of fewer cases is shown, but does not stand out (metrics 4.0)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weakness:
    """One indicator of a unit: `count` of `base` cases, the rate per 100 and the units' median.

    `above` is how far the rate lies above the median; None where either is undefined.
    """

    indicator: str
    count: int
    base: int
    rate: float | None
    median: float | None

    @property
    def above(self) -> float | None:
        """How many per 100 more than the middle unit."""
        if self.rate is None or self.median is None:
            return None
        return self.rate - self.median


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitWeaknesses:
    """All indicators of a unit, in their order, and the three that stand out most."""

    unit: str
    indicators: tuple[Weakness, ...]

    @property
    def largest(self) -> tuple[Weakness, ...]:
        """At most three indicators above the median, the farthest first; none of few cases."""
        told = [one for one in self.indicators if one.base >= FEWEST]
        above = [one for one in told if one.above is not None and one.above > 0]
        return tuple(sorted(above, key=lambda one: -(one.above or 0.0))[:SHOWN])


def weaknesses(
    counts: Mapping[str, Mapping[str, tuple[int, int]]], units: Sequence[str]
) -> tuple[UnitWeaknesses, ...]:
    """Compare units: `counts` holds, by indicator and unit, how many of how many cases.

    A unit without cases has no rate and no part in the median.
    """
    columns = {
        indicator: [_rate(*by_unit.get(unit, (0, 0))) for unit in units]
        for indicator, by_unit in counts.items()
    }
    middles = {
        indicator: median(known)
        if (known := [rate for rate in rates if rate is not None])
        else None
        for indicator, rates in columns.items()
    }
    found = []
    for place, unit in enumerate(units):
        indicators = []
        for indicator, by_unit in counts.items():
            count, base = by_unit.get(unit, (0, 0))
            indicators.append(
                Weakness(
                    indicator=indicator,
                    count=count,
                    base=base,
                    rate=columns[indicator][place],
                    median=middles[indicator],
                )
            )
        found.append(UnitWeaknesses(unit=unit, indicators=tuple(indicators)))
    return tuple(found)


def largest(
    units: Sequence[UnitWeaknesses], shown: int = SHOWN
) -> tuple[tuple[str, Weakness], ...]:
    """Return the largest deviations of all units, the farthest first; ties in their order."""
    found = [(one.unit, weakness) for one in units for weakness in one.largest]
    return tuple(sorted(found, key=lambda pair: -(pair[1].above or 0.0))[:shown])


def _rate(count: int, base: int) -> float | None:
    return count * HUNDRED / base if base else None


def _middle(rates: Sequence[float | None]) -> float | None:
    known = [rate for rate in rates if rate is not None]
    return median(known) if known else None
