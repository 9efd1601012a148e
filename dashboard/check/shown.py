"""What the screens show: every figure measured as they measure it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, select

from dashboard.cases.rules import Rules
from dashboard.check.tally import Key, Values
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
from dashboard.figures.view import View, view_at

COLUMNS = {"township": ("township_code", TOWNSHIP), "department": ("lead_dept_id", DEPARTMENT)}


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

    def cells(self) -> Iterator[tuple[Key, Values]]:
        """Yield every figure of every unit and span that is not nothing."""
        flowing = [figure for figure in FIGURES if figure.population.instant is not None]
        standing = [figure for figure in FIGURES if figure.population.instant is None]
        for span, at in enumerate(self.window.moments):
            yield from self._stock(self.view(at), standing, span)
        yield from self._flow(self.view(self.window.as_of), flowing)

    def _stock(
        self, view: View, figures: Sequence[Figure], span: int
    ) -> Iterator[tuple[Key, Values]]:
        for kind, unit, seen, chosen, by in self._ways(view, figures):
            for figure, cells in measure(seen, chosen, by).items():
                for key, cell in cells.items():
                    found = key[-1] if by else unit
                    yield Key(figure.id, span, kind, found), _values(cell)

    def _flow(self, view: View, figures: Sequence[Figure]) -> Iterator[tuple[Key, Values]]:
        window = self.window
        days, whole = spans(window.starts), Period(window.starts[0], window.end)
        for kind, unit, seen, chosen, by in self._ways(view, figures):
            for figure, cells in measure(seen, chosen, (days, *by), whole).items():
                for key, cell in cells.items():
                    found = key[-1] if by else unit
                    yield Key(figure.id, int(key[0]), kind, found), _values(cell)
            for figure, cells in measure(seen, chosen, by, window.running).items():
                for key, cell in cells.items():
                    found = key[-1] if by else unit
                    yield Key(figure.id, window.month, kind, found), _values(cell)

    def _ways(
        self, view: View, figures: Sequence[Figure]
    ) -> Iterator[tuple[str, str, View, list[Figure], tuple[Dimension, ...]]]:
        """Yield how to ask for the whole and for units: by a column, else through a filter."""
        yield "whole", "", view, list(figures), ()
        for kind, (column, dimension) in COLUMNS.items():
            by_column = [one for one in figures if has_column(one, column)]
            others = [one for one in figures if not has_column(one, column)]
            if by_column:
                yield kind, "", view, by_column, (dimension,)
            for unit in self.units[kind] if others else ():
                yield kind, unit, view.narrowed(_only(kind, unit)), others, ()

    def asked(self, key: Key, figure: Figure) -> bool:
        """Tell whether the screens can be asked for a unit of a figure at all."""
        if key.kind == "whole" or has_column(figure, COLUMNS[key.kind][0]):
            return True
        return key.unit in self.units[key.kind]

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


def _only(kind: str, unit: str) -> Filters:
    if kind == "township":
        return Filters(area=unit)
    return Filters(departments=frozenset({unit}))


def _values(cell: Cell) -> Values:
    return cell.numerator, cell.denominator or 0
