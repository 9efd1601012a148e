"""The board: every figure the wall shows, read at one instant; frozen, without any text or colour.

Codes only: `layouts` turns them into words with the catalogues and the board's own `directory`.
Counts are cases unless their name says otherwise; shares are 0..1 or None when undefined.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from dashboard.terms import Channel, Colour, Event, Risk, Situation, Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """What an area or a department is called; `short` fits the wall (at most 5 Han)."""

    code: str
    full: str
    short: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """Names of the county, its townships and the departments, in their own orders.

    On a prefecture's board the prefecture is the `county` and its counties are the `townships`,
    here and wherever the board says township. `places` are a village that is asked about, or a
    grid's village and the grid.
    """

    county: Name
    townships: tuple[Name, ...]
    departments: tuple[Name, ...]
    places: tuple[Name, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """A count, its change on the same time yesterday (None: unknown), and 14 days of it.

    `trend` is oldest first and ends with the running day. A flow's past is counted anew, a stock's
    is what was shown: at this full hour yesterday (`delta`) and at the end of each day, None where
    no such board is kept.
    """

    value: int
    delta: int | None
    trend: tuple[int | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OnTime:
    """Closed on time among due, for one unit or the county, in the running month.

    `due` = met + missed. `pending` fall due later this month and are still open. `rate` is
    met / due, None when nothing was due. Source: league-tables 3, the due cohort.
    """

    met: int
    due: int
    pending: int
    rate: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tallies:
    """The five headline figures; `on_time_trend` rates the cases due on each of the 14 days."""

    accepted: Tally
    closed: Tally
    open: Tally
    overdue: Tally
    on_time: OnTime
    on_time_trend: tuple[float | None, ...]
    target: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Newest:
    """The case a situation accepted last within 28 days, without free text."""

    at: datetime
    township: str | None
    category: str | None
    channel: Channel


@dataclass(frozen=True, slots=True, kw_only=True)
class SituationCount:
    """One of the five situations today.

    `hours` are the last 24 full or running hours, oldest first; `band` is (low, high) of the same
    clock hours over the last 28 days, None with fewer than 14 days of data. `unusual` is "high" or
    "low" when today so far leaves mean ± 2 sd of the same part of those days, else None.
    """

    code: Situation
    cases: int
    delta: int | None
    intelligence: int
    hours: tuple[int, ...]
    band: tuple[tuple[float, float], ...] | None
    unusual: str | None
    newest: Newest | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StageCount:
    """One labelled stage: open cases in it, their mean time in it so far, how many are overdue.

    For the closing column `count` is today's closures and `mean_s` and `overdue` are None and 0.
    `label` is the profile's word, "" for the catalogue's.
    """

    code: Stage
    label: str
    count: int
    mean_s: float | None
    overdue: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningRow:
    """One open case that is overdue or about to be; `left_s` is negative when overdue."""

    case_tail: str
    case_kind: str
    category: str | None
    township: str | None
    department: str | None
    colour: Colour
    stage: Stage
    due_at: datetime
    left_s: int
    supervisions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Warnings:
    """Open cases by colour, and the oldest overdue first, then those due next (at most 8).

    `recent` cases turned blue, yellow or red within the last 10 minutes.
    """

    red: int
    yellow: int
    blue: int
    rows: tuple[WarningRow, ...]
    recent: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardMark:
    """A hazard point on the map. `lon` and `lat` are WGS-84 degrees."""

    id: str
    lon: float
    lat: float
    risk: Risk
    type: str | None
    township: str | None
    found_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Hazards:
    """Hazard points not yet removed, by level, and those that have a place (highest risk first)."""

    high: int
    medium: int
    low: int
    marks: tuple[HazardMark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TownshipLoad:
    """Open and overdue cases of one township; `code` None gathers cases without one."""

    code: str | None
    open: int
    overdue: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LeagueRow:
    """A unit's month; `low` and `high` bound its rate (Wilson, 95 %).

    Only units `compared` have a say in whether there are bands; others join one or stand apart.
    `below_target`: the whole interval lies below the target.
    """

    unit: str
    on_time: OnTime
    low: float
    high: float
    compared: bool
    below_target: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LeagueGroup:
    """Units that cannot be told apart, in the order of units, and their cases added up.

    `band` counts from 1, best first; None where chance alone may have made the differences: then
    all units are one group.
    """

    band: int | None
    on_time: OnTime
    rows: tuple[LeagueRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeagueTable:
    """Units of one kind, as far as their cases allow a comparison (league-tables 5).

    `p` is the chance of a table this uneven among equal units, None with fewer than two to compare.
    Units with fewer than `few_below` cases due stand apart in `few`. `on_time` adds up all of them.
    """

    significant: bool
    p: float | None
    on_time: OnTime
    groups: tuple[LeagueGroup, ...]
    few: tuple[LeagueRow, ...]
    few_below: int


@dataclass(frozen=True, slots=True, kw_only=True)
class League:
    """Townships and departments apart."""

    townships: LeagueTable
    departments: LeagueTable


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One hand-over: which case went from where to whom."""

    at: datetime
    case_tail: str
    category: str | None
    case_kind: str
    township: str | None
    department: str | None
    event: Event
    stage: Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Moves:
    """The flow of demands: hand-overs today and the newest of them, newest first (at most 8)."""

    today: int
    rows: tuple[Move, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """Who leads the running shift, if the roster says."""

    name: str
    shift: str


class Lamp(StrEnum):
    """How a feed is doing."""

    OK = "ok"
    LATE = "late"
    BROKEN = "broken"
    OFF = "off"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """How long a feed has brought no new case, and how unlikely that is for a working one.

    `usual` cases arrive in such a span; `p` is the chance that it is so silent once in a week.
    """

    since: datetime
    usual: float
    p: float
    silent: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """A feed and when it last brought something; `late` once it is silent for 3 intervals.

    `lamp` judges it by its interval, `quiet` by what the hour normally brings; None where no limit
    is set, or with too few weeks of data.
    """

    channel: Channel
    last_received_at: datetime | None
    expected_every_s: int | None
    late: bool
    lamp: Lamp = Lamp.OFF
    quiet: Quiet | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """The local day of the board: a working day, a day off, or unknown to the holiday table."""

    date: date
    working: bool
    provisional: bool


class Hindrance(StrEnum):
    """What kept the service from sealing a briefing; UNKNOWN where it told nothing."""

    UNKNOWN = "unknown"
    FULL = "full"
    AWAY = "away"
    BUSY = "busy"
    FAULT = "fault"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsealed:
    """A briefing that was due to be sealed by itself at `due_at` and is not.

    `cycle` and `day` say which. `kind` is the name of the error of the last of `tries`, "" without
    one, and `why` what it comes to.
    """

    cycle: str
    day: date
    due_at: datetime
    tries: int
    tried_at: datetime | None
    kind: str
    why: Hindrance


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """Everything the wall shows, as of one instant.

    Sums that hold: the situations' cases plus `unclassified` = tallies.accepted.value; stage counts
    without the closing column = open; townships' open = open; stages' overdue = overdue;
    warnings.red = overdue (a case without a deadline has no colour and is never overdue).
    `supervision_label` is the profile's word for supervision, "" for the catalogue's. `unsealed`
    are the briefings that are late, newest first; a board that is made of a past has none.
    """

    as_of: datetime
    profile: str
    synthetic: bool
    day: Day
    directory: Directory
    tallies: Tallies
    situations: tuple[SituationCount, ...]
    unclassified: int
    stages: tuple[StageCount, ...]
    supervised: int
    supervision_label: str = ""
    warnings: Warnings
    hazards: Hazards
    townships: tuple[TownshipLoad, ...]
    league: League
    moves: Moves
    duty: Duty | None
    sources: tuple[SourceState, ...]
    provisional_years: tuple[int, ...]
    unsealed: tuple[Unsealed, ...] = ()
