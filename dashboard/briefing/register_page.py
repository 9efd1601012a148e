"""The page of the register: which decisions, how many became what, and the one looked at."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from dashboard.briefing.decision import Became, Counts, Decision, Owner
from dashboard.briefing.register_counts import ByMonth, ByOwner
from dashboard.figures.choice import PeriodChoice
from dashboard.snapshots.board import Directory


class Listed(StrEnum):
    """Which decisions the list shows; a paper's are those open when its span began, or since."""

    OPEN = "open"
    ALL = "all"
    CLOSED = "closed"
    PAPER = "paper"


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which decisions are asked for: a list, whose, taken on what days, and what became of them.

    `start` is when a paper's span begins. Without `taken` a list that is no paper's is that of the
    register. None is all. What is asked for now, not `past`, holds all that is written.
    """

    listed: Listed
    start: datetime
    part: Became | None = None
    owner: Owner | None = None
    taken: PeriodChoice | None = None
    past: bool = False

    def of_owner(self, one: Decision) -> bool:
        """Tell whether a decision is of the owner asked for."""
        return self.owner is None or one.owner == self.owner

    def of_days(self, one: Decision) -> bool:
        """Tell whether it was taken on a day asked for."""
        return self.taken is None or self.taken.first <= one.taken_on <= self.taken.last


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A day decisions were taken on, and what has become of them."""

    day: date
    counts: Counts


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterPage:
    """The register of the running month with whatever is still open from before.

    `rows` are those selected: what is open first, by the time left. `numbers` has a list of a paper
    only where one is asked for; `parts` tells what became of all of the list. `units` are the
    owners one may ask for, with how many each has of that list. `last` is the newest day before
    today on which anything was decided. `months` are of the owner asked for, `owners` of the days
    `among`. `unbegun_today` are still due today and nobody replied. Without a wish the first row
    is `chosen`.
    """

    as_of: datetime
    today: date
    selected: Selection
    rows: tuple[Decision, ...]
    numbers: Mapping[Listed, int]
    parts: Mapping[Became, int]
    units: tuple[tuple[Owner, int], ...]
    kept: Counts
    month: Counts
    months: ByMonth
    among: PeriodChoice
    owners: ByOwner
    last: Meeting | None
    due_today: int
    unbegun_today: tuple[Decision, ...]
    overdue: tuple[Decision, ...]
    repeatedly: int
    chosen: Decision | None
    directory: Directory
