"""Read a league page: a closed month as it was closed, anything else as it is."""

from dataclasses import replace

from dashboard.cases.rules import Rules
from dashboard.centre import Centre
from dashboard.drilldown.gaming import Gaming
from dashboard.drilldown.league import Columns, League, LeaguePage, Shown
from dashboard.drilldown.league_units import Asked, units_of
from dashboard.drilldown.question import Question
from dashboard.drilldown.read_gaming import read_gaming
from dashboard.drilldown.read_league import read_league
from dashboard.drilldown.sealed import read_sealed
from dashboard.figures.choice import PeriodKind
from dashboard.figures.filters import EVERY, Filters
from dashboard.figures.scope import EVERYTHING, Scope
from dashboard.figures.view import View
from dashboard.league.kind import Kind
from dashboard.snapshots.read_place import read_directory, read_fact

COLUMNS = {
    Shown.FLOW: frozenset[Columns](),
    Shown.RATES: frozenset({Columns.RATES}),
    Shown.TIMES: frozenset({Columns.TIMES}),
    Shown.STATES: frozenset({Columns.STATES}),
}


def read_league_page(
    view: View, centre: Centre, question: Question, kind: Kind, shown: Shown = Shown.FLOW
) -> LeaguePage:
    """Read the page; nothing may be read through `view` afterwards (see `read_league`)."""
    return LeaguePage(
        kind=kind,
        shown=shown,
        directory=read_directory(view, centre.profile, centre.calendar),
        synthetic=read_fact(view.connection, "synthetic") is True,
        found=_found(view, centre, question, kind, shown),
    )


def ranks(scope: Scope, kind: Kind) -> bool:
    """Tell whether somebody sees enough of these units to compare them.

    What comes and goes between townships is counted whatever its department, and the other way
    round: who is bound by the other of the two sees comings without goings.
    """
    return not scope.area if kind is Kind.DEPARTMENTS else scope.departments is None


def unbalanced_by(filters: Filters, kind: Kind) -> tuple[str, str] | None:
    """Name the filter (field of Filters, value) by which the flows of a table cannot balance."""
    if kind is Kind.DEPARTMENTS:
        return ("area", filters.area) if filters.area is not None else None
    return ("department", min(filters.departments)) if filters.departments else None


def _found(
    view: View, centre: Centre, question: Question, kind: Kind, shown: Shown
) -> League | Gaming:
    def rules() -> Rules:
        return centre.rules_of(view.connection)

    asked = Asked.of(centre, kind, units_of(view, centre, kind), question.period)
    if shown is Shown.GAMING:
        return read_gaming(view, asked, centre.zone)
    closed = None
    if _whole_month_now(view, question):
        closed = read_sealed(view.connection, kind, question.period.first, rules)
    return closed or read_league(view, replace(asked, columns=COLUMNS[shown]), rules)


def _whole_month_now(view: View, question: Question) -> bool:
    """Tell whether a question is what a month is closed for: all of it, as known today."""
    unfiltered = question.filters == EVERY and view.scope == EVERYTHING
    return unfiltered and question.as_of is None and question.period.kind is PeriodKind.MONTH
