"""One deployment: its settings, and what they lead to, checked once at the start."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, select
from sqlalchemy.exc import SQLAlchemyError

from dashboard.briefing.unsealed import read_unsealed
from dashboard.calendar import WorkCalendar
from dashboard.cases.rebuild import stale_projection
from dashboard.centre import Centre
from dashboard.database import tables
from dashboard.database.engine import open_engine
from dashboard.database.limits import Limits
from dashboard.database.row_policies import SERVICE
from dashboard.database.row_rights import blind
from dashboard.database.schema import misfit
from dashboard.database.tripwire import guard
from dashboard.drilldown.sealed import close_last_month
from dashboard.profile import Profile, load_profile
from dashboard.settings import Settings
from dashboard.snapshots import history
from dashboard.snapshots.board import Board
from dashboard.snapshots.feed import Feed
from dashboard.snapshots.read import read_board

Clock = Callable[[], datetime]


class SiteError(Exception):
    """The database cannot be shown; the message says what to do."""


@dataclass(frozen=True, kw_only=True)
class Site:
    """What a server works with. `now` is the real clock, `shown` what the wall makes of it."""

    settings: Settings
    profile: Profile
    calendar: WorkCalendar
    engine: Engine
    now: Clock
    shown: Callable[[datetime], datetime]
    synthetic: bool = False

    @property
    def centre(self) -> Centre:
        """What readers of figures need of it."""
        return Centre(settings=self.settings, profile=self.profile, calendar=self.calendar)

    def feed(self, took: Callable[[float], None] = lambda _: None) -> Feed:
        """Make the feed of the wall, which also closes months; a set day has boards of its own.

        `took` is told how many seconds each board took to compute.
        """

        def read(connection: Connection, as_of: datetime) -> Board:
            began = time.perf_counter()
            board = self._read(connection, as_of)
            took(time.perf_counter() - began)
            return board

        at, every_s = self.settings.wall.at, self.settings.refresh.every_s
        if at is not None:
            scope = f"{history.SCOPE}@{at.isoformat()}"
            return Feed(self.engine, read, self.now, every_s=every_s, scope=scope)
        return Feed(
            self.engine,
            read,
            self.now,
            every_s=every_s,
            each_hour=self._close_month,
            go_on=self._with_late,
        )

    def _close_month(self, connection: Connection, hour: datetime) -> None:
        close_last_month(connection, self.centre, hour)

    def _read(self, connection: Connection, as_of: datetime) -> Board:
        board = read_board(
            connection,
            profile=self.profile,
            settings=self.settings,
            calendar=self.calendar,
            as_of=self.shown(as_of),
        )
        if self.settings.wall.at is not None:  # what is late today is nothing of a set day's
            return board
        return self._with_late(connection, board, as_of)

    def _with_late(self, connection: Connection, board: Board, at: datetime) -> Board:
        return replace(board, unsealed=read_unsealed(connection, self.centre, at))


def open_site(settings: Settings, now: Clock) -> Site:
    """Open the database and read what the settings name.

    The profile is the settings', where they say one, else the database's.

    Raises:
        SiteError: the database does not answer, has no tables, or those of another version.
        ProfileError, CalendarError: what the settings name cannot be used.
    """
    limits = Limits(settings.limits.statement_s, settings.limits.connection_s)
    engine = open_engine(settings.database_url.get_secret_value(), limits)
    facts = _facts(engine)
    name = settings.profile
    if "profile" not in settings.model_fields_set:
        name = str(facts.get("profile", name))
    guard(engine)
    return Site(
        settings=settings,
        profile=load_profile(name),
        calendar=WorkCalendar.load(settings.zone, settings.calendar_file),
        engine=engine,
        now=now,
        shown=shown_clock(now, settings.wall.at),
        synthetic=facts.get("synthetic") is True,
    )


def shown_clock(now: Clock, at: datetime | None) -> Callable[[datetime], datetime]:
    """Return how a real instant is shown: a clock set to `at` runs on from there."""
    if at is None:
        return lambda real: real
    shift = at.replace(microsecond=0) - now().replace(microsecond=0)
    return lambda real: real + shift


def _facts(engine: Engine) -> dict[str, Any]:
    name = engine.url.render_as_string(hide_password=True)
    try:
        why = misfit(engine)
        if why is not None:
            raise SiteError(f"{name} {why}")
        with engine.connect() as connection:
            if stale_projection(connection):
                raise SiteError(f"the cases of {name} are of an older version: run `wuqing init`")
            if blind(connection):
                raise SiteError(f"{name} hides rows from this user: GRANT {SERVICE} to it")
            return {row.key: row.value for row in connection.execute(select(tables.site))}
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or error).splitlines()[0]
        raise SiteError(f"the database {name} does not answer: {reason}") from None
    finally:
        engine.dispose()  # a server that forks must not share a connection with its children
