"""Read the inspections done and the departments called in an issue's span."""

from dashboard.briefing.field_work import Calls, Inspections
from dashboard.briefing.read_overall import cells_of
from dashboard.figures.catalogue.beside import CALLED_TO, INSPECTED, INSPECTED_FINDING, NOT_COME
from dashboard.figures.catalogue.times import ARRIVAL_TIME
from dashboard.figures.period import Period
from dashboard.figures.view import View


def read_inspections(view: View, period: Period) -> Inspections:
    """Count what was inspected."""
    cells = cells_of(view, (INSPECTED, INSPECTED_FINDING), period)
    return Inspections(done=cells[INSPECTED].numerator, finding=cells[INSPECTED_FINDING].numerator)


def read_calls(view: View, period: Period) -> Calls:
    """Count who was called, and how long it took them to come."""
    cells = cells_of(view, (CALLED_TO, NOT_COME, ARRIVAL_TIME), period)
    return Calls(
        raised=cells[CALLED_TO].numerator,
        arrival_s=cells[ARRIVAL_TIME].ratio,
        waiting=cells[NOT_COME].numerator,
    )
