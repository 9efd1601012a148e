"""A league page: units of one kind over a period, as far as their numbers allow a comparison."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from dashboard.drilldown.gaming import Gaming
from dashboard.league.balance import Flow
from dashboard.league.interval import Share
from dashboard.league.kind import Kind
from dashboard.league.ranking import Row
from dashboard.league.settling import Settling
from dashboard.snapshots.board import Directory

RATES = (
    "claim_rate",
    "confirmed_rate",
    "satisfaction_rate",
    "follow_up_rate",
    "reopen_rate",
    "unit_return_rate",
)
"""The figures of the shares beside the on-time rate, in the order of `Line.rates`."""

STATES = ("not_overdue", "yellow", "overdue", "paused", "awaits_claim", "handed_round")
"""The figures of how cases in hand stand at the end, in the order of `Line.states`."""


class Columns(StrEnum):
    """Groups of columns that are read when asked for."""

    RATES = "rates"
    TIMES = "times"
    STATES = "states"


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """How long things took, in seconds but for `settling`; None where nothing was measured.

    `held_s` is the whole time the unit held cases in the period, `held_mean_s` the mean of the
    stretches that ended in it, `unclaimed_mean_s` the mean from a dispatch to its answer.
    """

    settling: Settling
    held_s: int
    held_mean_s: float | None
    unclaimed_mean_s: float | None
    dispatched: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The figures of one unit, of nobody (`code` None), or of all together.

    `on_time` are the cases met among those due; `pending` fall due later in the period. `cleared`
    were closed after their deadline. `rates`, `times` and `states` are empty when not asked for.
    """

    code: str | None
    flow: Flow
    on_time: Share
    pending: int
    cleared: int
    rates: tuple[Share, ...] = ()
    states: tuple[int, ...] = ()
    times: Times | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitLine:
    """A unit's figures and what may be said of them."""

    line: Line
    row: Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A number of a sealed month that is another now, and the codes of the cases that changed it.

    `column` names it: a field of Flow, "met", "due" or "cleared"; `figure` counts it.
    """

    unit: str | None
    column: str
    figure: str
    sealed: int
    now: int
    cases: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """When a month's table was closed, and what was learned of that month since."""

    month: date
    sealed_at: datetime
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Misses:
    """The unit with most missed cases, where chance forbids an order."""

    unit: str
    missed: int
    of_all: int


@dataclass(frozen=True, slots=True, kw_only=True)
class League:
    """The table. `lines` come by band, then in the order of units; those with too few due last.

    `total` adds up `lines`; with `nobody`, what no unit holds, it is the whole. `start` and `end`
    bound the period, half-open; it is `running` while `as_of` lies within. `p` is None when fewer
    than two units can be compared. `gap` is between the best and the worst rate of those that are.
    """

    kind: Kind
    start: datetime
    end: datetime
    as_of: datetime
    running: bool
    target: float | None
    rank_from_due: int
    never_below: int
    rule_version: str
    significant: bool
    p: float | None
    bands: int
    compared: int
    gap: float | None
    most_missed: Misses | None
    lines: tuple[UnitLine, ...]
    nobody: Line | None
    total: Line
    seal: Seal | None = None


class Shown(StrEnum):
    """What a league page shows of the units."""

    FLOW = "flow"
    RATES = "rates"
    TIMES = "times"
    STATES = "states"
    GAMING = "gaming"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaguePage:
    """A page of one kind of units: its league, or the signs of gaming among them."""

    kind: Kind
    shown: Shown
    directory: Directory
    synthetic: bool
    found: League | Gaming
