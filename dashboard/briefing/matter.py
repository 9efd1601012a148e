"""What is proposed to the meeting, by rule or by hand."""

from dataclasses import dataclass
from enum import StrEnum

from dashboard.briefing.case_line import CaseLine
from dashboard.terms import Colour


@dataclass(frozen=True, slots=True, kw_only=True)
class Hotspot:
    """Many cases of one kind in one place: seven days against what is expected (metrics 4.7)."""

    area: str
    category: str
    cases: int
    expected: float
    ratio: float
    colour: Colour


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
    hotspot: Hotspot | None = None
    title: str = ""
    ask: str = ""
    confirmed: bool = False
