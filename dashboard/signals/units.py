"""The units analyses compare: townships or departments, in their own order."""

from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, select
from sqlalchemy.sql.expression import FromClause

from dashboard.database.tables import area, cases, department
from dashboard.figures.dimension import DEPARTMENT, TOWNSHIP, Dimension
from dashboard.figures.scope import Scope
from dashboard.terms import AreaLevel


class Kind(StrEnum):
    """Which units; they stand in tables of their own."""

    TOWNSHIPS = "townships"
    DEPARTMENTS = "departments"

    @property
    def dimension(self) -> Dimension:
        """What cases are broken down by."""
        return TOWNSHIP if self is Kind.TOWNSHIPS else DEPARTMENT

    @property
    def of_case(self) -> Dimension:
        """The same for rows that know only their case: as that case stands now."""
        column = "township_code" if self is Kind.TOWNSHIPS else "lead_dept_id"
        return Dimension(self.value, lambda rows, _population, _as_of: _of_case(rows, column))


DIGITS = {AreaLevel.COUNTY: 6, AreaLevel.TOWNSHIP: 9}


def areas(
    connection: Connection, scope: Scope, level: AreaLevel = AreaLevel.TOWNSHIP
) -> tuple[str, ...]:
    """Return the codes of the townships, or the counties, in a scope."""
    found = select(area.c.area_code).where(area.c.level == level)
    prefix = scope.area[: DIGITS[level]]
    inside = found.where(area.c.area_code.startswith(prefix, autoescape=True))
    order = (area.c.sort_order, area.c.area_code)
    return tuple(connection.scalars(inside.order_by(*order)))


def units(connection: Connection, kind: Kind, scope: Scope) -> tuple[str, ...]:
    """Return the ids of the units of a kind in a scope."""
    if kind is Kind.TOWNSHIPS:
        return areas(connection, scope)
    found = select(department.c.dept_id).where(department.c.active.is_(True))
    if scope.departments is not None:
        found = found.where(department.c.dept_id.in_(sorted(scope.departments)))
    return tuple(connection.scalars(found.order_by(department.c.sort_order, department.c.dept_id)))


def _of_case(rows: FromClause, column: str) -> ColumnElement[Any]:
    of = cases.alias("of_case")
    return select(of.c[column]).where(of.c.id == rows.c.case_id).scalar_subquery()
