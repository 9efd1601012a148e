"""Cases as rows of a briefing, without parties."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from dashboard.terms import CaseKind, Colour, Risk, Stage


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
class KeyMoves:
    """Cases of the span to look after: accepted with a high risk, and rebounded (catalogue)."""

    high_risk: int
    rebounded: int


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
