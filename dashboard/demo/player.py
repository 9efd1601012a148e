"""Playing the script into a database: from where it stands to an instant, in the order of time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine

from dashboard.calendar import WorkCalendar, hour_start, local_day, start_of
from dashboard.cases.rules import Rules, case_rules
from dashboard.centre import Centre as Site
from dashboard.database.engine import writing
from dashboard.demo.county import County, load_county
from dashboard.demo.founding import DemoError
from dashboard.demo.progress import SCRIPT, Progress, read_progress, write_progress
from dashboard.demo.rules import site_facts
from dashboard.demo.script import LONGEST, Script
from dashboard.demo.write import write_acts
from dashboard.drilldown.sealed import close_last_month
from dashboard.figures.choice import PeriodChoice, PeriodKind
from dashboard.profile import Profile, load_profile
from dashboard.settings import Settings
from dashboard.snapshots import history
from dashboard.snapshots.read import read_board

HOUR = timedelta(hours=1)
SLICE = timedelta(days=30)
"""How much is written in one transaction when a long time is played at once."""

HOURS_KEPT = 25
EVENINGS_KEPT = 14
"""Boards of the past the wall compares with: a day of hours, and midnights for its trends."""

MONTHS_CLOSED = 3
"""Months whose league tables are closed at their end, as in a centre that has run for a while."""


Report = Callable[[float, datetime], None]
"""Hears which share is done and up to which instant."""


@dataclass(frozen=True)
class Centre:
    """Who plays: the centre's settings, its profile and its rules."""

    settings: Settings
    profile: Profile
    rules: Rules

    @classmethod
    def of(cls, settings: Settings) -> "Centre":
        """Gather what the settings say, with the demo's own time limits unless they set some."""
        profile = load_profile(settings.profile)
        calendar = WorkCalendar.load(settings.zone, settings.calendar_file)
        deadlines = site_facts(profile.id)["deadlines"]
        return cls(settings, profile, case_rules(settings, profile, calendar, deadlines))


class Player:
    """Plays the script of a database on, and takes it up again wherever somebody left it."""

    def __init__(self, centre: Centre, county: County | None = None) -> None:
        self._centre = centre
        self._county = county or load_county()
        self._script: Script | None = None
        self._of: Progress | None = None

    def step(self, connection: Connection, until: datetime) -> int:
        """Write everything from where the database stands up to `until`; returns how many acts.

        Raises:
            DemoError: the database has no demo, or one of an earlier version.
        """
        progress = standing(connection)
        script, self._script = self._taken_up(progress), None  # lost unless all goes well
        acts = [act for act in script.play(until) if act.what.at > progress.played]
        write_acts(connection, acts, self._centre.rules)
        if until > progress.played:
            write_progress(connection, progress.up_to(until))
        self._script, self._of = script, progress
        return len(acts)

    def next_at(self) -> datetime | None:
        """Return when to step again; None: now, nothing was played yet."""
        return None if self._script is None else self._script.next_at()

    def keep_board(self, connection: Connection, hour: datetime) -> None:
        """Store the board of a full hour, as the wall would have shown it."""
        centre = self._centre
        board = read_board(
            connection,
            profile=centre.profile,
            settings=centre.settings,
            calendar=centre.rules.calendar,
            as_of=hour,
        )
        history.store(connection, board)

    def close_month(self, connection: Connection, end: datetime) -> None:
        """Close the league tables of the month that ends at `end`, as the service does."""
        centre = self._centre
        site = Site(
            settings=centre.settings, profile=centre.profile, calendar=centre.rules.calendar
        )
        close_last_month(connection, site, end)

    def _taken_up(self, progress: Progress) -> Script:
        of = self._of
        same = of is not None and (of.seed, of.begins, of.paces) == (
            progress.seed,
            progress.begins,
            progress.paces,
        )
        if self._script is not None and same:
            return self._script
        calendar = self._centre.rules.calendar
        back = local_day(progress.played - LONGEST, calendar.zone)
        return Script(
            progress.seed,
            max(progress.begins, back),
            progress.paces,
            county=self._county,
            calendar=calendar,
            profile=self._centre.profile,
        )


def standing(connection: Connection) -> Progress:
    """Read how far a database's demo was played.

    Raises:
        DemoError: it has none, or one that an earlier version of the script began.
    """
    progress = read_progress(connection)
    if progress is None:
        raise DemoError("this database has no demo county; build it with `wuqing demo`")
    if progress.script != SCRIPT:
        raise DemoError("this demo county is of an earlier version; `wuqing demo` builds it anew")
    return progress


def play_to(
    engine: Engine,
    player: Player,
    until: datetime,
    calendar: WorkCalendar,
    report: Report = lambda _share, _reached: None,
) -> int:
    """Play from where the database stands to `until`, keeping boards on the way.

    Returns how many acts. Each slice is a transaction: what is interrupted goes on from there the
    next time.

    Raises:
        DemoError: the database has no demo, or one of an earlier version.
    """
    with writing(engine) as connection:
        progress = standing(connection)
    kept, ends = _hours_to_keep(until, calendar), _month_ends(until, calendar)
    acts = 0
    whole = max((until - progress.played).total_seconds(), 1)
    for stop in _stops(progress.played, until, kept | ends):
        with writing(engine) as connection:
            acts += player.step(connection, stop)
            if stop in kept:
                player.keep_board(connection, stop)
            if stop in ends:
                player.close_month(connection, stop)
        report(1 - (until - stop).total_seconds() / whole, stop)
    return acts


def _hours_to_keep(until: datetime, calendar: WorkCalendar) -> frozenset[datetime]:
    today = local_day(until, calendar.zone)
    evenings = (
        hour_start(start_of(today - timedelta(days=back), calendar.zone))
        for back in range(EVENINGS_KEPT)
    )
    hours = (hour_start(until) - back * HOUR for back in range(HOURS_KEPT))
    return frozenset([*evenings, *hours])


def _month_ends(until: datetime, calendar: WorkCalendar) -> frozenset[datetime]:
    """The ends of the last months, whose tables are closed then; later events are corrections."""
    month = PeriodChoice.containing(PeriodKind.MONTH, local_day(until, calendar.zone))
    ends = []
    for _ in range(MONTHS_CLOSED):
        ends.append(month.span(calendar.zone).start)
        month = month.previous()
    return frozenset(ends)


def _stops(after: datetime, until: datetime, kept: frozenset[datetime]) -> list[datetime]:
    stops = {instant for instant in kept if after < instant <= until} | {until}
    slice_end = after + SLICE
    while slice_end < until:
        stops.add(slice_end)
        slice_end += SLICE
    return sorted(stops)
