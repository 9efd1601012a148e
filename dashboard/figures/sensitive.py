"""Small counts of sensitive categories, so that no case is told by its number (security T23, V04).

A count under three is not written. Nor may it follow from the others and the total, also for who
knows these rules: so one count more is left out, always, and which one no count decides.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import TypeAlias

FEWEST = 3
"""From so many on a count of a sensitive category is written."""

BUILT_IN = frozenset({"minor", "domestic_violence", "mental_health", "informant"})
"""What the sources name; GB/T 31000 has no code for them, so a centre adds those of its own."""


class Hidden(StrEnum):
    """Why a count is not written: it is small, or a small one would follow from it."""

    SMALL = "small"
    BESIDE = "beside"


Shown: TypeAlias = int | Hidden


def is_sensitive(category: str | None, sensitive: frozenset[str]) -> bool:
    """Tell whether a category is one of these codes or lies in a group of them."""
    return category is not None and (category in sensitive or category[:2] in sensitive)


def is_small(count: int, *, sensitive: bool) -> bool:
    """Tell whether a count may not be written."""
    return sensitive and count < FEWEST


def suppressed(counts: Sequence[int], sensitive: Sequence[bool]) -> tuple[Shown, ...] | None:
    """Leave out what may not be written of counts whose total is known.

    Their order must say nothing of them: that of their codes, say. None: there is nothing else to
    leave out, and the counts must not stand beside their total.
    """
    small = {
        n
        for n, (count, one) in enumerate(zip(counts, sensitive, strict=True))
        if is_small(count, sensitive=one)
    }
    if not small:
        return tuple(counts)
    beside = next((n for n, count in enumerate(counts) if count and n not in small), None)
    if beside is None:
        return None
    return tuple(
        Hidden.SMALL if n in small else Hidden.BESIDE if n == beside else count
        for n, count in enumerate(counts)
    )
