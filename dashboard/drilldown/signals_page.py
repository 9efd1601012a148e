"""The page of analyses: hotspots, pressure, scores and points, each open to its parts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from dashboard.figures.filters import Filters
from dashboard.figures.period import Period
from dashboard.signals.awards import Score
from dashboard.signals.hotspots import Findings, Hotspot
from dashboard.signals.pressure import Pressure
from dashboard.snapshots.board import Directory


@dataclass(frozen=True, slots=True, kw_only=True)
class TownPoints:
    """Points of a township's grid workers together; `median` None: so few that it would tell."""

    area: str
    workers: int
    points: float
    amount_yuan: float
    median: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalsPage:
    """What the analyses say as of an instant, of townships unless it says departments.

    `cases_of` are the filters that mean a hotspot's cases, which lie in `week`. `scores` are by
    kind of unit, None where the centre has set no rule; so are `points`.
    """

    as_of: datetime
    directory: Directory
    week: Period
    holiday: bool
    hotspots: Findings
    cases_of: Mapping[Hotspot, Filters]
    pressure: tuple[Pressure, ...]
    townships: tuple[Score, ...] | None
    departments: tuple[Score, ...] | None
    points: tuple[TownPoints, ...] | None
