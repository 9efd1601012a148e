"""Every figure any screen shows, one row each; its words are `figure.<id>.name` and `.definition`.

A count is the cases of `population` that hold `numerator` (all of them without one). A rate divides
it by those that hold `denominator`; a mean divides the sum of `amount` over the counted cases by
their number.
"""

from dataclasses import dataclass
from enum import StrEnum

from dashboard.figures import conditions
from dashboard.figures.conditions import Amount, Condition
from dashboard.figures.population import (
    ACCEPTED,
    CLOSED,
    DUE,
    HAND_OVERS,
    HAZARDS,
    INTELLIGENCE,
    OPEN,
    Population,
)


class Unit(StrEnum):
    """What a figure counts or measures."""

    CASE = "case"
    ITEM = "item"
    POINT = "point"
    EVENT = "event"
    SHARE = "share"
    SECOND = "second"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One definition; `source` says where it was taken from."""

    id: str
    unit: Unit
    population: Population
    numerator: Condition | None = None
    denominator: Condition | None = None
    amount: Amount | None = None
    source: str


RECEIVED = Figure(id="accepted", unit=Unit.CASE, population=ACCEPTED, source="metrics 4.1")
FINISHED = Figure(id="closed", unit=Unit.CASE, population=CLOSED, source="metrics 4.1")
IN_HAND = Figure(id="open", unit=Unit.CASE, population=OPEN, source="metrics 4.1")
OVERDUE = Figure(
    id="overdue",
    unit=Unit.CASE,
    population=OPEN,
    numerator=conditions.overdue,
    source="metrics 4.2, 4.6",
)
RED = Figure(
    id="red", unit=Unit.CASE, population=OPEN, numerator=conditions.overdue, source="metrics 4.6"
)
YELLOW = Figure(
    id="yellow", unit=Unit.CASE, population=OPEN, numerator=conditions.yellow, source="metrics 4.6"
)
BLUE = Figure(
    id="blue", unit=Unit.CASE, population=OPEN, numerator=conditions.blue, source="metrics 4.6"
)
RECENT = Figure(
    id="recent", unit=Unit.CASE, population=OPEN, numerator=conditions.recent, source="design 3"
)
SUPERVISED = Figure(
    id="supervised",
    unit=Unit.CASE,
    population=OPEN,
    numerator=conditions.supervised,
    source="model 3.5",
)
STAGE_TIME = Figure(
    id="stage_time",
    unit=Unit.SECOND,
    population=OPEN,
    amount=conditions.time_in_stage,
    source="design 3",
)
ON_TIME_RATE = Figure(
    id="on_time_rate",
    unit=Unit.SHARE,
    population=DUE,
    numerator=conditions.met,
    denominator=conditions.decided,
    source="metrics 4.2, league-tables 3",
)
PENDING = Figure(
    id="pending",
    unit=Unit.CASE,
    population=DUE,
    numerator=conditions.pending,
    source="league-tables 3",
)
INTELLIGENCE_RECEIVED = Figure(
    id="intelligence", unit=Unit.ITEM, population=INTELLIGENCE, source="model 3.4"
)
HAZARDS_STANDING = Figure(id="hazards", unit=Unit.POINT, population=HAZARDS, source="model 3.4")
HANDED_OVER = Figure(id="hand_overs", unit=Unit.EVENT, population=HAND_OVERS, source="model 3.5")


@dataclass(frozen=True, slots=True)
class Derived:
    """Something the board works out from figures; it has words, but no population of its own."""

    id: str
    source: str


DERIVED = (
    Derived("delta", "metrics 4.5"),
    Derived("trend", "design 3"),
    Derived("usual", "design 3"),
    Derived("rank", "league-tables 3, design 3"),
)

FIGURES = (
    RECEIVED,
    FINISHED,
    IN_HAND,
    OVERDUE,
    RED,
    YELLOW,
    BLUE,
    RECENT,
    SUPERVISED,
    STAGE_TIME,
    ON_TIME_RATE,
    PENDING,
    INTELLIGENCE_RECEIVED,
    HAZARDS_STANDING,
    HANDED_OVER,
)
