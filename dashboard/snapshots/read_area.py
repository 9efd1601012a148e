"""Read the few figures of one area, as of one instant."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from dashboard.calendar import WorkCalendar, day_start
from dashboard.database.tables import area
from dashboard.figures.catalogue.flow import RECEIVED
from dashboard.figures.catalogue.stock import IN_HAND, OVERDUE
from dashboard.figures.dimension import TOWNSHIP
from dashboard.figures.measure import Cells, measure
from dashboard.figures.period import SECOND, Period
from dashboard.figures.view import view_at
from dashboard.snapshots.area import AreaSummary
from dashboard.snapshots.board import Name, OnTime
from dashboard.snapshots.read_flow import read_cohort, summed
from dashboard.snapshots.read_place import read_fact
from dashboard.terms import AreaLevel

SHOWN = (AreaLevel.COUNTY, AreaLevel.TOWNSHIP)
"""Levels that can be a place on the map; a prefecture's map shows counties."""


def read_area(
    connection: Connection, code: str, *, calendar: WorkCalendar, as_of: datetime
) -> AreaSummary | None:
    """Read the summary of a township, or of a county with its townships; None if unknown.

    The caller's transaction must show one state to all statements (`engine.reading`).
    """
    row = _row(connection, code)
    if row is None or row.level not in SHOWN:
        return None
    view, zone = view_at(connection, as_of), calendar.zone
    members = _members(connection, code)
    today = Period(day_start(view.as_of, zone), view.as_of + SECOND)
    cells = measure(view, (RECEIVED, IN_HAND, OVERDUE), (TOWNSHIP,), today)
    cohort = read_cohort(view, TOWNSHIP, zone)
    return AreaSummary(
        as_of=view.as_of,
        synthetic=read_fact(connection, "synthetic") is True,
        name=_name(row),
        parents=_parents(connection, row.parent_code),
        accepted_today=_count(cells[RECEIVED], members),
        open=_count(cells[IN_HAND], members),
        overdue=_count(cells[OVERDUE], members),
        on_time=summed(_only(cohort, members)),
    )


def _row(connection: Connection, code: str | None) -> Row[*tuple[Any, ...]] | None:
    columns = (area.c.area_code, area.c.parent_code, area.c.level, area.c.name, area.c.short_name)
    statement = select(*columns, area.c.name_en).where(area.c.area_code == code)
    row: Row[*tuple[Any, ...]] | None = connection.execute(statement).first()
    return row


def _parents(connection: Connection, code: str | None) -> tuple[Name, ...]:
    names: list[Name] = []
    while len(names) < len(AreaLevel) and (row := _row(connection, code)) is not None:
        names.insert(0, _name(row))
        code = row.parent_code
    return tuple(names)


def _members(connection: Connection, code: str) -> frozenset[str]:
    below = select(area.c.area_code).where(area.c.parent_code == code)
    return frozenset({code, *connection.execute(below).scalars()})


def _name(row: Row[*tuple[Any, ...]]) -> Name:
    return Name(code=row.area_code, full=row.name, short=row.short_name, en=row.name_en or row.name)


def _count(cells: Cells, members: frozenset[str]) -> int:
    return sum(cell.numerator for (code,), cell in cells.items() if code in members)


def _only(cohort: Mapping[str | None, OnTime], members: frozenset[str]) -> dict[str | None, OnTime]:
    return {code: on_time for code, on_time in cohort.items() if code in members}
