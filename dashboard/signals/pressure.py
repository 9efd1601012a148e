"""压力指数: how much comes in for each situation against the areas of the same kind (metrics 4.8).

It says where pressure is, not how well anybody works, and is never shown without its five parts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import median

from dashboard.terms import Colour, Risk, Situation

DAYS = 7
WEIGHTS = {Risk.HIGH: 4, Risk.MEDIUM: 2, Risk.LOW: 1}
UNASSESSED = 1
"""The weight of a case nobody has assessed: that of a low risk."""

PERSONS_A_HOUSEHOLD = 2.8
PER = 10_000
"""Intake is compared for so many inhabitants."""

NORMAL = 1.4826
"""Makes the median deviation of a normal distribution its standard deviation."""

BANDS = ((75, Colour.RED), (65, Colour.YELLOW), (55, Colour.BLUE))


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What came in for an area: cases and their weight by situation; who lives there."""

    area: str
    counts: Mapping[Situation, int]
    weights: Mapping[Situation, int]
    population: int | None
    households: int | None

    @property
    def inhabitants(self) -> float | None:
        """The population, else 2.8 persons a household; None when neither is known."""
        if self.population:
            return float(self.population)
        return self.households * PERSONS_A_HOUSEHOLD if self.households else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One situation of an area: its cases, their weight per 10,000 inhabitants, its index."""

    situation: Situation
    count: int
    weight: int
    rate: float | None
    index: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressure:
    """The index of an area with its parts. `index` None: nobody knows who lives there.

    `estimated` says that the inhabitants were taken from the households.
    """

    area: str
    parts: tuple[Part, ...]
    index: float | None
    colour: Colour
    estimated: bool


def pressure(
    loads: Sequence[Load],
    situations: Sequence[Situation],
    weights: Mapping[Situation, float] | None = None,
) -> tuple[Pressure, ...]:
    """Compare areas of the same kind; without `weights` every situation counts the same.

    An area whose inhabitants are not known has its counts and no index, and no part in the others'.
    """
    columns = [_column(loads, situation) for situation in situations]
    share = dict(weights) if weights else dict.fromkeys(situations, 1.0)
    found = []
    for place, load in enumerate(loads):
        parts = tuple(column[place] for column in columns)
        total = _total(parts, share)
        found.append(
            Pressure(
                area=load.area,
                parts=parts,
                index=total,
                colour=band(total),
                estimated=not load.population and load.inhabitants is not None,
            )
        )
    return tuple(found)


def band(index: float | None) -> Colour:
    """Return the colour of an index."""
    if index is None:
        return Colour.NONE
    return next((colour for least, colour in BANDS if index >= least), Colour.NONE)


def indices(rates: Sequence[float], inhabitants: Sequence[float]) -> list[float]:
    """Return 50 + 10 z, clipped to 0 and 100; z is how far a rate lies from the median.

    The unit is the median absolute deviation. Where that is 0, it is what chance would make of the
    median among so many inhabitants, so that one case in a quiet week is no alarm.
    """
    middle = median(rates)
    spread = NORMAL * median([abs(rate - middle) for rate in rates])
    found = []
    for rate, persons in zip(rates, inhabitants, strict=True):
        unit = spread or sqrt(middle + PER / persons)
        found.append(min(100.0, max(0.0, 50 + 10 * (rate - middle) / unit)))
    return found


def _column(loads: Sequence[Load], situation: Situation) -> list[Part]:
    known = [(load, persons) for load in loads if (persons := load.inhabitants) is not None]
    rates = [load.weights.get(situation, 0) * PER / persons for load, persons in known]
    marks = indices(rates, [persons for _, persons in known]) if known else []
    by_area = {
        load.area: (rate, mark) for (load, _), rate, mark in zip(known, rates, marks, strict=True)
    }
    parts = []
    for load in loads:
        rate, index = by_area.get(load.area, (None, None))
        parts.append(
            Part(
                situation=situation,
                count=load.counts.get(situation, 0),
                weight=load.weights.get(situation, 0),
                rate=rate,
                index=index,
            )
        )
    return parts


def _total(parts: Sequence[Part], share: Mapping[Situation, float]) -> float | None:
    whole = sum(share.get(part.situation, 0.0) for part in parts)
    if not whole or any(part.index is None for part in parts):
        return None
    return sum(share.get(part.situation, 0.0) * (part.index or 0.0) for part in parts) / whole
