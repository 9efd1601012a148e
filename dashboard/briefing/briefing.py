"""A briefing as plain values: what the morning meeting looks at, and what a seal keeps.

Counts are cases unless a name says otherwise. Every number names its figure of the catalogue, so
that a page can open it into its cases. There is no sentence here: texts are made from templates
where a briefing is drawn, in either language, from these values alone.
"""

from dataclasses import dataclass
from datetime import datetime

from dashboard.briefing.added import Added
from dashboard.briefing.case_line import CaseTable, KeyCase, KeyMoves, Turned
from dashboard.briefing.field_work import Calls, Inspections
from dashboard.briefing.issue import Issue
from dashboard.briefing.matter import Hotspot, Matter
from dashboard.briefing.morning import DecisionLine, DutyLine, Today
from dashboard.briefing.overall import Overall
from dashboard.briefing.situation_line import HazardMoves, Intelligence, SituationLine
from dashboard.briefing.unit_line import Orders, ThreeLists, UnitLine
from dashboard.snapshots.board import Directory, SourceState
from dashboard.terms import Channel


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
    inspections: Inspections | None = None
    key_moves: KeyMoves | None = None
    calls: Calls | None = None
    """Papers sealed before these three were counted say nothing of them."""
