"""What cycles longer than a day add to a briefing, as plain values. Persons are in none of it."""

from dataclasses import dataclass

from dashboard.figures.comparison import Change
from dashboard.terms import Situation


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeLine:
    """Cases accepted of one group of categories; None gathers those of none and those not told.

    `year` is None where no case is known of the year before.
    """

    code: str | None
    accepted: int
    change: Change
    year: Change | None


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
