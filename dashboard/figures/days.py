"""The last local days, each cut at today's clock time so that it compares with today so far."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import BigInteger, ColumnElement, case, type_coerce
from sqlalchemy.sql.expression import FromClause

from dashboard.figures.dimension import Dimension, even_step, instant_of, spans
from dashboard.figures.period import SECOND, Period, days_until, same_time
from dashboard.figures.population import Population


@dataclass(frozen=True, slots=True)
class Days:
    """Two spans a day, until today's clock time and the rest; today has the first alone."""

    starts: tuple[datetime, ...]
    end: datetime

    @classmethod
    def until(cls, as_of: datetime, days: int, zone: ZoneInfo) -> "Days":
        """The last `days` days with today, which ends with `as_of`."""
        midnights = days_until(as_of, days, zone)
        cuts = same_time(as_of, midnights)
        starts = [start for pair in zip(midnights, cuts, strict=False) for start in pair]
        return cls((*starts, midnights[-1]), as_of + SECOND)

    @property
    def period(self) -> Period:
        """From the first midnight to now."""
        return Period(self.starts[0], self.end)

    @property
    def midnights(self) -> tuple[datetime, ...]:
        """When the days begin, oldest first."""
        return self.starts[::2]

    @property
    def dimension(self) -> Dimension:
        """Group by span; `so_far` and `whole` read what comes back."""
        step = even_step(self.midnights)
        if step is None:
            return spans(self.starts)
        first = int(self.midnights[0].timestamp())
        passed = int((self.end - self.midnights[-1]).total_seconds())

        def key(rows: FromClause, population: Population, _: datetime) -> ColumnElement[Any]:
            """Of days of one length: the day's place twice, and one more after the clock time."""
            since = type_coerce(instant_of(rows, population), BigInteger) - first
            return since // step * 2 + case((since % step >= passed, 1), else_=0)

        return Dimension("span", key)

    def so_far(self, counts: Mapping[int, int]) -> tuple[int, ...]:
        """Count per day from its midnight to today's clock time, oldest first."""
        return tuple(counts.get(place, 0) for place in range(0, len(self.starts), 2))

    def whole(self, counts: Mapping[int, int]) -> tuple[int, ...]:
        """Count per day, oldest first; today's is so far."""
        places = range(0, len(self.starts), 2)
        return tuple(counts.get(place, 0) + counts.get(place + 1, 0) for place in places)
