"""Reading the hazards of a place."""

from collections import Counter
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, case, null, select
from sqlalchemy.sql.expression import FromClause

from dashboard.database.tables import hazard_point
from dashboard.drilldown.hazards import HazardRow, Hazards
from dashboard.figures.catalogue.stock import HAZARDS_STANDING
from dashboard.figures.dimension import RISK, Dimension
from dashboard.figures.measure import measure
from dashboard.figures.population import HAZARDS, Population
from dashboard.figures.view import View
from dashboard.terms import Risk

ROWS = 8


def read_hazards(view: View) -> Hazards:
    """Count what stands, and list the first where there is anything."""
    counts: Counter[tuple[str, str | None]] = Counter()
    late: Counter[str] = Counter()
    found = measure(view, (HAZARDS_STANDING,), (RISK, STATE, LATE))[HAZARDS_STANDING]
    for (risk, state, is_late), cell in found.items():
        counts[str(risk), state] += cell.numerator
        late[str(risk)] += cell.numerator * is_late
    return Hazards(counts=counts, late=late, rows=_rows(view) if counts else ())


def _state(rows: FromClause, *_: object) -> ColumnElement[Any]:
    return case((rows.c.removed_at.is_(None), rows.c.status), else_=null())


def _late(rows: FromClause, _population: Population, as_of: datetime) -> ColumnElement[Any]:
    return case((rows.c.rectify_due <= as_of, 1), else_=0)


STATE = Dimension("hazard_state", _state)
LATE = Dimension("hazard_late", _late)


def _rows(view: View) -> tuple[HazardRow, ...]:
    c = hazard_point.c
    order = case({str(risk): place for place, risk in enumerate(Risk)}, value=c.risk_level)
    listed = (
        select(
            *(c.hazard_type_code, c.risk_level, c.area_code, c.township_code, c.lead_dept_id),
            *(c.found_at, c.rectify_due),
            _state(hazard_point).label("state"),
        )
        .where(view.members(HAZARDS, None))
        .order_by(order, c.rectify_due.is_(None), c.rectify_due, c.found_at, c.point_id)
        .limit(ROWS)
    )
    return tuple(
        HazardRow(
            kind=row.hazard_type_code,
            risk=row.risk_level,
            area=row.area_code,
            township=row.township_code,
            department=row.lead_dept_id,
            found_at=row.found_at,
            due_at=row.rectify_due,
            state=row.state,
            late=row.rectify_due is not None and row.rectify_due <= view.as_of,
        )
        for row in view.connection.execute(listed)
    )
