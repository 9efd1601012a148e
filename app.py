"""The application: all wiring. `python app.py` serves it, `app:server` is its WSGI."""

import logging
import os
import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path
from threading import Event, Thread
from typing import Any

import click
from dash import Dash
from dash.development.base_component import Component
from flask import Flask
from flask_caching import Cache
from waitress.server import create_server

from callbacks import delivery, desk, export, leaders, live, pages
from callbacks.build import build_id
from callbacks.paint import Painter
from dashboard.calendar import CalendarError
from dashboard.commands.options import utc_now
from dashboard.drilldown.look import Look
from dashboard.profile import ProfileError
from dashboard.settings import Settings, SettingsError, load_settings
from dashboard.site import Site, SiteError, open_site
from dashboard.snapshots.board import Board
from dashboard.snapshots.feed import Feed, NoBoardError
from geodata.boundaries import Boundaries, BoundaryError, load_boundaries
from geodata.sketch import Sketch, sketch
from layouts.pages import wall
from layouts.panels import PANELS
from layouts.panels.hazard_map import hazard_map_panel, map_data
from layouts.shell import NOT_ON_THE_WALL
from layouts.words import LANGUAGES, Language, Words

SKETCH_PX = 440
"""How wide the map of leaders' pages is drawn; the page scales it."""

CONNECTIONS = 10_000
"""Viewers that may hold a connection at once, if the system lets a process have that many."""

REFUSALS = (SettingsError, ProfileError, CalendarError, BoundaryError, SiteError)


def create_app(settings: Settings, now: Callable[[], datetime] = utc_now) -> Dash:
    """Wire the application; its engine is `server.extensions["engine"]`.

    Raises:
        SiteError, ProfileError, CalendarError, BoundaryError: what it cannot start with.
    """
    site = open_site(settings, now)
    boundaries = _boundaries(site)
    feed, build = site.feed(), build_id(settings, site.profile)
    words = {language: Words(language, settings.zone) for language in _languages(settings)}
    frames = {language: _frame(site, language, build) for language in words}

    app = Dash(
        __name__,
        title="",
        update_title="",
        assets_folder=_assets(),
        assets_ignore=NOT_ON_THE_WALL,
    )
    app.server.extensions["engine"] = site.engine
    draws = {panel.id: panel.draw for panel in PANELS}
    painters = {each: Painter(draws, _map_of(boundaries), words[each]) for each in words}
    live.register(app, feed, painters, build, lambda: site.shown(now()))

    def draw_wall(language: Language) -> Component:
        mount = hazard_map_panel(boundaries, words[language])
        return wall.layout(words[language], frames[language], _board(feed), mount)

    default = next(iter(words))
    app.validation_layout = wall.layout(words[default], frames[default], None)
    drawn = None if boundaries is None else sketch(boundaries, SKETCH_PX)
    asked = _desk(app, site, feed, words, drawn, build)
    desk.register(app, asked, default)
    titles = {each: frames[each].centre for each in words}
    pages.register(app, draw_wall, asked.answer, words, titles)
    delivery.register(app)
    return app


def _desk(  # noqa: PLR0913 -- what pages are made of
    app: Dash,
    site: Site,
    feed: Feed,
    words: Mapping[Language, Words],
    drawn: Sketch | None,
    build: str,
) -> desk.Desk:
    """Wire the leaders' pages; they are as of the board on the wall, so both show the same."""

    def moment() -> datetime:
        return feed.latest().board.as_of

    look = Look(site.engine, site.centre, moment)
    source = leaders.Source(site.centre, look, moment, site.synthetic, drawn)
    pages_of = leaders.Leaders(source, words)
    program = f"wuqing {version('wuqing')} {build}"
    files = export.Exports(site.centre, look, pages_of.asking, site.now, program)
    export.register(app, files, next(iter(words)))
    cache = Cache(app.server, config={"CACHE_TYPE": "SimpleCache", "CACHE_THRESHOLD": 300})
    return desk.Desk(pages_of.pages, pages_of.fault, moment, cache, build)


def _board(feed: Feed) -> Board | None:
    try:
        return feed.latest().board
    except NoBoardError:
        return None


def _map_of(boundaries: Boundaries | None) -> Callable[[Board, Words], Any]:
    if boundaries is None:
        return lambda _board, _words: None
    return lambda board, words: map_data(board, boundaries, words)


def _boundaries(site: Site) -> Boundaries | None:
    """Read the map; a place nobody has drawn shows that, a file that is wrong stops the start."""
    file = site.settings.boundaries_file
    try:
        return load_boundaries(site.profile.area_code, file)
    except BoundaryError:
        if file is not None:
            raise
        return None


def _languages(settings: Settings) -> tuple[Language, ...]:
    """All languages, the wall's own first: it is the default."""
    return tuple(sorted(LANGUAGES, key=lambda each: each != settings.wall.language))


def _frame(site: Site, language: Language, build: str) -> wall.WallFrame:
    settings, profile, english = site.settings, site.profile, language == "en"
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
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    for chatty in ("alembic", "waitress.queue"):
        logging.getLogger(chatty).setLevel(logging.ERROR)
    given = {"WUQING_WALL__AT": at, "WUQING_SERVER__PORT": port}
    environment = {**os.environ, **{name: text for name, text in given.items() if text}}
    try:
        settings = load_settings(file, environment)
        app = create_app(settings)
        if demo_live:
            _go_on(app, settings)
        serve(app.server, settings)
    except REFUSALS as error:
        sys.exit(_refuse(str(error)))
    except OSError as error:
        sys.exit(_refuse(f"cannot listen on port {settings.server.port}: {error.strerror}"))


def serve(server: Flask, settings: Settings) -> None:
    """Serve with waitress until the process ends; prints the address once it listens.

    Raises:
        OSError: the port is taken.
    """
    listener = create_server(
        server,
        host=settings.server.host,
        port=settings.server.port,
        threads=settings.server.threads,
        connection_limit=CONNECTIONS,
        asyncore_use_poll=True,
        ident=None,
    )
    click.echo(f"http://{listener.effective_host}:{listener.effective_port}/wall")
    listener.run()


def _go_on(app: Dash, settings: Settings) -> None:
    from dashboard.demo.live import live as play
    from dashboard.demo.player import Centre

    arguments = (app.server.extensions["engine"], Centre.of(settings), utc_now, Event())
    Thread(target=play, args=arguments, daemon=True, name="demo").start()


def _refuse(sentence: str) -> int:
    click.echo(f"wuqing: {sentence}", err=True)
    return 2


if __name__ == "__main__":
    main()
