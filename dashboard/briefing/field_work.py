"""What is done outside over the span of a briefing: inspections, and departments called to help."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspections:
    """Inspections, patrols and visits done, and how many of them found hazards."""

    done: int
    finding: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Calls:
    """吹哨: departments called, how long those that came took on average, and who has not come.

    `arrival_s` is None where nobody has come.
    """

    raised: int
    arrival_s: float | None
    waiting: int
