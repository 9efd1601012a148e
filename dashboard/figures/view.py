"""One look into the database: a read transaction, an instant, a scope and filters."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Table, and_, true
from sqlalchemy.sql.expression import FromClause

from dashboard.database import tables
from dashboard.database.row_security import reach_back
from dashboard.database.tripwire import for_itself
from dashboard.figures.filtering import filtered
from dashboard.figures.filters import EVERY, Filters
from dashboard.figures.past import LateRules, Past, past
from dashboard.figures.period import Period
from dashboard.figures.population import Population
from dashboard.figures.scope import EVERYTHING, Scope
from dashboard.figures.scoping import scoped
from dashboard.figures.sensitive import BUILT_IN


@dataclass(frozen=True, slots=True)
class View:
    """What figures are read through: the tables as they were at `as_of`.

    `known_at` None: with everything known by now. A case among others is not named by a category
    that is `sensitive` (docs/decisions/012).
    """

    connection: Connection
    as_of: datetime
    past: Past
    scope: Scope
    filters: Filters = EVERY
    known_at: datetime | None = None
    sensitive: frozenset[str] = BUILT_IN

    @property
    def cases(self) -> FromClause:
        """The case table as it was."""
        return self.past.cases

    def narrowed(self, filters: Filters) -> "View":
        """Look at the same moment through other filters."""
        return replace(self, filters=filters)

    def rows(self, table: Table) -> FromClause:
        """Return the rows of `table` as they were."""
        if table is tables.cases:
            return self.past.cases
        return self.past.holds if table is tables.case_hold else table

    def layers(self, table: Table) -> Iterator[tuple["View", ColumnElement[bool]]]:
        """Yield views of single tables, and which rows of each are those of `table` as they were.

        What adds up is sooner read from them: of a union, databases do not aggregate the parts.
        """
        rows, then = self.rows(table), self.past
        if rows not in then.layers:
            yield self, true()
        for layer in then.layers.get(rows, ()):
            of_cases, own = table is tables.cases, layer.rows
            past = replace(then, cases=own) if of_cases else replace(then, holds=own)
            yield replace(self, past=past), layer.counted

    def scoped(self, rows: FromClause) -> ColumnElement[bool]:
        """Tell which of `rows` lie in the scope; whatever is read past `candidates` needs it."""
        return scoped(self.scope, rows, self.cases)

    def members(self, population: Population, period: Period | None) -> ColumnElement[bool]:
        """Tell which rows belong to a population, the period, the scope and the filters."""
        return and_(
            population.member(self.rows(population.table), self.as_of),
            self.candidates(population, period),
        )

    def candidates(self, population: Population, period: Period | None) -> ColumnElement[bool]:
        """Tell which rows lie in the period, the scope and the filters, members or not."""
        rows = self.rows(population.table)
        tests = [self.scoped(rows)]
        tests.append(filtered(self.filters, rows, self.cases, self.as_of))
        if population.instant is not None and period is not None:
            instant = rows.c[population.instant]
            tests += [instant >= period.start, instant < period.end]
        if population.table is tables.case_event:
            tests.append(rows.c.at <= self.as_of)
            if self.known_at is not None:
                tests.append(rows.c.recorded_at <= self.known_at)
        return and_(*tests)


def view_at(  # noqa: PLR0913 -- whose, when, as known when, about what
    connection: Connection,
    as_of: datetime,
    scope: Scope = EVERYTHING,
    *,
    rules: LateRules | None = None,
    filters: Filters = EVERY,
    known_at: datetime | None = None,
    sensitive: frozenset[str] = BUILT_IN,
) -> View:
    """Look at the database as of an instant; fractions of a second are dropped.

    `known_at` leaves out what was recorded later: with `as_of` it is what a screen showed then.
    `rules` are for the past: see `past`.
    """
    instant = as_of.replace(microsecond=0)
    known = None if known_at is None else known_at.replace(microsecond=0)
    with for_itself(connection):
        then = past(connection, instant, known, rules)
    if then.cases is not tables.cases:
        reach_back(connection)
    return View(connection, instant, then, scope, filters, known, sensitive)
