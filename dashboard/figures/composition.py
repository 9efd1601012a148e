"""A number taken apart: how many rows stand in each part, and why."""

from dataclasses import dataclass
from enum import StrEnum

OTHER = "other"
"""The reason of rows for which a figure names none."""


class Part(StrEnum):
    """Where a row of a figure's period stands."""

    COUNTED = "counted"
    REST = "rest"
    OUTSIDE = "outside"
    EXCLUDED = "excluded"


@dataclass(frozen=True, slots=True)
class PartCount:
    """How many rows one part holds, split by reason (in the figure's order, only those that occur).

    A part without reasons has an empty split; else its counts add up to `count`.
    """

    part: Part
    count: int
    reasons: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Composition:
    """A figure's rows in its period: the four parts add up to `total`.

    COUNTED is the numerator (or the count); COUNTED and REST are the denominator of a rate. OUTSIDE
    are members that count in neither, EXCLUDED are no members.
    """

    total: int
    parts: tuple[PartCount, ...]

    def count(self, part: Part) -> int:
        """Return how many rows a part holds."""
        return next(one.count for one in self.parts if one.part is part)
