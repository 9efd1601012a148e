"""The application: all wiring. `python app.py` serves it, `app:server` is its WSGI."""

import os
import sys
from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import click
from dash import Dash, html
from dash.development.base_component import Component
from flask import Flask
from sqlalchemy import Connection, Engine, select
from sqlalchemy.exc import SQLAlchemyError
from waitress.server import create_server

from callbacks import delivery, live, pages
from callbacks.build import build_id
from callbacks.clock import shown_clock
from callbacks.paint import Painter
from dashboard.calendar import CalendarError, WorkCalendar
from dashboard.commands.options import utc_now
from dashboard.database.engine import open_engine
from dashboard.database.schema import newest_version, schema_version
from dashboard.database.tables import site
from dashboard.profile import Profile, ProfileError, load_profile
from dashboard.settings import Settings, SettingsError, load_settings
from dashboard.snapshots import history
from dashboard.snapshots.board import Board
from dashboard.snapshots.feed import Feed, NoBoardError
from dashboard.snapshots.read import read_board
from geodata.boundaries import Boundaries, BoundaryError, load_boundaries
from layouts.pages import wall
from layouts.panels import PANELS
from layouts.panels.hazard_map import hazard_map_panel, map_data
from layouts.words import LANGUAGES, Language, Words

CONNECTIONS = 4000
"""Viewers that may hold a connection at once."""


class StartError(Exception):
    """The application cannot start; the message says what to do."""


def create_app(settings: Settings, now: Callable[[], datetime] = utc_now) -> Dash:
    """Wire the application.

    Raises:
        StartError: the database does not answer, or is not of this version.
        ProfileError, CalendarError, BoundaryError: what the settings name cannot be used.
    """
    engine = open_engine(settings.database_url.get_secret_value())
    profile = load_profile(_profile_name(settings, _site_facts(engine)))
    boundaries = _boundaries(settings, profile)
    shown = shown_clock(now, settings.wall.at)
    feed = _feed(settings, profile, engine, now, shown)
    build = build_id(settings, profile)
    words = {language: Words(language, settings.zone) for language in _languages(settings)}

    app = Dash(__name__, title="", update_title="", assets_folder=_assets())
    painters = {
        language: Painter(_panels(), _map_of(boundaries), each) for language, each in words.items()
    }
    live.register(app, feed, painters, build, lambda: shown(now()))
    frames = {language: _frame(settings, profile, language, build) for language in words}

    def draw_wall(language: Language) -> Component:
        mount = hazard_map_panel(boundaries, words[language])
        return wall.layout(words[language], frames[language], _board(feed), mount)

    def missing(language: Language) -> Component:
        return html.P(words[language].text("fault.page"))

    site_map = (pages.Page("/wall", "wall", draw_wall),)
    app.validation_layout = wall.layout(*next((words[each], frames[each]) for each in words), None)
    pages.register(app, site_map, missing, {each: frames[each].centre for each in frames})
    delivery.register(app)
    return app


def _feed(
    settings: Settings,
    profile: Profile,
    engine: Engine,
    now: Callable[[], datetime],
    shown: Callable[[datetime], datetime],
) -> Feed:
    calendar = WorkCalendar.load(settings.zone, settings.calendar_file)

    def read(connection: Connection, as_of: datetime) -> Board:
        return read_board(
            connection, profile=profile, settings=settings, calendar=calendar, as_of=shown(as_of)
        )

    at = settings.wall.at
    scope = history.SCOPE if at is None else f"{history.SCOPE}@{at.isoformat()}"
    return Feed(engine, read, now, every_s=settings.refresh.every_s, scope=scope)


def _board(feed: Feed) -> Board | None:
    try:
        return feed.latest().board
    except NoBoardError:
        return None


def _panels() -> dict[str, Any]:
    return {panel.id: panel.draw for panel in PANELS}


def _map_of(boundaries: Boundaries | None) -> Callable[[Board, Words], object]:
    if boundaries is None:
        return lambda _board, _words: None
    return lambda board, words: map_data(board, boundaries, words)


