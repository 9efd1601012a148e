"""How many different people stand behind cases, told by keyed hashes (asks, idea 15)."""

from sqlalchemy import func, select

from dashboard.database.tables import party
from dashboard.figures.comparing import counting
from dashboard.figures.figure import Figure
from dashboard.figures.period import Period
from dashboard.figures.view import View


def persons(view: View, figure: Figure, period: Period | None = None) -> int:
    """Count the distinct parties of the cases a figure counts; parties without a key are unknown.

    People do not add up over parts: who brings two matters is one person in the whole.
    """
    rows = view.rows(figure.population.table)
    counted = [view.members(figure.population, period)]
    if figure.numerator is not None:
        counted.append(figure.numerator(rows, view.as_of))
    keys = func.count(party.c.party_key.distinct())
    # joined and not IN: SQLite would gather and sort the cases before it looks for their parties
    named = rows.join(party, party.c.case_id == rows.c.id)
    with counting(view, [figure]):
        found = view.connection.scalar(select(keys).select_from(named).where(*counted))
    return int(found or 0)
