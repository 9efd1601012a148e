"""The few figures of one area, for the page behind its place on the map."""

from dataclasses import dataclass
from datetime import datetime

from dashboard.snapshots.board import Name, OnTime


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaSummary:
    """One area's cases as of an instant; `parents` are what it lies in, the widest first."""

    as_of: datetime
    synthetic: bool
    name: Name
    parents: tuple[Name, ...]
    accepted_today: int
    open: int
    overdue: int
    on_time: OnTime
