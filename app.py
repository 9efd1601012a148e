"""The application: all wiring. `python app.py` serves it, `app:server` is its WSGI."""

import os
import sys
from collections.abc import Callable
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from typing import Any

import click
from dash import Dash
from dash.development.base_component import Component
from flask import Flask

from callbacks import (
    answering,
    delivery,
    desk,
    failing,
    gate,
    health,
    live,
    metrics,
    noting,
    pages,
    pair,
    screens,
    sign_in,
    sign_on,
    unavailable,
)
from callbacks.build import build_id
from callbacks.home import home_of
from callbacks.paint import Painter
from callbacks.screen_pass import ScreenPass
from callbacks.serving import become_several, refuse_debugging, serve
from callbacks.wiring.beside import get_ready, go_on, seal_by_itself
from callbacks.wiring.desk import breakers_of, desk_of, kept_of
from callbacks.wiring.way_in import booth_of, entrance_of, frame_of, languages_of, sign_on_of
from dashboard.access.door import Door
from dashboard.access.guessable import refuse_guessable
from dashboard.access.screens import Screens
from dashboard.calendar import CalendarError
from dashboard.collector import set_apart
from dashboard.commands.options import utc_now
from dashboard.demo.links import DemoLinkError
from dashboard.operations.log_lines import set_up_log
from dashboard.operations.meters import Meters
from dashboard.operations.readiness import Readiness
from dashboard.operations.several import refuse_several
from dashboard.operations.sqlite_version import refuse_race
from dashboard.operations.state import State
from dashboard.profile import ProfileError
from dashboard.settings import Settings, SettingsError, load_settings
from dashboard.site import Site, SiteError, open_site
from dashboard.snapshots.board import Board
from dashboard.snapshots.feed import Feed, NoBoardError
from geodata.boundaries import Boundaries, BoundaryError, load_boundaries
from geodata.sketch import sketch
from layouts.pages import wall
from layouts.panels import PANELS
from layouts.panels.hazard_map import hazard_map_panel, map_data
from layouts.shell import NOT_ON_THE_WALL
from layouts.words import Language, Words

SKETCH_PX = 440
"""How wide the map of leaders' pages is drawn; the page scales it."""

REFUSALS = (SettingsError, ProfileError, CalendarError, BoundaryError, SiteError, DemoLinkError)


def create_app(settings: Settings, now: Callable[[], datetime] = utc_now) -> Dash:
    """Wire the application; its engine is `server.extensions["engine"]`.

    Raises:
        SettingsError, SiteError, ProfileError, CalendarError, BoundaryError: what it cannot start
            with.
    """
    refuse_guessable(settings)
    site = open_site(settings, now)
    boundaries = _boundaries(site)
    meters = Meters()
    feed, build = site.feed(meters.tick), build_id(settings, site.profile)
    words = {language: Words(language, settings.zone) for language in languages_of(settings)}
    frames = {language: frame_of(site, language, build) for language in words}

    app = Dash(
        __name__,
        title="",
        update_title="",
        assets_folder=_assets(),
        assets_ignore=NOT_ON_THE_WALL,
        enable_mcp=False,
    )
    door = Door(site.engine, now, settings.audit_secret)
    sketched = None if boundaries is None else sketch(boundaries, SKETCH_PX)
    entrance = entrance_of(site, words, frames, sketched, build)
    cookie = gate.Cookie((settings.server.public_url or "").startswith("https:"))
    known = Screens(site.engine, now, settings.audit_secret)
    carried = ScreenPass(known, secure=cookie.secure)
    proxies = settings.server.trusted_proxies
    meters.watch_pool(site.engine)
    answering.register(app, proxies, meters)
    scrapes = metrics.Permission(settings.metrics)
    programs = {metrics.PATH: scrapes.given} if scrapes.configured else {}
    gate.register(app, door, cookie, carried, proxies, entrance.denied, programs)
    metrics.register(app, scrapes, meters, State(site, feed))
    sign_in.register(app, door, cookie, entrance)
    ways_in = sign_on_of(site)
    sign_on.register(app, ways_in, cookie, entrance, meters)
    carried.register(app.server)
    booth = booth_of(settings, words, entrance.titles, build)
    pair.register(app, known, carried, booth, now)
    screens.register(app, known, booth, now)
    app.server.extensions |= {"engine": site.engine, "site": site, "words": words}
    draws = {panel.id: panel.draw for panel in PANELS}
    painters = {each: Painter(draws, _map_of(boundaries), words[each]) for each in words}
    live.register(app, feed, painters, build, lambda: site.shown(now()))

    def draw_wall(language: Language) -> Component:
        mount = hazard_map_panel(boundaries, words[language])
        return wall.layout(words[language], frames[language], _board(feed), mount)

    default = next(iter(words))
    app.validation_layout = wall.layout(words[default], frames[default], None)
    noted = noting.Noting(door)
    noting.register(app, noted)
    kept = kept_of(app.server, site, build)
    asked = desk_of(app, site, feed, words, sketched, build, noted, kept)
    app.server.extensions["desk"] = asked
    for of, breaker in breakers_of(site, kept, ways_in):
        meters.watch_breaker(of, breaker)
    desk.register(app, asked, default)
    home = partial(home_of, county=site.profile.area_code)
    pages.register(app, draw_wall, asked.answer, words, entrance.titles, home)
    health.register(app, Readiness(site, feed).ready)
    failed = failing.Failing(asked, words, build)
    failing.register(app, failed)
    unavailable.register(app, words, failed.page)
    delivery.register(app)
    gate.refuse_unlisted(app.server, asked.patterns, {pages.CATCH_ALL, *programs})
    return app


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


def _assets() -> str:
    return str(Path(wall.__file__).parents[1] / "assets")


@cache
def _default_server() -> Flask:
    set_up_log()
    refuse_debugging(os.environ)
    settings = load_settings()
    refuse_race(settings)  # a WSGI server may serve as several processes
    app = create_app(settings)
    set_apart()
    seal_by_itself(app)
    get_ready(app)
    server: Flask = app.server
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
@click.option("--workers", help="How many processes serve, under gunicorn (Linux).")
@click.option("--check", is_flag=True, help="Say whether it would start, and end.")
@click.option("--demo-live", is_flag=True, help="Let the demo county's day go on.")
def main(  # noqa: PLR0913 -- the command line
    file: Path | None,
    at: str | None,
    port: str | None,
    workers: str | None,
    *,
    check: bool,
    demo_live: bool,
) -> None:
    """Serve the wall."""
    set_up_log()
    given = {
        "WUQING_SETTINGS": file and str(file.absolute()),
        "WUQING_WALL__AT": at,
        "WUQING_SERVER__PORT": port,
        "WUQING_SERVER__WORKERS": workers,
    }
    environment = {**os.environ, **{name: text for name, text in given.items() if text}}
    try:
        refuse_debugging(environment)
        settings = load_settings(environment=environment)
        several = settings.server.workers > 1
        if several:
            refuse_several(settings, demo_live=demo_live)
        app = create_app(settings)
        if check:
            return
        if several:
            become_several(settings, environment)
        set_apart()
        seal_by_itself(app)
        get_ready(app)
        links = go_on(app, settings) if demo_live else ()
        serve(app.server, settings, links)
    except REFUSALS as error:
        sys.exit(_refuse(str(error)))
    except OSError as error:
        sys.exit(_refuse(f"cannot listen on port {settings.server.port}: {error.strerror}"))


def _refuse(sentence: str) -> int:
    click.echo(f"wuqing: {sentence}", err=True)
    return 2


if __name__ == "__main__":
    main()
