"""Chance with a memory: the same seed and day draw the same numbers on every machine."""

from bisect import bisect
from collections.abc import Mapping
from datetime import date
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar
from zlib import crc32

T = TypeVar("T")


class Draw(Generic[T]):
    """Picks values by weight."""

    def __init__(self, weights: Mapping[T, float]) -> None:
        self._values = tuple(weights)
        self._sums = tuple(accumulate(weights.values()))

    def pick(self, rng: Random) -> T:
        """Draw one value."""
        return self._values[bisect(self._sums, rng.random() * self._sums[-1])]


def stream(seed: int, day: date, purpose: str) -> Random:
    """Return the day's own source of chance for one purpose."""
    return Random(f"{seed}/{day.isoformat()}/{purpose}")  # noqa: S311 -- no secret hangs on it


def mix(*parts: object) -> int:
    """Return a number that looks drawn and depends on nothing but its parts.

    What is added to a plan by it leaves every other draw of the plan as it was.
    """
    return crc32("/".join(map(str, parts)).encode())


def share(*parts: object) -> float:
    """Return `mix` as a share, 0 <= share < 1."""
    return mix(*parts) / 2**32


def about(mean: float, rng: Random) -> int:
    """Draw a count around `mean`, spread like chance arrivals (normal approximation of Poisson)."""
    return max(0, round(rng.gauss(mean, mean**0.5)))
