"""Count figures over any dimensions, one statement per population."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from operator import add
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Function, Select, func, select, union_all

from dashboard.figures.cell import Cell
from dashboard.figures.comparing import counting
from dashboard.figures.conditions import Condition
from dashboard.figures.dimension import Dimension
from dashboard.figures.figure import Figure
from dashboard.figures.period import Period
from dashboard.figures.view import View

Key: TypeAlias = tuple[Any, ...]


Cells: TypeAlias = Mapping[Key, Cell]


def measure(
    view: View,
    figures: Sequence[Figure],
    by: Sequence[Dimension] = (),
    period: Period | None = None,
) -> dict[Figure, Cells]:
    """Count every figure for every key that occurs; a key has one member for each dimension.

    `period` binds the figures whose population has an instant. Without dimensions there is one
    key, `()`. Keys are in no order.
    """
    cells: dict[Figure, Cells] = {}
    for population in dict.fromkeys(figure.population for figure in figures):
        chosen = [figure for figure in figures if figure.population is population]
        cells |= _measure_one(view, chosen, by, period)
    return cells


def total(cells: Iterable[Cell]) -> Cell:
    """Add cells of one figure."""
    return reduce(add, cells, Cell())


def _measure_one(
    view: View, figures: Sequence[Figure], by: Sequence[Dimension], period: Period | None
) -> dict[Figure, Cells]:
    layers = view.layers(figures[0].population.table)
    counts = [_counting(layer, figures, by, period).where(counted) for layer, counted in layers]
    with counting(view, figures):
        found = view.connection.execute(union_all(*counts) if counts[1:] else counts[0]).all()
    cells: dict[Figure, dict[Key, Cell]] = {figure: {} for figure in figures}
    for row in found:
        key, values = tuple(row[: len(by)]), iter(row[len(by) :])
        for figure in figures:
            cell, of_figure = _cell(figure, values), cells[figure]
            of_figure[key] = of_figure[key] + cell if key in of_figure else cell
    return dict(cells)


def _counting(
    view: View, figures: Sequence[Figure], by: Sequence[Dimension], period: Period | None
) -> Select[Any]:
    population = figures[0].population
    rows = view.rows(population.table)
    keys = [
        dimension.key(rows, population, view.as_of).label(f"key_{place}")
        for place, dimension in enumerate(by)
    ]
    values = [value for figure in figures for value in _values(figure, view)]
    statement = select(*keys, *values).select_from(rows).where(view.members(population, period))
    # by label: PostgreSQL would not see that two expressions with bound values are the same
    return statement.group_by(*(key.name for key in keys))


def _values(figure: Figure, view: View) -> Iterator[ColumnElement[int]]:
    rows = view.rows(figure.population.table)

    def of(function: Function[Any], condition: Condition | None) -> ColumnElement[Any]:
        # no CASE inside: PostgreSQL counts a fifth slower by it
        return function if condition is None else function.filter(condition(rows, view.as_of))

    if figure.amount is None:
        yield of(func.count(), figure.numerator)
        if figure.denominator is not None:
            yield of(func.count(), figure.denominator)
    else:
        amount = figure.amount(rows, view.as_of)
        yield of(func.sum(amount), figure.numerator)
        yield of(func.count(amount), figure.numerator)


def _cell(figure: Figure, counts: Iterator[Any]) -> Cell:
    numerator = int(next(counts) or 0)  # PostgreSQL sums to Decimal, and nothing to NULL
    if figure.amount is None and figure.denominator is None:
        return Cell(numerator)
    return Cell(numerator, int(next(counts)))
