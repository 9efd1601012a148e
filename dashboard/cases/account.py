"""How a case's deadline came about, item by item, and where its clock stands. No database."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from dashboard.calendar import at_local, local_day
from dashboard.deadlines import LAST_SECOND, RuleVersion, months_later


class Start(StrEnum):
    """Why a clock started when it did."""

    ACCEPTED = "accepted"
    DISPATCHED = "dispatched"
    REOPENED = "reopened"
    ESCALATED = "escalated"


class Standing(StrEnum):
    """How a case stands to its deadline.

    NOT_STARTED: not accepted, or not yet dispatched where the limit starts then. NO_LIMIT: nothing
    sets one. OUT: it left the stock otherwise than by a closing.
    """

    NOT_STARTED = "not_started"
    NO_LIMIT = "no_limit"
    LEFT = "left"
    OVER = "over"
    STOPPED = "stopped"
    EARLY = "early"
    LATE = "late"
    OUT = "out"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A time limit, the name it is stored under and the version of the rules it is of."""

    amount: int
    unit: str
    roll_forward: bool
    rule: str
    version: RuleVersion


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeDays:
    """Days in a row that do not count, both ends included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many they are."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """A stop of the clock; `until` None: it still runs.

    `moves` False: the deadline was set by hand after it began, so it moves nothing.
    """

    since: datetime
    until: datetime | None
    reason: str | None
    moves: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """A new due date granted in time."""

    at: datetime
    old_due: datetime | None
    new_due: datetime
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockAccount:
    """What a deadline rests on; `due_at` is computed from these items and nothing else.

    `holidays` and `rest_days` (weekend days) lie within a limit of working days and do not count;
    `made_up` are weekend days that do. `rolled` free days at the end of another limit are passed
    over. `provisional` are the years in it whose holidays are not known. `given_due` is what a
    source stated. `start` None: the clock has not started.
    """

    zone: ZoneInfo
    accepted_at: datetime | None
    start: datetime | None
    why: Start
    limit: Limit | None = None
    holidays: tuple[FreeDays, ...] = ()
    rest_days: int = 0
    made_up: tuple[date, ...] = ()
    rolled: int = 0
    provisional: tuple[int, ...] = ()
    given_due: datetime | None = None
    extension: Extension | None = None
    pauses: tuple[Pause, ...] = ()
    closed_at: datetime | None = None
    left_at: datetime | None = None

    @property
    def first_due(self) -> datetime | None:
        """The deadline before any pause moves it."""
        if self.start is None:
            return None
        if self.extension is not None:
            return self.extension.new_due
        if self.given_due is not None or self.limit is None:
            return self.given_due
        return self._limit_ends(self.limit, self.start)

    @property
    def moved_due(self) -> datetime | None:
        """The deadline after the pauses that are over, also while another one runs."""
        due = self.first_due
        for pause in self.pauses:
            if due is not None and pause.moves and pause.until is not None and due > pause.since:
                due += pause.until - pause.since
        return due

    @property
    def stopped_since(self) -> datetime | None:
        """When the running pause that holds back the deadline began."""
        due = self.moved_due
        for pause in self.pauses:
            if pause.until is None and due is not None and due > pause.since:
                return pause.since
        return None

    @property
    def due_at(self) -> datetime | None:
        """The deadline; None while the clock is stopped before it."""
        return None if self.stopped_since is not None else self.moved_due

    def standing(self, as_of: datetime) -> tuple[Standing, int | None]:
        """Tell how it stands at `as_of`, and the seconds to its deadline: below zero when late."""
        due, stopped = self.moved_due, self.stopped_since
        if due is None:
            return (Standing.NOT_STARTED if self.start is None else Standing.NO_LIMIT), None
        if self.closed_at is not None:
            seconds = _seconds(due, self.closed_at)
            return (Standing.LATE if seconds < 0 else Standing.EARLY), seconds
        if self.left_at is not None:
            return Standing.OUT, None
        if stopped is not None:
            return Standing.STOPPED, _seconds(due, stopped)
        return (Standing.OVER if due <= as_of else Standing.LEFT), _seconds(due, as_of)

    def _limit_ends(self, limit: Limit, start: datetime) -> datetime:
        if limit.unit == "hour":
            return start + timedelta(hours=limit.amount)
        first = local_day(start, self.zone)
        if limit.unit == "month":
            last = months_later(first, limit.amount)
        else:
            days = 0 if limit.unit == "same_day" else limit.amount
            last = first + timedelta(days=days + self.rest_days)
            last += timedelta(days=sum(run.days for run in self.holidays))
        return at_local(last + timedelta(days=self.rolled), LAST_SECOND, self.zone)


def _seconds(due: datetime, at: datetime) -> int:
    return int((due - at).total_seconds())
