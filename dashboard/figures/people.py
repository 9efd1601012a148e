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
    meant = select(rows.c.id).where(*counted)
    keys = func.count(party.c.party_key.distinct())
    with counting(view, [figure]):
        found = view.connection.scalar(select(keys).where(party.c.case_id.in_(meant)))
    return int(found or 0)
