"""What a figure is: whom it counts in, what it counts, and why the others are left out."""

from dataclasses import dataclass

from dashboard.figures.conditions import Amount, Condition
from dashboard.figures.population import Population, Reason
from dashboard.figures.unit import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One definition; `source` says where it was taken from.

    A count is the rows of `population` that hold `numerator` (all of them without one). A rate
    divides it by those that hold `denominator`, which every counted one must. A mean divides the
    sum of `amount` over the members that hold `numerator` by their number. `counted`, `rest` and
    `outside` are reasons that split the three parts for who asks why; the first that holds counts.
    A figure that `compares` asks of a case whether its party or place had others, of whomever.
    """

    id: str
    unit: Unit
    population: Population
    numerator: Condition | None = None
    denominator: Condition | None = None
    amount: Amount | None = None
    counted: tuple[Reason, ...] = ()
    rest: tuple[Reason, ...] = ()
    outside: tuple[Reason, ...] = ()
    compares: bool = False
    source: str
