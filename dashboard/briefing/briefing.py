"""A briefing as plain values: what the morning meeting looks at, and what a seal keeps.

Counts are cases unless a name says otherwise. Every number names its figure of the catalogue, so
that a page can open it into its cases. There is no sentence here: texts are made from templates
where a briefing is drawn, in either language, from these values alone.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from dashboard.briefing.added import Added
from dashboard.figures.comparison import Change
from dashboard.snapshots.board import Directory, SourceState
from dashboard.terms import CaseKind, Channel, Colour, Level, Risk, Situation, Stage


class Cycle(StrEnum):
    """How often a centre meets; a profile says which and in what words."""

    DAILY = "daily"
    WEEKLY = "weekly"
    HALF_MONTHLY = "half_monthly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """Which briefing: that of the meeting on `day`, about `start` to `end` (exclusive).

    `name` is the profile's word for the cycle, "" for the catalogue's. `number` counts the sealed
    issues of the cycle in the day's year; None before it is sealed. `day_off` marks a day off
    where the centre wants it marked.
    """

    cycle: Cycle
    day: date
    start: datetime
    end: datetime
    name: str
    number: int | None = None
    day_off: bool = False


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


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLine:
    """A case as a row of the briefing; `title` is as in lists, without parties.

    `left_s` are the seconds to its deadline at `as_of`, negative when overdue. `answered` tells
    whether the newest supervision order was; None without an order.
    """

    id: int
    code: str
    title: str
    title_en: str | None
    kind: CaseKind
    category: str | None
    township: str | None
    department: str | None
    colour: Colour
    stage: Stage
    due_at: datetime | None
    left_s: int | None
    supervisions: int
    ordered_at: datetime | None
    answered: bool | None
    overdue_reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseTable:
    """Cases, most pressing first; `total` is what the figure says, `rows` may be fewer."""

    figure: str
    total: int
    rows: tuple[CaseLine, ...]


class MatterKind(StrEnum):
    """Why something is proposed for the meeting."""

    KEY_CASE = "key_case"
    NEW_RED = "new_red"
    UNANSWERED_ORDER = "unanswered_order"
    HOTSPOT = "hotspot"
    BY_HAND = "by_hand"


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """One thing to coordinate today, in the order of the meeting.

    `key` tells it apart across days: the case's code, or a hotspot's area and category. Proposed by
    a rule it has no text of its own; a person may write `ask`, what is asked of whom.
    """

    kind: MatterKind
    key: str
    colour: Colour | None
    case: CaseLine | None = None
    hotspot: "Hotspot | None" = None
    title: str = ""
    ask: str = ""
    confirmed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SituationLine:
    """One of the five situations over the span; `unusual` is "high", "low" or None."""

    code: Situation
    number: Number
    unusual: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Intelligence:
    """Items of intelligence: received in the span, judged, made cases; not judged, of old age."""

    received: int
    judged: int
    converted: int
    open: int
    open_over_24h: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyCase:
    """A case with a leader's name on it; `next_at` is its next date."""

    case: CaseLine
    leader_assigned: bool
    people: int | None
    amount: float | None
    risk: Risk | None
    next_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hotspot:
    """Many cases of one kind in one place: seven days against what is expected (metrics 4.7)."""

    area: str
    category: str
    cases: int
    expected: float
    ratio: float
    colour: Colour


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardLine:
    """A hazard point that is past its date, without its name, which is free text."""

    id: str
    type: str | None
    township: str | None
    risk: Risk
    found_at: datetime
    due_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardMoves:
    """Points found and removed in the span, and those not removed in time."""

    found: int
    removed: int
    late: int
    rows: tuple[HazardLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitLine:
    """A township or department: its span, its stock, its month.

    `band` counts from 1, best first; None where chance may have made the differences, or with too
    few cases due. `award` is "flag", "snail" or None.
    """

    code: str | None
    accepted: int
    in_hand: int
    overdue: int
    on_time: Number
    low: float | None
    high: float | None
    band: int | None
    award: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Orders:
    """Supervision orders not answered, by colour; letters awaiting an answer; cases sent back.

    `letters` is None where no letters are kept.
    """

    red: int
    yellow: int
    blue: int
    letters: int | None
    returned: int


class Progress(StrEnum):
    """How far a decision has come."""

    OPEN = "open"
    MOVING = "moving"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionLine:
    """A decision of an earlier meeting at `as_of`; `age_days` since it was taken."""

    id: int
    text: str
    case_code: str | None
    owner: str
    due_at: datetime
    taken_on: date
    age_days: int
    progress: Progress
    times_missed: int
    reply: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyLine:
    """Who is on duty today, as the roster says; roles are those of model 3.4."""

    role: str
    shift: str
    name: str
    department: str | None
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """What the day brings: cases due, follow-ups due."""

    due: int
    follow_ups: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreeLists:
    """A weekly briefing's counts of the three lists: long open, new and unjudged, watched.

    `long_open` is None: no article says how long is long. `watched` is None where no such list is
    kept.
    """

    long_open: int | None
    new_unjudged: int
    watched: int | None


class Turn(StrEnum):
    """What became of a case since the issue before, most telling first: each counts under one."""

    REJECTED = "rejected"
    REOPENED = "reopened"
    RED = "red"
    YELLOW = "yellow"
    UNSIGNED = "unsigned"
    NEW = "new"


@dataclass(frozen=True, slots=True, kw_only=True)
class Turned:
    """A case that is not what it was when the span began.

    REJECTED: its party was asked after it was closed and says it is not resolved.
    """

    turn: Turn
    case: CaseLine


@dataclass(frozen=True, slots=True, kw_only=True)
class Briefing:
    """A whole briefing, as of one instant, as far as it was known by `known_at`.

    `event_id` is the newest event it knows, `rules` the versions of the rules it was made by.
    Sums that hold: overall.channels = accepted; overall.levels = in hand; units' in hand = in hand.
    """

    issue: Issue
    as_of: datetime
    synthetic: bool
    event_id: int | None
    rules: str
    directory: Directory
    overall: Overall
    matters: tuple[Matter, ...]
    situations: tuple[SituationLine, ...]
    intelligence: Intelligence
    overdue: CaseTable
    due_today: CaseTable
    key_cases: tuple[KeyCase, ...]
    hotspots: tuple[Hotspot, ...]
    busiest: tuple[tuple[str | None, int], ...]
    hazards: HazardMoves
    townships: tuple[UnitLine, ...]
    departments: tuple[UnitLine, ...]
    orders: Orders
    decisions: tuple[DecisionLine, ...]
    today: Today
    duty: tuple[DutyLine, ...]
    sources: tuple[SourceState, ...]
    lists: ThreeLists | None = None
    known_at: datetime | None = None
    since: tuple[Turned, ...] = ()
    quiet: tuple[Channel, ...] = ()
    """Feeds that have become silent within the span."""
    added: Added | None = None
