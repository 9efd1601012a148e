"""Weak points from the case database, each a figure that opens into its cases."""

from dataclasses import dataclass

from dashboard.figures.catalogue.league import UNIT_RETURN_RATE
from dashboard.figures.catalogue.signals import MISSED_VISITS, PETITION_HITS, REPEAT_CALLS
from dashboard.figures.catalogue.stock import OVERDUE_SHARE
from dashboard.figures.figure import Figure
from dashboard.figures.filters import EVERY
from dashboard.figures.measure import measure
from dashboard.figures.period import Period
from dashboard.figures.view import View
from dashboard.signals.units import Kind, units
from dashboard.signals.weak_points import UnitWeaknesses, Weakness, largest, weaknesses

INDICATORS: tuple[Figure, ...] = (
    REPEAT_CALLS,
    PETITION_HITS,
    OVERDUE_SHARE,
    UNIT_RETURN_RATE,
    MISSED_VISITS,
)
"""In the order they are shown; an indicator is named by its figure's id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WeakPointReading:
    """The units of a kind with their indicators, and the three largest deviations of all."""

    kind: Kind
    units: tuple[UnitWeaknesses, ...]
    largest: tuple[tuple[str, Weakness], ...]
    period: Period


def read_weak_points(view: View, kind: Kind, period: Period) -> WeakPointReading:
    """Compare the units of a kind over a period; what is overdue is counted as of the view.

    The view's filters do not apply: a unit is measured against all others. Visits are a township's
    alone.
    """
    view = view.narrowed(EVERY)
    figures = [
        figure for figure in INDICATORS if kind is Kind.TOWNSHIPS or figure is not MISSED_VISITS
    ]
    cells = measure(view, figures, (kind.dimension,), period)
    counts = {
        figure.id: {
            key[0]: (cell.numerator, cell.denominator or 0)
            for key, cell in cells[figure].items()
            if key[0] is not None
        }
        for figure in figures
    }
    found = weaknesses(counts, units(view.connection, kind, view.scope))
    return WeakPointReading(kind=kind, units=found, largest=largest(found), period=period)
