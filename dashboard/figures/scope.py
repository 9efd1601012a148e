"""Which part of the county a reader may see; applied in one place, `View.rows`."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, select, true
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
        if "area_code" not in rows.c:
            inside = select(cases.c.id).where(self.condition(cases, cases))
            return rows.c.case_id.in_(inside)
        tests = [rows.c.area_code.startswith(self.area, autoescape=True)]
        if self.departments is not None and "lead_dept_id" in rows.c:
            tests.append(rows.c.lead_dept_id.in_(sorted(self.departments)))
        return and_(*tests)


EVERYTHING = Scope()
