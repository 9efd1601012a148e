"""A decision of the meeting: asked once, never changed, and followed by entries until it is closed.

What may be entered is the rule of the register (design, 落实台账): a decision is signed for once,
done only with a reply, dropped only with the name of who agreed, moved only to a later time; what
is closed stays closed. Everything is told from the entries, so that any past moment can be.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from dashboard.briefing.issue import Cycle
from dashboard.briefing.morning import Progress

REPEATEDLY = 3
"""So many due times missed is told apart in the register."""


class EntryError(ValueError):
    """An entry is not possible; the message is a word of the catalogue, `decision.fault.*`."""


class EntryKind(StrEnum):
    """What may be written under a decision."""

    SIGNED = "signed"
    REPLY = "reply"
    REMINDED = "reminded"
    MOVED = "moved"
    DONE = "done"
    DROPPED = "dropped"


CLOSING = frozenset({EntryKind.DONE, EntryKind.DROPPED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line under a decision; `due_at` is the new time of a moved one."""

    kind: EntryKind
    at: datetime
    text: str = ""
    due_at: datetime | None = None
    agreed_by: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """Who does it: a department or an area, by code."""

    department: str | None = None
    area: str | None = None

    @property
    def key(self) -> str:
        """Write it as forms and addresses do, d:hrss or a:530303103000."""
        return f"a:{self.area}" if self.department is None else f"d:{self.department}"

    @classmethod
    def of(cls, key: str) -> "Owner":
        """Read a key; of what is none, an owner who is nobody."""
        kind, _, code = key.partition(":")
        return cls(department=code if kind == "d" else None, area=code if kind == "a" else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A decision with its entries up to a moment, oldest first.

    `asked_due_at` is the time set in the meeting; `beside` are codes of those that help. `matter`
    is the briefing's matter it answers, as `matter_of` writes it. `title` is the register's, in its
    one language; `case_title_en` is what its case is called in English, if it has such a title.
    """

    id: int
    taken_on: date
    cycle: Cycle
    title: str
    ask: str
    case_code: str | None
    owner: Owner
    beside: tuple[str, ...]
    asked_due_at: datetime
    recorded_at: datetime
    entries: tuple[Entry, ...] = ()
    matter: str | None = None
    case_title_en: str | None = None

    @property
    def due_at(self) -> datetime:
        """The time in force."""
        moved = [entry.due_at for entry in self.entries if entry.due_at is not None]
        return moved[-1] if moved else self.asked_due_at

    @property
    def closed(self) -> Entry | None:
        """The entry that closed it."""
        return next((entry for entry in self.entries if entry.kind in CLOSING), None)

    @property
    def progress(self) -> Progress:
        """How far it has come: a reply makes it move, a signature does not."""
        if self.closed is not None:
            return Progress.DONE if self.closed.kind is EntryKind.DONE else Progress.DROPPED
        replied = any(entry.kind is EntryKind.REPLY for entry in self.entries)
        return Progress.MOVING if replied else Progress.OPEN

    @property
    def reply(self) -> Entry | None:
        """The newest word of its owner."""
        said = (EntryKind.REPLY, EntryKind.DONE, EntryKind.DROPPED)
        return next((entry for entry in reversed(self.entries) if entry.kind in said), None)

    @property
    def signed(self) -> bool:
        """Whether its owner signed for it."""
        return any(entry.kind is EntryKind.SIGNED for entry in self.entries)

    @property
    def steps(self) -> tuple[EntryKind, ...]:
        """What may be written under it: what is done next first, the rest as it is told."""
        if self.closed is not None:
            return ()
        replied = self.progress is Progress.MOVING
        first = (EntryKind.DONE, EntryKind.REPLY) if replied else ()
        order = dict.fromkeys((*first, *EntryKind))
        return tuple(kind for kind in order if kind is not EntryKind.SIGNED or not self.signed)

    @property
    def on_time(self) -> bool | None:
        """Whether it was done by the time set in the meeting; None while it is not done."""
        if self.closed is None or self.closed.kind is EntryKind.DROPPED:
            return None
        return self.closed.at <= self.asked_due_at

    def overdue(self, as_of: datetime) -> bool:
        """Whether it is open past the time in force."""
        return self.closed is None and as_of > self.due_at

    def left_s(self, as_of: datetime) -> int | None:
        """Seconds to the time in force, negative past it; None once closed."""
        return None if self.closed else int((self.due_at - as_of).total_seconds())

    def times_missed(self, as_of: datetime) -> int:
        """How many times set for it had passed while it was open."""
        until = as_of if self.closed is None else self.closed.at
        set_times, missed = self.asked_due_at, 0
        for entry in self.entries:
            if entry.due_at is not None:
                missed += entry.at > set_times
                set_times = entry.due_at
        return missed + (until > set_times)

    def became(self, what: "Became") -> bool:
        """Tell whether it counts as such."""
        if what is Became.ON_TIME:
            return self.on_time is True
        if what is Became.MOVED:
            return any(entry.due_at for entry in self.entries)
        return self.progress.value == what.value

    def age_days(self, on: date) -> int:
        """Days since it was taken."""
        return (on - self.taken_on).days

    def followed(self, entry: Entry) -> "Decision":
        """Return it with one more entry.

        Raises:
            EntryError: the register's rule does not allow it.
        """
        if self.closed is not None:
            raise EntryError("closed")
        last = self.entries[-1].at if self.entries else self.recorded_at
        if entry.at < last:
            raise EntryError("earlier")
        if entry.kind is EntryKind.SIGNED and self.signed:
            raise EntryError("signed")
        if entry.kind in (EntryKind.DONE, EntryKind.REPLY) and not entry.text.strip():
            raise EntryError("no_reply")
        if entry.kind is EntryKind.DROPPED and not entry.agreed_by.strip():
            raise EntryError("nobody_agreed")
        if (entry.kind is EntryKind.MOVED) != (entry.due_at is not None):
            raise EntryError("no_time")
        if entry.due_at is not None and entry.due_at <= max(self.due_at, entry.at):
            raise EntryError("not_later")
        return replace(self, entries=(*self.entries, entry))


def matter_of(day: date, key: str) -> str:
    """Write which matter of which day's issue it is: an own matter's key comes again each day."""
    return f"{day.isoformat()} {key}"


def open_since(decisions: Iterable[Decision], start: datetime) -> tuple[Decision, ...]:
    """Return those a paper tells of: open when its span began, or taken since; in their order."""
    return tuple(one for one in decisions if one.closed is None or one.closed.at >= start)


def in_order(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Order a register: what is open first, by the time left, then the closed, newest first."""

    def place(one: Decision) -> tuple[bool, float, int]:
        if one.closed is None:
            return False, one.due_at.timestamp(), one.id
        return True, -one.closed.at.timestamp(), one.id

    return tuple(sorted(decisions, key=place))


class Became(StrEnum):
    """What decisions are counted by: how far they have come, and how they came there."""

    OPEN = "open"
    MOVING = "moving"
    DONE = "done"
    ON_TIME = "on_time"
    MOVED = "moved"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Decisions taken in a span of days and what had become of them; `done` includes `on_time`."""

    taken: int = 0
    done: int = 0
    on_time: int = 0
    dropped: int = 0
    moving: int = 0
    open: int = 0
    moved: int = 0

    @property
    def unfinished(self) -> int:
        """Those that are not closed."""
        return self.moving + self.open

    @property
    def rate(self) -> float | None:
        """Done by the time set in the meeting, of those done."""
        return self.on_time / self.done if self.done else None


def count(decisions: Iterable[Decision], first: date = date.min, last: date = date.max) -> Counts:
    """Count the decisions taken from `first` to `last`; taken = done + dropped + moving + open."""
    taken = [one for one in decisions if first <= one.taken_on <= last]
    became = {str(each): sum(one.became(each) for one in taken) for each in Became}
    return Counts(taken=len(taken), **became)
