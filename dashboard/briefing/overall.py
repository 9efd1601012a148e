"""The figures of a briefing that are about the whole centre; counts are cases."""

from dataclasses import dataclass

from dashboard.figures.comparison import Change
from dashboard.terms import Channel, Level


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """One figure: `value` is a count, or a share 0..1 of `of` cases; None where undefined.

    `change` is against the period before (metrics 4.5), `year` against the same a year ago, where
    the cycle asks for it.
    """

    figure: str
    value: float | None
    of: int | None = None
    change: Change | None = None
    year: Change | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """opening + accepted + reopened - left = closing."""

    opening: int
    accepted: int
    reopened: int
    left: int
    closing: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Overall:
    """What came in and went out; the first five are the briefing's five figures.

    `channels` and `levels` add up to what was accepted and what is in hand, largest first and in
    the levels' order; None gathers cases without one.
    """

    accepted: Number
    closed: Number
    in_hand: Number
    overdue: Number
    on_time: Number
    target: float | None
    accepted_so_far: Number
    closed_same_day: Number
    followed_up: Number
    satisfied: Number
    first_dispatch: Number
    flow: Flow
    channels: tuple[tuple[Channel, int], ...]
    levels: tuple[tuple[Level | None, int], ...]
    most_overdue: tuple[str | None, int] | None
    """The township with most of the overdue cases and how many; None when none is overdue."""
