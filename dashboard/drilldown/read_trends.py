"""The two trends of a leader's page: the last days, and the months up to the period's end."""

from collections.abc import Callable
from datetime import date, datetime
from itertools import pairwise
from statistics import quantiles
from typing import TypeAlias
from zoneinfo import ZoneInfo

from dashboard.calendar import local_day, start_of
from dashboard.centre import Centre
from dashboard.drilldown.overview import Daily, Monthly
from dashboard.drilldown.read_today import Intake
from dashboard.drilldown.subject import Subject
from dashboard.figures.catalogue.flow import FINISHED, RECEIVED
from dashboard.figures.cell import Cell
from dashboard.figures.choice import PeriodChoice, PeriodKind
from dashboard.figures.dimension import Dimension, spans
from dashboard.figures.figure import Figure
from dashboard.figures.measure import measure
from dashboard.figures.period import SECOND, Period, days_until
from dashboard.figures.view import View

DAYS, MONTHS = 30, 12
FEW_PEERS = 4
"""With fewer peers there is no middle half."""

OnTimeIn: TypeAlias = Callable[[Period], Cell]
"""Measures what of the cases due in a period was closed on time."""


def read_daily(
    own: View, group: View, subject: Subject, centre: Centre, intake: Intake | None
) -> Daily:
    """Count by day; what was accepted is not counted once more where `intake` knows it."""
    midnights = days_until(own.as_of, DAYS, centre.zone)
    period = Period(midnights[0], own.as_of + SECOND)
    by = spans(midnights)
    counts = measure(own, (FINISHED,) if intake else (RECEIVED, FINISHED), (by,), period)

    def line(figure: Figure) -> tuple[int, ...]:
        cells = counts[figure]
        return tuple(cells.get((place,), Cell()).numerator for place in range(DAYS))

    return Daily(
        days=tuple(local_day(midnight, centre.zone) for midnight in midnights),
        accepted=intake.daily if intake else line(RECEIVED),
        closed=line(FINISHED),
        band=_band(group, subject, by, period) if len(subject.peers) >= FEW_PEERS else (),
    )


def _band(
    group: View, subject: Subject, by: Dimension, period: Period
) -> tuple[tuple[float, float], ...]:
    cells = measure(group, (RECEIVED,), (subject.among, by), period)[RECEIVED]
    codes = [name.code for name in subject.peers]
    pairs = []
    for place in range(DAYS):
        values = [cells.get((code, place), Cell()).numerator for code in codes]
        low, _, high = quantiles(values, n=4, method="inclusive")
        pairs.append((low, high))
    return tuple(pairs)


def read_monthly(
    on_time: OnTimeIn, as_of: datetime, zone: ZoneInfo, period: PeriodChoice
) -> Monthly:
    """Measure the months up to the one in which the period ends, or as far as it has come."""
    last = min(local_day(as_of, zone), period.last)
    month = PeriodChoice.containing(PeriodKind.MONTH, last)
    months: list[date] = []
    end = month.span(zone).end
    for _ in range(MONTHS):
        months.insert(0, month.first)
        month = month.previous()
    starts = [start_of(first, zone) for first in months]
    # a statement a month: grouping a year of cases by month takes twice as long as twelve ranges
    cells = tuple(on_time(Period(*ends)) for ends in pairwise((*starts, end)))
    return Monthly(months=tuple(months), cells=cells)
