"""What a league is asked for, and figures measured for each of its units."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from dashboard.centre import Centre
from dashboard.drilldown.league import Columns
from dashboard.figures.cell import Cell
from dashboard.figures.choice import PeriodChoice
from dashboard.figures.figure import Figure
from dashboard.figures.measure import measure
from dashboard.figures.measure import total as added
from dashboard.figures.period import Period
from dashboard.figures.view import View
from dashboard.league.balance import Code
from dashboard.league.flow import COUNTIES, DEPARTMENTS, TOWNSHIPS, Hands
from dashboard.league.interval import Share
from dashboard.league.kind import Kind
from dashboard.snapshots.read_place import read_directory

ALL = ""
"""The key of the line that adds the units up; no unit's code is empty."""


def hands_of(kind: Kind, units: Iterable[str | None]) -> Hands:
    """Tell through whose hands cases go: on a prefecture's board its counties are the townships."""
    if kind is Kind.DEPARTMENTS:
        return DEPARTMENTS
    counties = all(code is not None and code.endswith("000000") for code in units)
    return COUNTIES if counties else TOWNSHIPS


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which table: its units in their order, the period and the one before, and the rules."""

    kind: Kind
    units: tuple[str, ...]
    period: Period
    before: Period | None = None
    columns: frozenset[Columns] = frozenset()
    target: float | None = None
    rank_from_due: int = 10

    @classmethod
    def of(
        cls, centre: Centre, kind: Kind, units: tuple[str, ...], period: PeriodChoice
    ) -> "Asked":
        """Ask for these units by the centre's rules, compared with the period before."""
        return cls(
            kind=kind,
            units=units,
            period=period.span(centre.zone),
            before=period.previous().span(centre.zone),
            target=centre.settings.wall.target_on_time_rate,
            rank_from_due=centre.settings.wall.rank_from_due,
        )

    @property
    def hands(self) -> Hands:
        """Whose hands are counted."""
        return hands_of(self.kind, self.units)


def units_of(view: View, centre: Centre, kind: Kind) -> tuple[str, ...]:
    """Return the units of a kind in their own order."""
    directory = read_directory(view, centre.profile, centre.calendar)
    names = directory.townships if kind is Kind.TOWNSHIPS else directory.departments
    return tuple(name.code for name in names)


def share_of(cell: Cell) -> Share:
    """Take a rate's numerator and denominator."""
    return Share(cell.numerator, cell.denominator or 0)


def measured(
    view: View, asked: Asked, figures: Sequence[Figure], period: Period | None = None
) -> dict[Figure, dict[Code, Cell]]:
    """Measure figures for every unit, for nobody and for all."""
    cells = measure(view, figures, (asked.hands.unit,), period)
    return {
        figure: by_unit(asked, {key: cell for (key,), cell in found.items()}, added)
        for figure, found in cells.items()
    }


Value = TypeVar("Value")


def by_unit(
    asked: Asked, found: Mapping[Code, Value], add: Callable[[Iterable[Value]], Value]
) -> dict[Code, Value]:
    """Keep the units of the table and add them up under ALL; codes it lacks are nobody's."""
    kept: dict[Code, Value] = {code: found[code] for code in asked.units if code in found}
    strays = [value for code, value in found.items() if code not in kept]
    kept[ALL] = add(list(kept.values()))
    if strays:
        kept[None] = add(strays)
    return kept
