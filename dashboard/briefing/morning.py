"""What a meeting goes on from and goes into: earlier decisions, the day, who is on duty."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


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