def _boundaries(settings: Settings, profile: Profile) -> Boundaries | None:
    """Read the map; a place nobody has drawn shows that, a file that is wrong stops the start."""
    try:
        return load_boundaries(profile.area_code, settings.boundaries_file)
    except BoundaryError:
        if settings.boundaries_file is not None:
            raise
        return None


def _languages(settings: Settings) -> tuple[Language, ...]:
    """All languages, the wall's own first: it is the default."""
    return tuple(sorted(LANGUAGES, key=lambda each: each != settings.wall.language))


def _frame(settings: Settings, profile: Profile, language: Language, build: str) -> wall.WallFrame:
    english = language == "en"
    return wall.WallFrame(
        centre=profile.name_en if english else profile.name,
        motto=profile.motto_en if english else profile.motto,
        every_s=settings.refresh.every_s,
        stale_after_s=settings.refresh.stale_after_s,
        night_from=settings.wall.night_from,
        night_until=settings.wall.night_until,
        build=build,
        at=settings.wall.at,
    )


def _assets() -> str:
    return str(Path(wall.__file__).parents[1] / "assets")


def _site_facts(engine: Engine) -> dict[str, Any]:
    """Read what the database says of itself, once it is known to be of this version.

    Raises:
        StartError: it does not answer, has no tables, or those of another version.
    """
    name = engine.url.render_as_string(hide_password=True)
    try:
        version = _version(engine)
        if version is None:
            raise StartError(f"{name} has no tables yet: run `wuqing init` or `wuqing demo`")
        if version != newest_version():
            raise StartError(f"{name} is of version {version}: run `wuqing init` to bring it up")
        with engine.connect() as connection:
            return {row.key: row.value for row in connection.execute(select(site))}
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or error).splitlines()[0]
        raise StartError(f"the database {name} does not answer: {reason}") from None


def _version(engine: Engine) -> str | None:
    file = engine.url.database
    if engine.dialect.name == "sqlite" and file and not Path(file).exists():
        return None  # asking would create it
    return schema_version(engine)


def _profile_name(settings: Settings, facts: dict[str, Any]) -> str:
    """Name the profile: the settings', where they say one, else the database's."""
    if "profile" in settings.model_fields_set:
        return settings.profile
    return str(facts.get("profile", settings.profile))


@cache
def _default_server() -> Flask:
    server: Flask = create_app(load_settings()).server
    return server


def __getattr__(name: str) -> Flask:
    """Make `app:server` for gunicorn when it is asked for, not when a test imports this."""
    if name == "server":
        return _default_server()
    raise AttributeError(name)


@click.command()
@click.option("--settings", "file", type=click.Path(path_type=Path), help="The settings file.")
@click.option("--at", help="The moment to show, as 2011-12-15T14:20-05:00; the clock runs on.")
@click.option("--port", help="Port to listen on; 0 takes a free one.")
@click.option("--demo-live", is_flag=True, help="Let the demo county's day go on.")
def main(file: Path | None, at: str | None, port: str | None, *, demo_live: bool) -> None:
    """Serve the wall."""
    given = {"WUQING_WALL__AT": at, "WUQING_SERVER__PORT": port}
    environment = {**os.environ, **{name: text for name, text in given.items() if text}}
    try:
        settings = load_settings(file, environment)
        app = create_app(settings)
        listener = create_server(
            app.server,
            host=settings.server.host,
            port=settings.server.port,
            threads=settings.server.threads,
            connection_limit=CONNECTIONS,
            asyncore_use_poll=True,
            ident=None,
        )
    except (SettingsError, ProfileError, CalendarError, BoundaryError, StartError) as error:
        sys.exit(_refuse(str(error)))
    except OSError as error:
        sys.exit(_refuse(f"cannot listen on port {settings.server.port}: {error.strerror}"))
    click.echo(f"http://{listener.effective_host}:{listener.effective_port}/wall")
    listener.run()


def _refuse(sentence: str) -> int:
    click.echo(f"wuqing: {sentence}", err=True)
    return 2


if __name__ == "__main__":
    main()
