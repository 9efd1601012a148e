"""One look into the database: a read transaction, an instant and a scope."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Table, and_
from sqlalchemy.sql.expression import FromClause

from dashboard.database import tables
from dashboard.figures.past import LateRules, cases_at
from dashboard.figures.period import Period
from dashboard.figures.population import Population
from dashboard.figures.scope import EVERYTHING, Scope


@dataclass(frozen=True, slots=True)
class View:
    """What figures are read through: `cases` is the case table as it was at `as_of`."""

    connection: Connection
    as_of: datetime
    cases: FromClause
    scope: Scope

    def rows(self, table: Table) -> FromClause:
        """Return the rows of `table` as they were."""
        return self.cases if table is tables.cases else table

    def members(self, population: Population, period: Period | None) -> ColumnElement[bool]:
        """Tell which rows belong to a population, the period and the scope."""
        rows = self.rows(population.table)
        tests = [self.scope.condition(rows, self.cases)]
        if population.instant is not None and period is not None:
            instant = rows.c[population.instant]
            tests += [instant >= period.start, instant < period.end]
        return and_(population.member(rows, self.as_of), *tests)


def view_at(
    connection: Connection,
    as_of: datetime,
    scope: Scope = EVERYTHING,
    rules: LateRules | None = None,
) -> View:
    """Look at the database as of an instant; fractions of a second are dropped.

    `rules` are for the past: see `cases_at`.
    """
    instant = as_of.replace(microsecond=0)
    return View(connection, instant, cases_at(connection, instant, rules), scope)
