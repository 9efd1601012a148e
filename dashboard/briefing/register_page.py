"""The page of the register: which decisions, how many became what, and the one looked at."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from dashboard.briefing.decision import Counts, Decision
from dashboard.snapshots.board import Directory


class Listed(StrEnum):
    """Which decisions the list shows."""

    OPEN = "open"
    ALL = "all"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A day decisions were taken on, and what has become of them."""

    day: date
    counts: Counts


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterPage:
    """The register of the running month with whatever is still open from before.

    `rows` are those of `listed`: what is open first, by the time left. `last` is the newest day
    before today on which anything was decided. Without a wish the first row is `chosen`.
    """

    as_of: datetime
    today: date
    listed: Listed
    rows: tuple[Decision, ...]
    numbers: dict[Listed, int]
    kept: Counts
    month: Counts
    last: Meeting | None
    due_today: int
    overdue: tuple[Decision, ...]
    repeatedly: int
    chosen: Decision | None
    directory: Directory
