"""Changes in words: counts in per cent or in cases, rates in percentage points (metrics 4.5)."""

from dashboard.figures.comparison import Change, ChangeKind
from layouts import format as fmt
from layouts.words import Words


def change_text(kind: ChangeKind, value: float, words: Words) -> str:
    """Write a change in its own unit, with its sign."""
    if kind is ChangeKind.POINTS:
        return fmt.points(value, words)
    if kind is ChangeKind.COUNT or value == 0:
        return fmt.delta(int(value), words)
    sign = "+" if value > 0 else fmt.MINUS
    return f"{sign}{abs(100 * value):.1f}%"


def versus(change: Change | None, words: Words) -> str:
    """Say how a figure compares with the same part of the period before."""
    if change is None:
        return ""
    if change.kind is ChangeKind.NO_BASE:
        return words.text("change.no_base")
    if change.value is None:
        return words.text("change.unknown")
    return words.text("change.versus", d=change_text(change.kind, change.value, words))
