"""Signs that figures are worked on instead of cases: each unit against the others of its kind."""

from dataclasses import dataclass
from datetime import datetime

from dashboard.league.interval import Share
from dashboard.league.kind import Kind


@dataclass(frozen=True, slots=True)
class Sign:
    """A share, by its figure, that is suspicious when it is high, or when it is `low`."""

    id: str
    low: bool = False


MONTH_END = "month_end_rate"
"""Closings of the last days of months among all: worked out from one figure of two periods."""

SIGNS = (
    Sign("last_hour_rate"),
    Sign(MONTH_END),
    Sign("soon_reopened_rate"),
    Sign("excluded_rate"),
    Sign("paused_rate"),
    Sign("follow_up_rate", low=True),
    Sign("unasked_satisfaction_rate"),
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A unit's share of one sign; `stands_out` when chance alone hardly makes it so."""

    share: Share
    stands_out: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GamingLine:
    """One unit, its marks in the order of SIGNS."""

    code: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gaming:
    """Units in their order, and all of them together; for leaders, and no finding by itself."""

    kind: Kind
    start: datetime
    end: datetime
    as_of: datetime
    lines: tuple[GamingLine, ...]
    total: tuple[Share, ...]
