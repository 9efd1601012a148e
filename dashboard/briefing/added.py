"""What cycles longer than a day add to a briefing, as plain values. Persons are in none of it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from dashboard.figures.comparison import Change
from dashboard.terms import Situation

TYPES = 6
"""So many types of areas stand beside each other; the others are added up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeLine:
    """Cases accepted of one group of categories; None gathers those of none and those not told.

    `year` is None where no case is known of the year before. `whole` tells that every case of the
    group is told: only then is it all the cases that its code means.
    """

    code: str | None
    accepted: int
    change: Change
    year: Change | None
    whole: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeLine:
    """How a unit's cases ended: `resolved` of `due_to`, petitions come again, minutes on average.

    `minutes` is None where it closed none.
    """

    code: str
    resolved: int
    due_to: int
    repeats: int
    minutes: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaLine:
    """What an area accepted, by situation and by the types that are told; both add up to it."""

    code: str | None
    accepted: int
    situations: tuple[tuple[Situation | None, int], ...]
    types: tuple[tuple[str | None, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """Every longer cycle has `types`, months and quarters have outcomes, quarters have `areas`."""

    types: tuple[TypeLine, ...]
    townships: tuple[OutcomeLine, ...] = ()
    departments: tuple[OutcomeLine, ...] = ()
    areas: tuple[AreaLine, ...] = ()

    def types_told(self) -> tuple[str, ...]:
        """Name the types most cases of the areas are of, most first; they stand apart."""
        counts: Counter[str] = Counter()
        for area in self.areas:
            counts.update({code: n for code, n in area.types if code})
        return tuple(sorted(counts, key=lambda code: (-counts[code], code))[:TYPES])


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaRow:
    """An area's cases by code, as asked for, and the `rest`; both add up to `accepted`.

    `others` are the codes of the rest.
    """

    code: str | None
    accepted: int
    counts: tuple[int, ...]
    rest: int
    others: frozenset[str | None]


def rows_by_type(added: Added) -> tuple[AreaRow, ...]:
    """Count the areas' cases by the types that are told."""
    told = added.types_told()
    return tuple(_row(area, dict(area.types), told) for area in added.areas)


def rows_by_situation(added: Added, situations: Iterable[Situation]) -> tuple[AreaRow, ...]:
    """Count the areas' cases by these situations."""
    told = tuple(situations)
    return tuple(_row(area, dict(area.situations), told) for area in added.areas)


def _row(area: AreaLine, counts: Mapping[Any, int], told: tuple[str, ...]) -> AreaRow:
    own = tuple(counts.get(code, 0) for code in told)
    return AreaRow(
        code=area.code,
        accepted=area.accepted,
        counts=own,
        rest=area.accepted - sum(own),
        others=frozenset(counts) - set(told),
    )
