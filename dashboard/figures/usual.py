"""What is usual: mean ± 2 standard deviations of the same time on earlier days (design 3)."""

from collections.abc import Sequence
from math import sqrt

DAYS = 28
"""How many days back the usual is taken from."""

ENOUGH = 14
"""With fewer days of data there is no band."""


def band(history: Sequence[int]) -> tuple[float, float] | None:
    """Return mean ± 2 sample standard deviations, never below 0; None with too few days."""
    if len(history) < ENOUGH:
        return None
    days, mean = len(history), sum(history) / len(history)
    reach = 2 * sqrt(sum((count - mean) ** 2 for count in history) / (days - 1))
    return max(0.0, mean - reach), mean + reach


def unusual(value: int, history: Sequence[int]) -> str | None:
    """Return "high" or "low" when a value leaves the band of its history."""
    limits = band(history)
    if limits is None or limits[0] <= value <= limits[1]:
        return None
    return "high" if value > limits[1] else "low"
