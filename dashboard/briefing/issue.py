"""Which briefing it is: the cycle a centre meets in, the day of the meeting and its span."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


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
