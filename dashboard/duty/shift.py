"""One shift of the roster: who does what, from when to when; and what no roster may say."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from dashboard.calendar import local_day
from dashboard.intake.scrub import MASK, scrub

LONGEST_NAME = 50
SHIFTS = ("day", "night", "all")
"""Shifts with a name; a roster may number its shifts instead, from 1 to 99."""

Key = tuple[date, str, str, str]
"""What is on the roster once: a date, a shift, a role and a name."""

_NUMBER = re.compile(r"[+(（]?\d(?:[\s()（）.·‐–—-]*\d){4,}[)）]?")
"""Five digits or more, however they are set apart: no name has them, every telephone has."""


class DutyRole(StrEnum):
    """What somebody is on duty as (model 3.4)."""

    DUTY_LEADER = "duty_leader"
    RECEPTION_LEADER = "reception_leader"
    OPERATOR = "operator"
    LAWYER = "lawyer"
    DEPT_DUTY = "dept_duty"
    MEDIATOR = "mediator"


class ShiftError(ValueError):
    """A shift cannot be on the roster; the message is a word of the catalogue, `duty.fault.*`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """Somebody on duty in [starts_at, ends_at); `day` is the local one on which it starts.

    `id` is that of its row once it is kept.
    """

    day: date
    shift: str
    role: str
    name: str
    department: str | None
    starts_at: datetime
    ends_at: datetime
    id: int = field(default=0, compare=False)

    @property
    def key(self) -> Key:
        """What is on the roster once."""
        return self.day, self.shift, self.role, self.name

    def checked(self, zone: ZoneInfo) -> "Shift":
        """Return it as it may be kept.

        Raises:
            ShiftError: a code is none, nobody is named, it starts on another day or ends too soon.
        """
        if not is_shift(self.shift):
            raise ShiftError("no_shift")
        if self.role not in set(DutyRole):
            raise ShiftError("no_role")
        if not self.name.replace(MASK, "").strip():
            raise ShiftError("no_name")
        if len(self.name) > LONGEST_NAME:
            raise ShiftError("name_too_long")
        if local_day(self.starts_at, zone) != self.day:
            raise ShiftError("wrong_day")
        if self.ends_at <= self.starts_at:
            raise ShiftError("ends_before")
        return self


def is_shift(code: str) -> bool:
    """Tell whether a code names a shift, or numbers it."""
    return code in SHIFTS or re.fullmatch(r"[1-9]\d?", code, re.ASCII) is not None


def name_of(text: str) -> str:
    """Return a name in one line, with whatever could be a telephone number masked."""
    return " ".join(_NUMBER.sub(MASK, scrub(text)).split())
