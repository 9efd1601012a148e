"""Building the demo county, or bringing one that stands up to now."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine

from dashboard.calendar import local_day, start_of
from dashboard.collector import collector_at_rest
from dashboard.database.engine import writing
from dashboard.database.schema import migrate
from dashboard.demo.county import load_county
from dashboard.demo.founding import check, clear, found
from dashboard.demo.player import Centre, Player, Report, play_to
from dashboard.demo.progress import SCRIPT, read_progress
from dashboard.settings import Settings

DAYS_A_YEAR = 365.25

CACHE_KIB = 65_536
"""What SQLite may keep in memory while building; a tenth faster than with its usual 2 MB."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which county to build: the same seed, years and end give the same database."""

    seed: int = 7
    years: float = 2.0


def build(
    engine: Engine,
    settings: Settings,
    until: datetime,
    wanted: Wanted | None = None,
    report: Report = lambda _share, _reached: None,
) -> bool:
    """Build the county up to `until`, or play a standing one on; tells whether it is new.

    A county that stands keeps its own seed and first day; one that an earlier version of the script
    began is cleared away and built anew with them.

    Raises:
        DemoError: the database holds other cases, or the profile is of another place.
    """
    centre, wanted, county = Centre.of(settings), wanted or Wanted(), load_county()
    until, calendar = until.replace(microsecond=0), centre.rules.calendar
    migrate(engine)
    with writing(engine) as connection:
        check(connection, centre.profile)
        if engine.dialect.name == "sqlite":  # for this connection; the pool hands it out again
            connection.exec_driver_sql(f"PRAGMA cache_size = -{CACHE_KIB}")
        old = read_progress(connection)
        new = old is None or old.script != SCRIPT
        if new:
            begins = local_day(until - timedelta(days=wanted.years * DAYS_A_YEAR), calendar.zone)
            seed = wanted.seed
            if old is not None:
                clear(connection)
                begins, seed = old.begins, old.seed
            played = start_of(begins, calendar.zone) - timedelta(seconds=1)
            found(connection, county, centre.profile, seed=seed, begins=begins, played=played)
    with collector_at_rest():
        play_to(engine, Player(centre, county), until, calendar, report)
    return new
