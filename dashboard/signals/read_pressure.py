"""The pressure index from the case database: the seven days that end yesterday."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from sqlalchemy import select

from dashboard.calendar import WorkCalendar
from dashboard.database.tables import area
from dashboard.figures.catalogue.flow import RECEIVED
from dashboard.figures.dimension import RISK, SITUATION, TOWNSHIP
from dashboard.figures.filters import EVERY
from dashboard.figures.measure import measure
from dashboard.figures.period import Period
from dashboard.figures.view import View
from dashboard.profile import Profile
from dashboard.signals.pressure import UNASSESSED, WEIGHTS, Load, Pressure, pressure
from dashboard.signals.units import areas
from dashboard.signals.windows import windows_until
from dashboard.terms import Risk, Situation


@dataclass(frozen=True, slots=True, kw_only=True)
class PressureReading:
    """The townships' indices over `period`; those of `refused` have counts and no index."""

    areas: tuple[Pressure, ...]
    period: Period

    @property
    def refused(self) -> tuple[str, ...]:
        """The areas nobody knows the inhabitants of."""
        return tuple(one.area for one in self.areas if one.index is None)


def read_pressure(view: View, profile: Profile, calendar: WorkCalendar) -> PressureReading:
    """Compare the townships by what was accepted for each of the profile's situations.

    The view's filters do not apply: an area is measured against all others.
    """
    view = view.narrowed(EVERY)
    period = windows_until(view.as_of, calendar, None).current
    cells = measure(view, (RECEIVED,), (TOWNSHIP, SITUATION, RISK), period)[RECEIVED]
    counts: dict[str, Counter[Situation]] = defaultdict(Counter)
    weights: dict[str, Counter[Situation]] = defaultdict(Counter)
    for (town, situation, risk), cell in cells.items():
        if town is not None and situation is not None:
            weight = UNASSESSED if risk is None else WEIGHTS[Risk(risk)]
            counts[town][Situation(situation)] += cell.numerator
            weights[town][Situation(situation)] += cell.numerator * weight
    people = {
        row.area_code: row
        for row in view.connection.execute(
            select(area.c.area_code, area.c.population, area.c.households)
        )
    }
    loads = [
        Load(
            area=town,
            counts=counts[town],
            weights=weights[town],
            population=people[town].population,
            households=people[town].households,
        )
        for town in areas(view.connection, view.scope)
    ]
    found = pressure(loads, profile.situations, profile.pressure_weights)
    return PressureReading(areas=found, period=period)
