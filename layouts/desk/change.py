"""Changes in words: counts in per cent or in cases, rates in percentage points (metrics 4.5)."""

from dashboard.drilldown.against import Against
from dashboard.figures.comparison import Change, ChangeKind
from layouts import format as fmt
from layouts.words import Words

KEYS = {
    Against.PREVIOUS: "change",
    Against.YEAR: "change.year",
    Against.SPRING: "change.spring",
}
"""What keys begin with that speak of each comparison."""


def change_text(kind: ChangeKind, value: float, words: Words) -> str:
    """Write a change in its own unit, with its sign."""
    if kind is ChangeKind.POINTS:
        return fmt.points(value, words)
    if kind is ChangeKind.COUNT or value == 0:
        return fmt.delta(int(value), words)
    sign = "+" if value > 0 else fmt.MINUS
    return f"{sign}{abs(100 * value):.1f}%"


def versus(change: Change | None, against: Against, words: Words) -> str:
    """Say how a figure compares with the span its page compares with."""
    if change is None:
        return ""
    if change.value is None:
        return without_base(change, against, words)
    d = change_text(change.kind, change.value, words)
    return words.text("change.versus", than=than(against, words), d=d)


def than(against: Against, words: Words) -> str:
    """Name what is compared with."""
    return words.text(f"compare.than.{against}")


def without_base(change: Change, against: Against, words: Words) -> str:
    """Say why there is nothing to compare with."""
    why = "no_base" if change.kind is ChangeKind.NO_BASE else "unknown"
    return words.text(f"{KEYS[against]}.{why}")
