"""When desks and seats are staffed: local days as whole UTC seconds, to plan with."""

from datetime import UTC, date, datetime, timedelta
from random import Random

from dashboard.calendar import WorkCalendar, local_day, start_of

MINUTE, QUARTER, HOUR, DAY = 60, 900, 3600, 86_400

OPENING = (int(8.5 * HOUR), 18 * HOUR)
"""Seconds after midnight between which desks act in the demo; a lunch break is taken out."""

SEATS = (9 * HOUR, 20 * HOUR)

LUNCH = (12 * HOUR, int(14.5 * HOUR))


class Hours:
    """The county's days. Instants are UTC seconds, so that plans are plain arithmetic."""

    def __init__(self, calendar: WorkCalendar) -> None:
        self.calendar = calendar
        self._days: dict[date, tuple[int, bool]] = {}
        self._quarters: dict[int, date] = {}

    def midnight(self, day: date) -> int:
        """Return the second at which the local day begins."""
        return self._day(day)[0]

    def is_working(self, day: date) -> bool:
        """Tell whether offices are open on that day."""
        return self._day(day)[1]

    def day_of(self, at: int) -> date:
        """Return the local day of an instant."""
        quarter = at // QUARTER  # every zone's midnight is a full quarter of an hour
        day = self._quarters.get(quarter)
        if day is None:
            instant = datetime.fromtimestamp(at, UTC)
            day = self._quarters[quarter] = local_day(instant, self.calendar.zone)
        return day

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

    def seat(self, at: int, rng: Random) -> int:
        """Return `at` if the centre's seats, staffed every day, call people then, else nearby."""
        midnight = self.midnight(self.day_of(at))
        opens, closes = SEATS
        if at < midnight + opens:
            return midnight + opens + rng.randrange(60 * MINUTE)
        if at >= midnight + closes:
            return midnight + closes - rng.randrange(90 * MINUTE)
        return at

    def _day(self, day: date) -> tuple[int, bool]:
        known = self._days.get(day)
        if known is None:
            midnight = int(start_of(day, self.calendar.zone).timestamp())
            known = self._days[day] = (midnight, self.calendar.is_working(day))
        return known
