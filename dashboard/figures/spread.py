"""How a measured amount is spread: mean, median and 90th percentile, in one statement."""

from collections.abc import Sequence
from math import ceil
from typing import Any, TypeAlias

from sqlalchemy import func, or_, select, true

from dashboard.figures.cell import Spread
from dashboard.figures.dimension import Dimension
from dashboard.figures.figure import Figure
from dashboard.figures.period import Period
from dashboard.figures.view import View

Key: TypeAlias = tuple[Any, ...]


def spreads(
    view: View, figure: Figure, by: Sequence[Dimension] = (), period: Period | None = None
) -> dict[Key, Spread]:
    """Spread the amounts of a figure for every key that occurs; a key without amounts is missing.

    The database ranks the amounts and gives back at most four a key, whatever their number.
    """
    if figure.amount is None:
        raise ValueError(f"figure {figure.id} measures no amount")
    rows = view.rows(figure.population.table)
    amount = figure.amount(rows, view.as_of)
    counted = true() if figure.numerator is None else figure.numerator(rows, view.as_of)
    keys = [
        dimension.key(rows, figure.population, view.as_of).label(f"key_{place}")
        for place, dimension in enumerate(by)
    ]
    amounts = (
        select(*keys, amount.label("amount"))
        .where(view.members(figure.population, period), counted, amount.is_not(None))
        .subquery()
    )
    names = [amounts.c[key.name] for key in keys]
    keyed = names or None
    ranked = select(
        *names,
        amounts.c.amount,
        func.row_number().over(partition_by=keyed, order_by=amounts.c.amount).label("place"),
        func.count().over(partition_by=keyed).label("n"),
        func.sum(amounts.c.amount).over(partition_by=keyed).label("total"),
    ).subquery()
    place, n = ranked.c.place, ranked.c.n
    wanted = or_(place == (n + 1) // 2, place == n // 2 + 1, place == (n * 9 + 9) // 10)
    found: dict[Key, tuple[int, float, dict[int, float]]] = {}
    for row in view.connection.execute(select(ranked).where(wanted)):
        key = tuple(row[: len(keys)])
        found.setdefault(key, (row.n, float(row.total), {}))[2][row.place] = float(row.amount)
    return {key: _spread(*parts) for key, parts in found.items()}


def _spread(n: int, total: float, at: dict[int, float]) -> Spread:
    median = (at[(n + 1) // 2] + at[n // 2 + 1]) / 2
    return Spread(n=n, mean=total / n, median=median, p90=at[ceil(n * 9 / 10)])
