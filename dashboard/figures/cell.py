"""What a figure comes to: a count, a fraction, or how an amount is spread."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure of one part: a count, or what to divide by what. Cells of one figure add up."""

    numerator: int = 0
    denominator: int | None = None

    def __add__(self, other: "Cell") -> "Cell":
        known = [part for part in (self.denominator, other.denominator) if part is not None]
        return Cell(self.numerator + other.numerator, sum(known) if known else None)

    @property
    def ratio(self) -> float | None:
        """Numerator by denominator; None when there is nothing to divide by."""
        return self.numerator / self.denominator if self.denominator else None


@dataclass(frozen=True, slots=True)
class Spread:
    """Of `n` amounts; the unit is the figure's.

    The median of an even number is the mean of the middle two; the 90th percentile is the smallest
    amount that nine tenths do not exceed (nearest rank).
    """

    n: int
    mean: float
    median: float
    p90: float
