"""The seven sets of rows that figures count in."""

from dataclasses import dataclass

from sqlalchemy import Table

from dashboard.database import tables
from dashboard.figures import conditions
from dashboard.figures.conditions import Condition


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """Rows of `table` that hold `member`; those with an instant column are counted in a period."""

    id: str
    table: Table
    instant: str | None
    member: Condition


OPEN = Population(id="open", table=tables.cases, instant=None, member=conditions.is_open)
ACCEPTED = Population(
    id="accepted", table=tables.cases, instant="accepted_at", member=conditions.counts_in_intake
)
CLOSED = Population(
    id="closed", table=tables.cases, instant="closed_at", member=conditions.is_closed
)
DUE = Population(id="due", table=tables.cases, instant="due_at", member=conditions.in_due_cohort)
INTELLIGENCE = Population(
    id="intelligence",
    table=tables.intelligence_item,
    instant="received_at",
    member=lambda rows, as_of: rows.c.received_at <= as_of,
)
HAZARDS = Population(
    id="hazards", table=tables.hazard_point, instant=None, member=conditions.not_removed
)
HAND_OVERS = Population(
    id="hand_overs", table=tables.case_event, instant="at", member=conditions.handed_over
)

POPULATIONS = (OPEN, ACCEPTED, CLOSED, DUE, INTELLIGENCE, HAZARDS, HAND_OVERS)
