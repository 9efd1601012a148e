"""What stands beside the cases: intelligence judged and waiting, hazards found and removed."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, literal
from sqlalchemy.sql.expression import FromClause

from dashboard.figures.figure import Figure
from dashboard.figures.population import (
    HAZARDS,
    HAZARDS_FOUND,
    HAZARDS_REMOVED,
    INTELLIGENCE_JUDGED,
    INTELLIGENCE_WAITING,
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

FIGURES = (JUDGED, CONVERTED, WAITING, WAITING_LONG, FOUND, REMOVED, LATE)
