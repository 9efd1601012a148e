"""Every figure any screen shows, one row each; its words are `figure.<id>.name` and `.definition`.

One chapter a file; what screens work out from figures has words too, but no population of its own.
"""

from dataclasses import dataclass

from dashboard.figures.catalogue import (
    beside,
    due,
    flow,
    gaming,
    league,
    levels,
    rates,
    repeats,
    signals,
    stock,
    times,
)
from dashboard.figures.figure import Figure

FIGURES: tuple[Figure, ...] = (
    *flow.FIGURES,
    *stock.FIGURES,
    *due.FIGURES,
    *rates.FIGURES,
    *times.FIGURES,
    *levels.FIGURES,
    *repeats.FIGURES,
    *league.FIGURES,
    *gaming.FIGURES,
    *signals.FIGURES,
    *beside.FIGURES,
)


@dataclass(frozen=True, slots=True)
class Derived:
    """Something the screens work out from figures; it has words, but no population of its own."""

    id: str
    source: str


DERIVED = (
    Derived("delta", "metrics 4.5"),
    Derived("trend", "design 3"),
    Derived("usual", "design 3"),
    Derived("band", "league-tables 5.4"),
    Derived("rank_range", "league-tables 5.4"),
    Derived("time_to_close", "league-tables 2"),
    Derived("month_end_rate", "asks, idea 10"),
    Derived("hotspot", "metrics 4.7"),
    Derived("pressure_index", "metrics 4.8"),
    Derived("award_score", "metrics 4.9"),
    Derived("grid_points", "metrics 4.10"),
    Derived("resolution_rate_period", "metrics 4.2 (period)"),
    Derived("persons", "asks, idea 15"),
)


def by_id(name: str) -> Figure:
    """Return the figure with an id.

    Raises:
        KeyError: no figure has it.
    """
    return {figure.id: figure for figure in FIGURES}[name]
