"""Reading how much came today, by situation, and whether that is usual for this time of the day."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from dashboard.drilldown.overview import SituationToday
from dashboard.figures import usual
from dashboard.figures.catalogue.flow import RECEIVED
from dashboard.figures.days import Days
from dashboard.figures.dimension import SITUATION
from dashboard.figures.measure import measure
from dashboard.figures.view import View

LINE = 14
"""Days a situation's line goes back, today's among them."""


@dataclass(frozen=True, slots=True)
class Intake:
    """Cases accepted on each of the last days by situation, each day until now's time and after."""

    days: Days
    parts: Mapping[str | None, Mapping[int, int]]

    @property
    def daily(self) -> tuple[int, ...]:
        """All of them by day, today's so far."""
        whole: Counter[int] = Counter()
        for counts in self.parts.values():
            whole.update(counts)
        return self.days.whole(whole)

    def today(self, code: str, since: datetime | None) -> SituationToday:
        """Describe one situation; `since` is how far back the database reaches."""
        counts = self.days.so_far(self.parts.get(code, {}))
        begun = [
            count
            for midnight, count in zip(self.days.midnights, counts, strict=True)
            if since is not None and midnight >= since
        ]
        history = begun[-usual.DAYS - 1 : -1]
        return SituationToday(
            code=code,
            count=counts[-1],
            line=counts[-LINE:],
            band=usual.band(history),
            unusual=usual.unusual(counts[-1], history),
        )


def read_intake(view: View, days: int, zone: ZoneInfo) -> Intake:
    """Read what was accepted on the last days, in one pass over their part of the index."""
    cut = Days.until(view.as_of, days, zone)
    parts: dict[str | None, Counter[int]] = defaultdict(Counter)
    cells = measure(view, (RECEIVED,), (SITUATION, cut.dimension), cut.period)[RECEIVED]
    for (situation, place), cell in cells.items():
        parts[situation][place] += cell.numerator
    return Intake(cut, parts)
