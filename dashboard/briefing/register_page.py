"""The page of the register: which decisions, how many became what, and the one looked at."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from dashboard.briefing.decision import Counts, Decision
from dashboard.briefing.morning import Progress
from dashboard.snapshots.board import Directory


class Listed(StrEnum):
    """Which decisions the list shows; a paper's are those open when its span began, or since."""

    OPEN = "open"
    ALL = "all"
    CLOSED = "closed"
    PAPER = "paper"


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which decisions are asked for: a list, and of a paper's those that have come so far.

    `start` is when the paper's span begins, `progress` None all of its list. What is asked for
    now, not `past`, holds all that is written.
    """

    listed: Listed
    start: datetime
    progress: Progress | None = None
    past: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A day decisions were taken on, and what has become of them."""

    day: date
    counts: Counts


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterPage:
    """The register of the running month with whatever is still open from before.

    `rows` are those selected: what is open first, by the time left. `numbers` has a list of a paper
    only where one is asked for; `reached` tells how far all of it have come, and adds up to it.
    `last` is the newest day before today on which anything was decided. Without a wish the first
    row is `chosen`.
    """

    as_of: datetime
    today: date
    selected: Selection
    rows: tuple[Decision, ...]
    numbers: Mapping[Listed, int]
    reached: Mapping[Progress, int]
    kept: Counts
    month: Counts
    last: Meeting | None
    due_today: int
    overdue: tuple[Decision, ...]
    repeatedly: int
    chosen: Decision | None
    directory: Directory
