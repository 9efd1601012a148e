"""The five situations: today, the last 24 hours, what is usual, the newest item."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from dashboard.figures import usual
from dashboard.figures.catalogue.flow import INTELLIGENCE_RECEIVED, RECEIVED
from dashboard.figures.days import Days
from dashboard.figures.dimension import HOUR, SITUATION
from dashboard.figures.measure import measure
from dashboard.figures.period import Period, hours_until
from dashboard.figures.view import View
from dashboard.snapshots.board import SituationCount, Tally
from dashboard.snapshots.read_flow import flow
from dashboard.snapshots.read_lists import read_newest
from dashboard.snapshots.read_place import Known
from dashboard.terms import Situation

HOURS = 24
ONE_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Intake:
    """Cases accepted today and on the 28 days before, by situation.

    `parts` are counts by span of `days`, `hourly` by the first instant of a clock hour; `since` is
    the hour of the oldest case among them, where the history begins.
    """

    days: Days
    parts: Mapping[str | None, Mapping[int, int]]
    hourly: Mapping[str | None, Mapping[datetime, int]]
    since: datetime | None

    @property
    def tally(self) -> Tally:
        """All situations, and cases without one."""
        whole: Counter[int] = Counter()
        for counts in self.parts.values():
            whole.update(counts)
        return flow(self.days, whole)

    def today(self, situation: Situation) -> tuple[Tally, str | None]:
        """One situation's day so far, and whether it is unusual for this time of the day."""
        counts = self.parts[situation]
        *earlier, now = zip(self.days.midnights, self.days.so_far(counts), strict=True)
        history = [count for midnight, count in earlier if self._known(midnight)]
        return flow(self.days, counts), usual.unusual(now[1], history)

    def hours(self, situation: Situation, hours: Iterable[datetime]) -> tuple[int, ...]:
        """One situation's count of each hour."""
        return tuple(self.hourly[situation].get(hour, 0) for hour in hours)

    def band(
        self, situation: Situation, earlier: Iterable[Sequence[datetime]]
    ) -> tuple[tuple[float, float], ...] | None:
        """What is usual for each hour, by the same hours earlier; None unless all are known."""
        bands = [usual.band(self.hours(situation, filter(self._known, hours))) for hours in earlier]
        known = tuple(limits for limits in bands if limits is not None)
        return known if len(known) == len(bands) else None

    def newest_hours(self, situations: Iterable[Situation]) -> dict[Situation, Period]:
        """The hour in which each situation that has any case at all accepted its newest."""
        begun = {code: max(self.hourly[code]) for code in situations if self.hourly[code]}
        return {code: Period(hour, hour + ONE_HOUR) for code, hour in begun.items()}

    def _known(self, instant: datetime) -> bool:
        return self.since is not None and instant >= self.since


def read_intake(view: View, zone: ZoneInfo) -> Intake:
    """Read what was accepted today and on the 28 days before."""
    days = Days.until(view.as_of, usual.DAYS + 1, zone)
    parts: dict[str | None, Counter[int]] = defaultdict(Counter)
    hourly: dict[str | None, Counter[datetime]] = defaultdict(Counter)
    cells = measure(view, (RECEIVED,), (SITUATION, days.dimension, HOUR), days.period)[RECEIVED]
    for (situation, place, hour), cell in cells.items():
        parts[situation][place] += cell.numerator
        hourly[situation][hour] += cell.numerator
    since = min((hour for counts in hourly.values() for hour in counts), default=None)
    return Intake(days, parts, hourly, since)


def read_situations(
    view: View, intake: Intake, situations: Sequence[Situation], zone: ZoneInfo, known: Known
) -> tuple[SituationCount, ...]:
    """Describe each situation in the order given."""
    hours = hours_until(view.as_of, HOURS)
    earlier = [_same_hour_before(hour, zone) for hour in hours]
    today = Period(intake.days.midnights[-1], intake.days.end)
    items = measure(view, (INTELLIGENCE_RECEIVED,), (SITUATION,), today)[INTELLIGENCE_RECEIVED]
    newest = read_newest(view, intake.newest_hours(situations), known)

    def describe(code: Situation) -> SituationCount:
        tally, unusual = intake.today(code)
        received = items.get((code,))
        return SituationCount(
            code=code,
            cases=tally.value,
            delta=tally.delta,
            intelligence=0 if received is None else received.numerator,
            hours=intake.hours(code, hours),
            band=intake.band(code, earlier),
            unusual=unusual,
            newest=newest.get(code),
        )

    return tuple(describe(code) for code in situations)


def _same_hour_before(hour: datetime, zone: ZoneInfo) -> tuple[datetime, ...]:
    clock = hour.astimezone(zone)
    days = range(1, usual.DAYS + 1)
    return tuple((clock - timedelta(days=back)).astimezone(UTC) for back in days)
