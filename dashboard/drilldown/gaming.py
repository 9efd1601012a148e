"""Signs that figures are worked on instead of cases: each unit against the others of its kind."""

from dataclasses import dataclass
from datetime import datetime

from dashboard.figures.catalogue.league import (
    EXCLUDED_RATE,
    LAST_HOUR_RATE,
    PAUSED_RATE,
    SOON_REOPENED_RATE,
    UNASKED_RATE,
)
from dashboard.figures.catalogue.rates import FOLLOW_UP_RATE
from dashboard.figures.figure import Figure
from dashboard.league.interval import Share
from dashboard.signals.units import Kind


@dataclass(frozen=True, slots=True)
class Sign:
    """A share that is suspicious when it is high, or when it is `low`.

    `figure` None: closings of the last days of months, worked out from two periods.
    """

    id: str
    figure: Figure | None
    low: bool = False


MONTH_END = "month_end_rate"
SIGNS = (
    Sign(LAST_HOUR_RATE.id, LAST_HOUR_RATE),
    Sign(MONTH_END, None),
    Sign(SOON_REOPENED_RATE.id, SOON_REOPENED_RATE),
    Sign(EXCLUDED_RATE.id, EXCLUDED_RATE),
    Sign(PAUSED_RATE.id, PAUSED_RATE),
    Sign(FOLLOW_UP_RATE.id, FOLLOW_UP_RATE, low=True),
    Sign(UNASKED_RATE.id, UNASKED_RATE),
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A unit's share of one sign; `stands_out` when it differs from all other units for certain."""

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
