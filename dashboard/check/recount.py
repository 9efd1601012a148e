"""A figure once more, in plain Python, written from its definition and not from its SQL."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from dashboard.check.links import Links

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Moment:
    """As of when a row is judged, and what is known of the cases around it."""

    as_of: datetime
    links: Links


Test = Callable[[Row, Moment], bool]
Amount = Callable[[Row, Moment], int | None]


class Of(StrEnum):
    """What a figure counts: each is folded from the events, or read as it stands beside them."""

    CASE = "case"
    HOLD = "hold"
    EVENT = "event"
    ORDER = "order"
    VISIT = "visit"
    WHISTLE = "whistle"
    HAZARD = "hazard"
    ITEM = "item"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recount:
    """How to count one figure anew.

    Rows that hold `among` belong; `when` is the instant that puts them into a day, None for what
    is in hand at a moment. `base` is the denominator of a rate; `amount` makes it a sum over rows.
    """

    of: Of
    when: str | None
    among: Test
    counted: Test | None = None
    base: Test | None = None
    amount: Amount | None = None

    def values(self, row: Row, moment: Moment) -> tuple[int, int]:
        """Return what a row that belongs adds to the numerator and to the denominator."""
        if self.amount is not None:
            if self.counted is not None and not self.counted(row, moment):
                return 0, 0
            amount = self.amount(row, moment)
            return (0, 0) if amount is None else (amount, 1)
        counted = self.counted is None or self.counted(row, moment)
        return int(counted), int(self.base is not None and self.base(row, moment))
