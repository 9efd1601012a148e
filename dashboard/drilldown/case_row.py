"""One case as a line of a list, without anything personal but its title."""

from dataclasses import dataclass
from datetime import datetime

from dashboard.terms import CaseKind, Channel, Colour, Outcome, Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRow:
    """A case as of an instant; `category` is None also where that is sensitive.

    `left_s` are the seconds to its deadline, negative when overdue; None when it has none running
    or is out of stock. `event_at` is the instant that brought it into an event's list, else None.
    Codes of areas and departments are not checked against the directory; `grid` is None where no
    more than the village is known.
    """

    id: int
    code: str
    title: str
    title_en: str | None
    kind: CaseKind
    category: str | None
    situation: str | None
    level: str | None
    risk: str | None
    channel: Channel
    township: str | None
    village: str | None
    department: str | None
    stage: Stage
    colour: Colour
    accepted_at: datetime | None
    due_at: datetime | None
    left_s: int | None
    paused: bool
    closed_at: datetime | None
    left_at: datetime | None
    outcome: Outcome | None
    supervisions: int
    event_at: datetime | None = None
    grid: str | None = None
