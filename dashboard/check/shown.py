"""What the screens show: every figure measured as they measure it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, select

from dashboard.cases.rules import Rules
from dashboard.check.tally import Key, Middle, Values
from dashboard.check.window import Window
from dashboard.database import tables
from dashboard.figures.catalogue import FIGURES
from dashboard.figures.cell import Cell
from dashboard.figures.composition import Part
from dashboard.figures.dimension import DEPARTMENT, TOWNSHIP, Dimension, spans
from dashboard.figures.figure import Figure
from dashboard.figures.filters import Filters
from dashboard.figures.measure import measure
from dashboard.figures.parts import candidate_test, part_test
from dashboard.figures.period import Period
from dashboard.figures.spread import spreads
from dashboard.figures.view import View, view_at

COLUMNS = {"township": ("township_code", TOWNSHIP), "department": ("lead_dept_id", DEPARTMENT)}
FILTERED = {"township": "area_code", "department": "lead_dept_id"}
"""The column by which a filter finds the rows of a unit."""


@dataclass(slots=True)
class Shown:
    """What is shown of every figure that is not nothing; of amounts median and 90th percentile."""

    cells: dict[Key, Values] = field(default_factory=dict)
    middles: dict[Key, Middle] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Screens:
    """Measures through the views of a window; `units` are those that can be asked by name."""

    connection: Connection
    window: Window
    rules: Rules
    units: dict[str, tuple[str, ...]]

    @classmethod
    def of(cls, connection: Connection, window: Window, rules: Rules) -> "Screens":
        """Look up the townships and departments there are."""
        area, department = tables.area, tables.department
        named = select(area.c.area_code).where(area.c.level == "township")
        units = {
            "township": tuple(connection.scalars(named.order_by(area.c.area_code))),
            "department": tuple(connection.scalars(select(department.c.dept_id))),
        }
        return cls(connection, window, rules, units)

    def view(self, at: datetime) -> View:
        """Look as of an instant."""
        return view_at(self.connection, at, rules=lambda: self.rules)

    def read(self) -> Shown:
        """Ask for every figure of every unit in every span, all days of a flow at once."""
        found, window = Shown(), self.window
        flowing = [figure for figure in FIGURES if figure.population.instant is not None]
        standing = [figure for figure in FIGURES if figure.population.instant is None]
        for span, at in enumerate(window.moments):
            self._ask(found, self.view(at), standing, lambda _, span=span: span)  # type: ignore[misc]
        view, whole = self.view(window.as_of), Period(window.starts[0], window.end)
        days = spans(window.starts)
        self._ask(found, view, flowing, lambda key: int(key[0]), first=(days,), period=whole)
        self._ask(found, view, flowing, lambda _: window.month, period=window.running)
        return found

    def _ask(  # noqa: PLR0913 -- what, and where it is put
        self,
        found: Shown,
        view: View,
        figures: Sequence[Figure],
        span_of: Callable[[tuple[Any, ...]], int],
        *,
        first: tuple[Dimension, ...] = (),
        period: Period | None = None,
    ) -> None:
        for kind, unit, seen, chosen, by in self._ways(view, figures):
            for figure, cells in measure(seen, chosen, (*first, *by), period).items():
                for key, cell in cells.items():
                    at = Key(figure.id, span_of(key), kind, key[-1] if by else unit)
                    found.cells[at] = _values(cell)
            for figure in chosen:
                if figure.amount is None:
                    continue
                for key, spread in spreads(seen, figure, (*first, *by), period).items():
                    at = Key(figure.id, span_of(key), kind, key[-1] if by else unit)
                    found.middles[at] = spread.median, spread.p90

    def _ways(
        self, view: View, figures: Sequence[Figure]
    ) -> Iterator[tuple[str, str, View, list[Figure], tuple[Dimension, ...]]]:
        """Yield how to ask for the whole and for units: by a column, else through a filter."""
        yield "whole", "", view, list(figures), ()
        for kind, (column, dimension) in COLUMNS.items():
            by_column = [one for one in figures if has_column(one, column)]
            others = [
                one for one in figures if not has_column(one, column) and can_be_asked(one, kind)
            ]
            if by_column:
                yield kind, "", view, by_column, (dimension,)
            for unit in self.units[kind] if others else ():
                yield kind, unit, view.narrowed(_only(kind, unit)), others, ()

    def asked(self, key: Key, figure: Figure) -> bool:
        """Tell whether the screens can be asked for a unit of a figure at all."""
        if key.kind == "whole" or has_column(figure, COLUMNS[key.kind][0]):
            return True
        return key.unit in self.units[key.kind]

    def number(self) -> int:
        """Count what is asked for: figures that come to nothing everywhere among it."""
        return sum(
            (1 + sum(len(self.units[kind]) for kind in COLUMNS if can_be_asked(figure, kind)))
            * (len(self.window.days) + (figure.population.instant is not None))
            * (1 if figure.amount is None else 3)
            for figure in FIGURES
        )

    def counted_cases(self, key: Key, figure: Figure) -> set[int]:
        """Return the cases in a figure's numerator."""
        table = figure.population.table
        name = "id" if table is tables.cases else "case_id"
        if name not in table.c:
            return set()
        flow, window = figure.population.instant is not None, self.window
        view = self.view(window.as_of if flow else window.moments[key.span])
        period = None
        if flow:
            starts = (*window.starts, window.end)
            month = key.span == window.month
            period = window.running if month else Period(starts[key.span], starts[key.span + 1])
        rows = view.rows(table)
        tests = []
        if key.kind != "whole" and has_column(figure, COLUMNS[key.kind][0]):
            tests = [rows.c[COLUMNS[key.kind][0]].is_not_distinct_from(key.unit)]
        elif key.kind != "whole":
            view = view.narrowed(_only(key.kind, key.unit or ""))
        where = and_(
            candidate_test(view, figure, period), part_test(view, figure, Part.COUNTED), *tests
        )
        return set(self.connection.scalars(select(rows.c[name]).where(where)))


def has_column(figure: Figure, column: str) -> bool:
    """Tell whether the rows of a figure say themselves whose they are."""
    return column in figure.population.table.c


def can_be_asked(figure: Figure, kind: str) -> bool:
    """Tell whether the rows of a figure can belong to a unit at all, by themselves or a case."""
    columns = figure.population.table.c
    return "case_id" in columns or COLUMNS[kind][0] in columns or FILTERED[kind] in columns


def _only(kind: str, unit: str) -> Filters:
    if kind == "township":
        return Filters(area=unit)
    return Filters(departments=frozenset({unit}))


def _values(cell: Cell) -> Values:
    return cell.numerator, cell.denominator or 0
