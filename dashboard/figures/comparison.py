"""How a figure differs from another period's: counts, shares and amounts (metrics 4.5)."""

from dataclasses import dataclass
from enum import StrEnum

from dashboard.figures.cell import Cell

SMALL = 10
"""A count below this compares in cases, not in per cent."""


class ChangeKind(StrEnum):
    """What a change is written in."""

    PERCENT = "percent"
    COUNT = "count"
    POINTS = "points"
    NO_BASE = "no_base"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Change:
    """How much `now` lies above `before`; both are counts or shares (0..1).

    `value` is a share of `before` (PERCENT), cases (COUNT) or a difference of shares (POINTS).
    Without a base it is None: NO_BASE, the other period had none; UNKNOWN, a rate is undefined.
    """

    kind: ChangeKind
    now: float | None
    before: float | None
    value: float | None


def change(now: Cell, before: Cell, *, share: bool) -> Change:
    """Compare two cells of one figure; `share` compares their ratios in percentage points."""
    if share:
        return _points(now.ratio, before.ratio)
    first, base = now.numerator, before.numerator
    if base == 0:
        return Change(ChangeKind.NO_BASE, first, base, None)
    if base < SMALL:
        return Change(ChangeKind.COUNT, first, base, first - base)
    return Change(ChangeKind.PERCENT, first, base, (first - base) / base)


def _points(now: float | None, before: float | None) -> Change:
    if now is None or before is None:
        return Change(ChangeKind.UNKNOWN, now, before, None)
    return Change(ChangeKind.POINTS, now, before, now - before)
