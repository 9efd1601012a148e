"""Which part of the county a reader may see; applied in one place, `View.rows`."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_, select, true
from sqlalchemy.sql.expression import FromClause


@dataclass(frozen=True, slots=True)
class Scope:
    """An area subtree by the significant digits of its code, and departments; default everything.

    `departments` is None for all of them. What has no department (intelligence items) is seen by
    area alone.
    """

    area: str = ""
    departments: frozenset[str] | None = None

    def condition(self, rows: FromClause, cases: FromClause) -> ColumnElement[bool]:
        """Tell which of `rows` lie in this scope; rows without an area follow their case."""
        if self == EVERYTHING:
            return true()
        if "township_code" not in rows.c:
            inside = select(cases.c.id).where(self.condition(cases, cases))
            of_case: ColumnElement[bool] = rows.c.case_id.in_(inside)
            if "area_code" not in rows.c or self.departments is not None:
                return of_case
            # an order about an area has no case
            own = rows.c.area_code.startswith(self.area, autoescape=True)
            return or_(of_case, and_(rows.c.case_id.is_(None), own))
        tests = [rows.c.area_code.startswith(self.area, autoescape=True)]
        if self.departments is not None and "lead_dept_id" in rows.c:
            tests.append(rows.c.lead_dept_id.in_(sorted(self.departments)))
        return and_(*tests)


EVERYTHING = Scope()
