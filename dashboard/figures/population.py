"""The sets of rows that figures count in, and why a row that might belong is left out."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Table, and_
from sqlalchemy.sql.expression import FromClause

from dashboard.database import tables
from dashboard.figures import conditions
from dashboard.figures.conditions import Condition
from dashboard.figures.lacking import lacks


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a row stands where it stands; its words are `reason.<id>`."""

    id: str
    holds: Condition


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """Rows of `table` that hold `base` and none of `exclusions`.

    Those with an instant column are counted in a period.
    """

    id: str
    table: Table
    instant: str | None
    base: Condition
    exclusions: tuple[Reason, ...] = ()

    def member(self, rows: FromClause, as_of: datetime) -> ColumnElement[bool]:
        """Tell which rows belong."""
        base = self.base(rows, as_of)
        if not self.exclusions:
            return base
        return and_(base, lacks(*(reason.holds(rows, as_of) for reason in self.exclusions)))


NOT_ACCEPTED = Reason("not_accepted", conditions.not_accepted)
MERGED = Reason("merged", conditions.merged)
WITHDRAWN = Reason("withdrawn", conditions.withdrawn)
UNFOUNDED = Reason("unfounded", conditions.excluded_as("unfounded"))
BEYOND_AUTHORITY = Reason("beyond_authority", conditions.excluded_as("beyond_authority"))
ENQUIRY = Reason("enquiry", conditions.excluded_as("enquiry"))

OPEN = Population(id="open", table=tables.cases, instant=None, base=conditions.is_open)
ACCEPTED = Population(
    id="accepted",
    table=tables.cases,
    instant="accepted_at",
    base=conditions.was_accepted,
    exclusions=(NOT_ACCEPTED, MERGED),
)
CALLS = Population(
    id="calls",
    table=tables.cases,
    instant="accepted_at",
    base=conditions.was_accepted,
    exclusions=(NOT_ACCEPTED,),
)
PETITIONS = Population(
    id="petitions",
    table=tables.cases,
    instant="accepted_at",
    base=conditions.is_petition,
    exclusions=(NOT_ACCEPTED, MERGED),
)
CLOSED = Population(id="closed", table=tables.cases, instant="closed_at", base=conditions.is_closed)
DUE = Population(
    id="due",
    table=tables.cases,
    instant="due_at",
    base=conditions.was_accepted,
    exclusions=(NOT_ACCEPTED, MERGED, WITHDRAWN, UNFOUNDED, BEYOND_AUTHORITY, ENQUIRY),
)
DISPATCHED = Population(
    id="dispatched",
    table=tables.cases,
    instant="first_dispatched_at",
    base=conditions.was_accepted,
    exclusions=(NOT_ACCEPTED, MERGED),
)
FIRST_CLOSED = Population(
    id="first_closed",
    table=tables.cases,
    instant="first_closed_at",
    base=conditions.was_accepted,
    exclusions=(NOT_ACCEPTED, MERGED),
)
REPORTED = Population(
    id="reported",
    table=tables.cases,
    instant=None,
    base=conditions.awaits_acceptance,
)
INTELLIGENCE = Population(
    id="intelligence",
    table=tables.intelligence_item,
    instant="received_at",
    base=lambda rows, as_of: rows.c.received_at <= as_of,
)
INTELLIGENCE_JUDGED = Population(
    id="intelligence_judged",
    table=tables.intelligence_item,
    instant="assessed_at",
    base=lambda rows, as_of: and_(rows.c.received_at <= as_of, rows.c.assessed_at <= as_of),
)
INTELLIGENCE_WAITING = Population(
    id="intelligence_waiting",
    table=tables.intelligence_item,
    instant=None,
    base=conditions.not_judged,
)
HAZARDS_FOUND = Population(
    id="hazards_found",
    table=tables.hazard_point,
    instant="found_at",
    base=lambda rows, as_of: rows.c.found_at <= as_of,
)
HAZARDS_REMOVED = Population(
    id="hazards_removed",
    table=tables.hazard_point,
    instant="removed_at",
    base=lambda rows, as_of: and_(rows.c.found_at <= as_of, rows.c.removed_at <= as_of),
)
HAZARDS = Population(
    id="hazards", table=tables.hazard_point, instant=None, base=conditions.not_removed
)
HAND_OVERS = Population(
    id="hand_overs", table=tables.case_event, instant="at", base=conditions.handed_over
)
HOLDS_BEGUN = Population(
    id="holds_begun",
    table=tables.case_hold,
    instant="from_at",
    base=lambda rows, as_of: rows.c.from_at <= as_of,
)
HOLDS_ENDED = Population(
    id="holds_ended",
    table=tables.case_hold,
    instant="until_at",
    base=lambda rows, as_of: rows.c.until_at <= as_of,
)
HOLDING = Population(id="holding", table=tables.case_hold, instant=None, base=conditions.is_held)
HOLDS_DISPATCHED = Population(
    id="holds_dispatched",
    table=tables.case_hold,
    instant="dispatched_at",
    base=lambda rows, as_of: rows.c.dispatched_at <= as_of,
)
ORDERS_REPLIED = Population(
    id="orders_replied",
    table=tables.supervision_order,
    instant="replied_at",
    base=lambda rows, as_of: rows.c.replied_at <= as_of,
)
REOPENED_OPEN = Population(
    id="reopened_open",
    table=tables.cases,
    instant="reopened_at",
    base=lambda rows, as_of: and_(conditions.is_open(rows, as_of), rows.c.reopened_at.is_not(None)),
)
INSPECTIONS = Population(
    id="inspections",
    table=tables.inspection_task,
    instant="done_at",
    base=lambda rows, as_of: rows.c.done_at <= as_of,
)
WHISTLES = Population(
    id="whistles",
    table=tables.whistle,
    instant="raised_at",
    base=lambda rows, as_of: rows.c.raised_at <= as_of,
)

POPULATIONS = (
    OPEN,
    ACCEPTED,
    CALLS,
    PETITIONS,
    CLOSED,
    DUE,
    DISPATCHED,
    FIRST_CLOSED,
    REPORTED,
    INTELLIGENCE,
    INTELLIGENCE_JUDGED,
    INTELLIGENCE_WAITING,
    HAZARDS,
    HAZARDS_FOUND,
    HAZARDS_REMOVED,
    HAND_OVERS,
    HOLDS_BEGUN,
    HOLDS_ENDED,
    HOLDING,
    HOLDS_DISPATCHED,
    ORDERS_REPLIED,
    REOPENED_OPEN,
    INSPECTIONS,
    WHISTLES,
)
