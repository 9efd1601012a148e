"""What stands beside the cases: intelligence, hazards, inspections, calls for departments."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, literal, or_
from sqlalchemy.sql.expression import FromClause

from dashboard.figures.figure import Figure
from dashboard.figures.population import (
    HAZARDS,
    HAZARDS_FOUND,
    HAZARDS_REMOVED,
    INSPECTIONS,
    INTELLIGENCE_JUDGED,
    INTELLIGENCE_WAITING,
    WHISTLES,
)
from dashboard.figures.unit import Unit

LONG = timedelta(hours=24)
"""An item not judged for so long has waited long (screens 5c)."""


def _made_a_case(rows: FromClause, _as_of: datetime) -> ColumnElement[bool]:
    return rows.c.case_id.is_not(None)


def _long(rows: FromClause, as_of: datetime) -> ColumnElement[bool]:
    received = rows.c.received_at
    return received <= literal(as_of - LONG, received.type)


def _late(rows: FromClause, as_of: datetime) -> ColumnElement[bool]:
    return rows.c.rectify_due <= literal(as_of, rows.c.rectify_due.type)


def _found_something(rows: FromClause, _as_of: datetime) -> ColumnElement[bool]:
    return rows.c.found_count > 0


def _not_come(rows: FromClause, as_of: datetime) -> ColumnElement[bool]:
    return or_(rows.c.arrived_at.is_(None), rows.c.arrived_at > as_of)


JUDGED = Figure(
    id="intelligence_judged",
    unit=Unit.ITEM,
    population=INTELLIGENCE_JUDGED,
    source="screens 5c",
)
CONVERTED = Figure(
    id="intelligence_converted",
    unit=Unit.ITEM,
    population=INTELLIGENCE_JUDGED,
    numerator=_made_a_case,
    source="screens 5c",
)
WAITING = Figure(
    id="intelligence_waiting",
    unit=Unit.ITEM,
    population=INTELLIGENCE_WAITING,
    source="screens 5c",
)
WAITING_LONG = Figure(
    id="intelligence_waiting_long",
    unit=Unit.ITEM,
    population=INTELLIGENCE_WAITING,
    numerator=_long,
    source="screens 5c",
)
FOUND = Figure(id="hazards_found", unit=Unit.POINT, population=HAZARDS_FOUND, source="screens 5c")
REMOVED = Figure(
    id="hazards_removed", unit=Unit.POINT, population=HAZARDS_REMOVED, source="screens 5c"
)
LATE = Figure(
    id="hazards_late", unit=Unit.POINT, population=HAZARDS, numerator=_late, source="screens 5c"
)
INSPECTED = Figure(
    id="inspections_done", unit=Unit.EVENT, population=INSPECTIONS, source="screens 5c"
)
INSPECTED_FINDING = Figure(
    id="inspections_finding",
    unit=Unit.EVENT,
    population=INSPECTIONS,
    numerator=_found_something,
    source="screens 5c",
)
CALLED_TO = Figure(id="whistles", unit=Unit.EVENT, population=WHISTLES, source="screens 5c")
NOT_COME = Figure(
    id="whistles_waiting",
    unit=Unit.EVENT,
    population=WHISTLES,
    numerator=_not_come,
    source="screens 5c",
)

FIGURES = (
    JUDGED,
    CONVERTED,
    WAITING,
    WAITING_LONG,
    FOUND,
    REMOVED,
    LATE,
    INSPECTED,
    INSPECTED_FINDING,
    CALLED_TO,
    NOT_COME,
)
