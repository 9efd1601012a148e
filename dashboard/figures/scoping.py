"""A scope as a condition on rows; applied in one place, `View.scoped`."""

from sqlalchemy import ColumnElement, String, and_, bindparam, literal, or_, select, true
from sqlalchemy.sql.expression import FromClause

from dashboard.database.tripwire import AREA, DEPARTMENTS
from dashboard.figures.scope import EVERYTHING, Scope


def scoped(scope: Scope, rows: FromClause, cases: FromClause) -> ColumnElement[bool]:
    """Tell which of `rows` lie in a scope; rows without an area follow their case.

    What bounds it travels as parameters of known names, by which the tripwire sees that a
    statement is bound.
    """
    if scope == EVERYTHING:
        return true()
    if "township_code" not in rows.c:
        inside = select(cases.c.id).where(scoped(scope, cases, cases))
        of_case: ColumnElement[bool] = rows.c.case_id.in_(inside)
        if "area_code" not in rows.c or scope.departments is not None:
            return of_case
        # an order about an area has no case
        return or_(of_case, and_(rows.c.case_id.is_(None), _in_area(scope, rows)))
    tests = [_in_area(scope, rows)] if scope.area else []
    if scope.departments is not None:
        tests.append(_of_departments(scope.departments, rows))
    return and_(*tests)


def _in_area(scope: Scope, rows: FromClause) -> ColumnElement[bool]:
    found: ColumnElement[bool] = rows.c.area_code.like(bindparam(AREA, f"{scope.area}%"))
    return found


def _of_departments(departments: frozenset[str], rows: FromClause) -> ColumnElement[bool]:
    """What belongs to no department is nobody's who is bound to one."""
    unit: ColumnElement[str | None] = rows.c.get("lead_dept_id", literal(None, String))
    return unit.in_(bindparam(DEPARTMENTS, sorted(departments), expanding=True))
