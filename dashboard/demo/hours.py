"""When offices work and citizens call: local days as whole UTC seconds, quick enough to plan with."""

from datetime import UTC, date, datetime, timedelta
from random import Random

from dashboard.calendar import WorkCalendar, local_day, start_of

MINUTE, HOUR, DAY = 60, 3600, 86_400

OPENING = (int(8.5 * HOUR), 18 * HOUR)
"""Seconds after midnight between which desks act in the demo; a lunch break is taken out."""

LUNCH = (12 * HOUR, int(14.5 * HOUR))


class Hours:
    """The county's days. Instants are UTC seconds, so that plans are plain arithmetic."""

    def __init__(self, calendar: WorkCalendar) -> None:
        self.calendar = calendar
        self._days: dict[date, tuple[int, bool]] = {}

    def midnight(self, day: date) -> int:
        """Return the second at which the local day begins."""
        return self._day(day)[0]

    def is_working(self, day: date) -> bool:
        """Tell whether offices are open on that day."""
        return self._day(day)[1]

    def day_of(self, at: int) -> date:
        """Return the local day of an instant."""
        return local_day(datetime.fromtimestamp(at, UTC), self.calendar.zone)

    def desk(self, at: int, rng: Random) -> int:
        """Return `at` if desks act then, else a moment soon after they next open."""
        day = self.day_of(at)
        since = at - self.midnight(day)
        if self.is_working(day):
            if since < OPENING[0]:
                return self.midnight(day) + OPENING[0] + rng.randrange(40 * MINUTE)
            if LUNCH[0] <= since < LUNCH[1]:
                return self.midnight(day) + LUNCH[1] + rng.randrange(30 * MINUTE)
            if since < OPENING[1]:
                return at
        day += timedelta(days=1)
        while not self.is_working(day):
            day += timedelta(days=1)
        return self.midnight(day) + OPENING[0] + rng.randrange(90 * MINUTE)

    def desk_before(self, at: int, rng: Random) -> int:
        """Return `at` if desks act then, else a moment shortly before they last closed."""
        day = self.day_of(at)
        since = at - self.midnight(day)
        if self.is_working(day) and since >= OPENING[0]:
            if since >= OPENING[1]:
                return self.midnight(day) + OPENING[1] - rng.randrange(90 * MINUTE)
            if LUNCH[0] <= since < LUNCH[1]:
                return self.midnight(day) + LUNCH[0] - rng.randrange(60 * MINUTE)
            return at
        day -= timedelta(days=1)
        while not self.is_working(day):
            day -= timedelta(days=1)
        return self.midnight(day) + OPENING[1] - rng.randrange(120 * MINUTE)

    def _day(self, day: date) -> tuple[int, bool]:
        known = self._days.get(day)
        if known is None:
            midnight = int(start_of(day, self.calendar.zone).timestamp())
            known = self._days[day] = (midnight, self.calendar.is_working(day))
        return known
