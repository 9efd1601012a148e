"""What a leader asks: about which rows, over which period, as of which past."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

from dashboard.calendar import local_day
from dashboard.figures.choice import PeriodChoice, PeriodKind
from dashboard.figures.filters import Filters

Known = Literal["now", "then"] | datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """The whole state of a leader's page; an address says it and nothing else does.

    `as_of` None is now. `known` "then" leaves out what was recorded after `as_of`, an instant what
    was recorded after it: a paper is about a day that is over, and knows what came in until sealed.
    """

    period: PeriodChoice
    filters: Filters = field(default_factory=Filters)
    as_of: datetime | None = None
    known: Known = "now"

    @property
    def known_at(self) -> datetime | None:
        """By when what counts was recorded; None: by now."""
        if self.known == "now" or self.as_of is None:
            return None
        return self.as_of if self.known == "then" else self.known

    @classmethod
    def default(cls, now: datetime, zone: ZoneInfo) -> "Question":
        """The running month, everything, now."""
        return cls(period=PeriodChoice.containing(PeriodKind.MONTH, local_day(now, zone)))

    def about(self, **filters: Any) -> "Question":  # noqa: ANN401 -- fields of Filters
        """Ask the same with some filters changed."""
        return replace(self, filters=replace(self.filters, **filters))

    def over(self, period: PeriodChoice) -> "Question":
        """Ask the same of another period."""
        return replace(self, period=period)

    def at(self, as_of: datetime | None, known: Known = "now") -> "Question":
        """Ask the same as of another instant."""
        return replace(self, as_of=as_of, known=known)
