"""The page of one case: what is known of it at an instant, without anything personal."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from dashboard.cases.account import ClockAccount
from dashboard.drilldown.case_row import CaseRow
from dashboard.profile import SheetSet
from dashboard.snapshots.board import Directory, Name
from dashboard.terms import Colour, Event, Role, Satisfaction, Stage


class StageMark(StrEnum):
    """Where a stage of the line stands; PASSED is behind the case, also one it never stopped in."""

    PASSED = "passed"
    CURRENT = "current"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True, kw_only=True)
class StageStep:
    """A stage under the profile's own label; `spent_s` sums all the times the case was in it."""

    code: Stage
    label: str
    mark: StageMark
    entered_at: datetime | None
    spent_s: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One event of the log. `late`: it became known after something that happened later.

    `text` is what was written down, without numbers that name a person; `corrects` is the number
    of the event a correction names, `changed` the columns it changed.
    """

    seq: int
    event: Event
    at: datetime
    recorded_at: datetime
    role: Role
    org: str | None
    department: str | None
    sheet_no: str | None
    reason: str | None
    text: str | None
    to_stage: Stage | None
    corrects: int | None
    changed: tuple[str, ...]
    late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """A sheet that was issued; `event` issued it."""

    number: str
    event: Event
    at: datetime
    department: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A supervision order as it stands."""

    number: int
    colour: Colour | None
    issued_at: datetime
    department: str | None
    reply_due: datetime | None
    replied_at: datetime | None
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheets:
    """The centre's set, the sheets issued and the orders; `total` counts the sheets issued."""

    set: SheetSet | None
    rows: tuple[SheetRow, ...]
    orders: tuple[Order, ...]

    @property
    def total(self) -> int:
        """How many sheets were issued."""
        return len(self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """A follow-up."""

    number: int
    at: datetime
    role: Role | None
    reached: bool
    confirmed: bool | None
    satisfaction: Satisfaction | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUps:
    """The attempts and what closing needs: one that confirms, or `most_failed` that reach nobody.

    `confirmed` and `failed` count since the last result that was reported.
    """

    required: bool
    attempts: tuple[Attempt, ...]
    confirmed: bool
    failed: int
    most_failed: int


class Tie(StrEnum):
    """Why two cases belong together: this one names the other, or the other this one.

    A case that is marked as a repeat repeats what it names; another one follows what it names when
    it was reported later.
    """

    NAMED = "named"
    REPEATS = "repeats"
    NAMED_BY = "named_by"
    FOLLOWED_BY = "followed_by"
    REPEATED_BY = "repeated_by"
    MERGED_INTO = "merged_into"
    MERGED_HERE = "merged_here"
    SAME_PARTY = "same_party"


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """Another case and all that ties it to this one."""

    row: CaseRow
    ties: tuple[Tie, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What one matter comes to: how often it was brought, as how many matters, by how many people.

    `people` are told apart by keyed hashes; parties without one are not counted.
    """

    calls: int
    matters: int
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A party under its masked name."""

    role: str
    name: str | None
    is_group_rep: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """How long a unit had the case in its hands; `department` None: nobody's."""

    township: str | None
    department: str | None
    seconds: int
    stretches: int
    holds_now: bool


class Next(StrEnum):
    """What is to be done next, in the order it is shown."""

    REASON = "reason"
    REPLY = "reply"
    END_ORDER = "end_order"
    RESUME = "resume"
    ACCEPT = "accept"
    HAND_OUT = "hand_out"
    CLAIM = "claim"
    START = "start"
    REPORT_BACK = "report_back"
    FOLLOW_UP = "follow_up"
    RETRY = "retry"
    CLOSE_FAILED = "close_failed"
    CLOSE = "close"
    REOPEN = "reopen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What else is known of the case; names of areas stand in `places`, widest first."""

    places: tuple[Name, ...]
    co_departments: tuple[str, ...]
    official: str | None
    people: int | None
    amount: float | None
    item_no: str | None
    item_title: str | None
    source_no: str
    overdue_reason: str | None
    reported_at: datetime
    paused_since: datetime | None
    reopened: int
    returned: int
    excluded: str | None
    is_repeat: bool
    provisional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePage:
    """Everything the page of a case shows.

    `code_fits`: its check character is right. `account` None: its log is empty or cannot be told
    with the rules of today. `agrees`: the stored deadline is the one of the account.
    `passed` are the deadlines that passed while it was open, also those a new one replaced later.
    """

    as_of: datetime
    directory: Directory
    row: CaseRow
    code_fits: bool
    url: str
    facts: Facts
    account: ClockAccount | None
    agrees: bool
    stages: tuple[StageStep, ...]
    entries: tuple[Entry, ...]
    passed: tuple[datetime, ...]
    sheets: Sheets
    follow_ups: FollowUps
    linked: tuple[Linked, ...]
    matter: Matter
    parties: tuple[Party, ...]
    held: tuple[Held, ...]
    held_total_s: int
    next: tuple[Next, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistyped:
    """A code whose check character is wrong and that no case has.

    `meant` is the code with the right one, when a case has it.
    """

    code: str
    meant: str | None
