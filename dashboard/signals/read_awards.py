"""What units did in a period, for the two awards: every part is a figure of the catalogue."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from dashboard.figures.catalogue.due import DECIDED, ON_TIME_RATE, RESOLUTION_RATE_DUE
from dashboard.figures.catalogue.flow import RECEIVED
from dashboard.figures.catalogue.league import UNIT_RETURN_RATE
from dashboard.figures.catalogue.rates import FOLLOW_UP_RATE, SATISFACTION_RATE
from dashboard.figures.catalogue.signals import (
    OVERDUE_MAJOR,
    RED_ORDERS,
    UNEXPLAINED,
    YELLOW_ORDERS,
)
from dashboard.figures.catalogue.stock import OVERDUE
from dashboard.figures.catalogue.times import HANDLING_TIME, PROMPT_RESPONSE_RATE
from dashboard.figures.cell import Cell
from dashboard.figures.figure import Figure
from dashboard.figures.filters import EVERY
from dashboard.figures.measure import measure
from dashboard.figures.period import Period
from dashboard.figures.spread import spreads
from dashboard.figures.view import View
from dashboard.settings import AwardRule
from dashboard.signals.awards import Performance, Score, award
from dashboard.signals.units import Kind, units

PARTS: Mapping[str, Figure] = {
    "on_time": ON_TIME_RATE,
    "resolution": RESOLUTION_RATE_DUE,
    "satisfaction": SATISFACTION_RATE,
    "response": PROMPT_RESPONSE_RATE,
    "returns": UNIT_RETURN_RATE,
    "follow_up": FOLLOW_UP_RATE,
}
"""The figure behind each part of a score; of `returns` the share that was not given back counts."""

DEDUCTIONS: Mapping[str, Figure] = {
    "yellow_orders": YELLOW_ORDERS,
    "red_orders": RED_ORDERS,
    "overdue_open": OVERDUE,
    "overdue_unexplained": UNEXPLAINED,
}
"""The figure behind each deduction."""

STOCK = (OVERDUE, UNEXPLAINED, OVERDUE_MAJOR)
ORDERS = (YELLOW_ORDERS, RED_ORDERS)

Found: TypeAlias = Mapping[Figure, Mapping[str, Cell]]


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardReading:
    """The units' scores; `rule` None: the centre has set none, and nobody is scored."""

    kind: Kind
    rule: AwardRule | None
    scores: tuple[Score, ...]
    period: Period


def read_awards(
    view: View, kind: Kind, rule: AwardRule | None, period: Period, before: Period
) -> AwardReading:
    """Score the units of a kind over a period; `before` is the period before it.

    The view's filters do not apply. What is overdue is counted as of the view: for a period that
    is over, look at its end.
    """
    if rule is None:
        return AwardReading(kind=kind, rule=None, scores=(), period=period)
    performances = read_performances(view.narrowed(EVERY), kind, period, before)
    return AwardReading(kind=kind, rule=rule, scores=award(performances, rule), period=period)


def read_performances(
    view: View, kind: Kind, period: Period, before: Period
) -> tuple[Performance, ...]:
    """Measure what every unit of a kind did."""
    counted = (*PARTS.values(), DECIDED, RECEIVED, *STOCK)
    found = _by_unit(measure(view, counted, (kind.dimension,), period))
    found |= _by_unit(measure(view, ORDERS, (kind.of_case,), period))
    earlier = _by_unit(measure(view, (RED_ORDERS,), (kind.of_case,), before))
    times = {
        key[0]: spread.median
        for key, spread in spreads(view, HANDLING_TIME, (kind.dimension,), period).items()
    }
    return tuple(
        replace(
            _performance(unit, found),
            red_orders_before=_count(earlier, RED_ORDERS, unit),
            handling_minutes=times.get(unit),
        )
        for unit in units(view.connection, kind, view.scope)
    )


def _by_unit(
    cells: Mapping[Figure, Mapping[tuple[str | None, ...], Cell]],
) -> dict[Figure, dict[str, Cell]]:
    return {
        figure: {key[0]: cell for key, cell in by_key.items() if key[0] is not None}
        for figure, by_key in cells.items()
    }


def _count(found: Found, figure: Figure, unit: str) -> int:
    cell = found[figure].get(unit)
    return 0 if cell is None else cell.numerator


def _performance(unit: str, found: Found) -> Performance:
    rates: dict[str, float | None] = {}
    for name, figure in PARTS.items():
        cell = found[figure].get(unit)
        rates[name] = None if cell is None else cell.ratio
    back = rates["returns"]
    rates["returns"] = None if back is None else 1 - back
    return Performance(
        unit=unit,
        due=_count(found, DECIDED, unit),
        accepted=_count(found, RECEIVED, unit),
        rates=rates,
        yellow_orders=_count(found, YELLOW_ORDERS, unit),
        red_orders=_count(found, RED_ORDERS, unit),
        red_orders_before=0,
        overdue_open=_count(found, OVERDUE, unit),
        overdue_unexplained=_count(found, UNEXPLAINED, unit),
        overdue_major=_count(found, OVERDUE_MAJOR, unit),
        handling_minutes=None,
    )
