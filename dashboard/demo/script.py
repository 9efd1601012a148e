"""The demo county's script: everything that happens there, in order of time, the same for a seed.

Building plays the script up to now at once, the live day plays it on as time passes, and catching
up after a night plays what was missed: all three write the same histories.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from heapq import heappop, heappush
from typing import NamedTuple

from dashboard.calendar import WorkCalendar
from dashboard.cases.area import level_of
from dashboard.cases.happening import Happening
from dashboard.demo import duty
from dashboard.demo.arrivals import Arrival, Arrivals, CaseKey
from dashboard.demo.chance import stream
from dashboard.demo.county import County
from dashboard.demo.course import Courses
from dashboard.demo.dangers import Dangers
from dashboard.demo.decisions import decided
from dashboard.demo.grid import Points
from dashboard.demo.grids import Grids
from dashboard.demo.handling import handled_in
from dashboard.demo.hours import Hours
from dashboard.demo.inspections import Inspections
from dashboard.demo.leads import Leads
from dashboard.demo.parties import parties
from dashboard.demo.put import Put
from dashboard.demo.repeats import Repeats
from dashboard.demo.whistles import whistle
from dashboard.profile import Profile
from dashboard.terms import AreaLevel, Channel, Event, Level

LONGEST = timedelta(days=200)
"""No case of the script lasts longer, so that it can be taken up again from that far back."""

DAY = timedelta(days=1)


class Act(NamedTuple):
    """Something that happens at `what.at`: a step of `case`, or a row of another table."""

    case: CaseKey | None
    what: Happening | Put


@dataclass(frozen=True, slots=True)
class Pace:
    """From `since` on the county is `times` as busy."""

    since: datetime
    times: int


class Script:
    """Plays on from one instant to the next; every act comes once."""

    def __init__(  # noqa: PLR0913 -- everything a script is made of
        self,
        seed: int,
        begins: date,
        paces: Sequence[Pace],
        *,
        county: County,
        calendar: WorkCalendar,
        profile: Profile,
    ) -> None:
        self._seed = seed
        self._day = begins
        self._paces = tuple(paces)
        self._hours = Hours(calendar)
        grids = Grids(county)
        self._arrivals = Arrivals(county, self._hours, grids)
        self._courses = Courses(county, self._hours)
        self._dangers = Dangers(county, self._hours, grids)
        self._leads = Leads(county, self._hours, grids, profile)
        self._repeats = Repeats(county, self._hours)
        self._points = Points(self._hours)
        self._inspections = Inspections(county, self._hours, grids, self._points)
        self._pending: list[tuple[int, int, CaseKey | None, Happening | Put]] = []
        self._count = 0
        for ahead in range(duty.KNOWN_AHEAD_DAYS):
            self._roster(begins, ahead)

    def play(self, until: datetime) -> Iterator[Act]:
        """Yield the acts not yet played up to and including `until`, in order of time."""
        end = int(until.timestamp())
        while self._hours.midnight(self._day) <= end:
            self._plan(self._day)
            self._day += DAY
            yield from self._due(min(end, self._hours.midnight(self._day) - 1))
        yield from self._due(end)

    def next_at(self) -> datetime:
        """Return when to look again: at the next act, or when a day begins that is not planned."""
        tomorrow = self._hours.midnight(self._day)
        first = self._pending[0][0] if self._pending else tomorrow
        return datetime.fromtimestamp(min(first, tomorrow), UTC)

    def _due(self, end: int) -> Iterator[Act]:
        while self._pending and self._pending[0][0] <= end:
            _, _, case, what = heappop(self._pending)
            yield Act(case, what)

    def _plan(self, day: date) -> None:
        self._roster(day, duty.KNOWN_AHEAD_DAYS)
        for put in self._dangers.on(day, stream(self._seed, day, "dangers")):
            self._put(put)
        for put in (*self._inspections.on(day), *decided(day, self._hours)):
            self._put(put)
        for copy in range(max((pace.times for pace in self._paces), default=1)):
            kept = self._kept(copy)
            for known, assessed in self._leads.on(
                day, stream(self._seed, day, f"leads{copy}"), copy
            ):
                if kept(int(known.at.timestamp())):
                    self._put(known)
                    self._put(assessed)
            self._cases(day, copy, kept)

    def _cases(self, day: date, copy: int, kept: Callable[[int], bool]) -> None:
        arrivals = self._arrivals.on(day, stream(self._seed, day, f"arrivals{copy}"), copy)
        chance = stream(self._seed, day, f"courses{copy}")
        later = stream(self._seed, day, f"repeats{copy}")
        for arrival in arrivals:
            steps = self._courses.plan(arrival, chance)
            again = self._repeats.of(arrival, later)
            if kept(arrival.at):
                self._case(arrival, steps)
                self._beside(day, arrival, steps)
                if again is not None and steps[1][1].event is Event.ACCEPT:
                    self._case(again, self._courses.plan(again, later))

    def _case(self, arrival: Arrival, steps: Sequence[tuple[int, Happening]]) -> None:
        for at, step in steps:
            self._push(at, arrival.key, step)
        for put in parties(arrival):
            self._put(put)

    def _beside(self, day: date, arrival: Arrival, steps: Sequence[tuple[int, Happening]]) -> None:
        """Put what an accepted case leads to: points of the grid, a call for help."""
        first, (accepted, second) = steps[0][1], steps[1]
        if second.event is not Event.ACCEPT:
            return
        puts = whistle(arrival, accepted)
        if arrival.channel is Channel.GRID_APP:
            area = handled_in(arrival, Level(str(first.facts["level"])))
            settled = level_of(area) is AreaLevel.GRID
            puts += self._points.report(day, arrival, accepted, settled=settled)
        for put in puts:
            self._put(put)

    def _kept(self, copy: int) -> Callable[[int], bool]:
        """Return whether arrivals of the copy count: the first always, others in busier times."""
        if copy == 0:
            return lambda _: True

        def busy(at: int) -> bool:
            began = [pace for pace in self._paces if pace.since.timestamp() <= at]
            return bool(began) and copy < began[-1].times

        return busy

    def _roster(self, day: date, ahead: int) -> None:
        for put in duty.roster(day + ahead * DAY, day, self._hours):
            self._put(put)

    def _put(self, put: Put) -> None:
        self._push(int(put.at.timestamp()), None, put)

    def _push(self, at: int, case: CaseKey | None, what: Happening | Put) -> None:
        self._count += 1
        heappush(self._pending, (at, self._count, case, what))
