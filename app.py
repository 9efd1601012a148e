"""The application: all wiring. `python app.py` serves it, `app:server` is its WSGI."""

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path
from threading import Event, Thread
from typing import Any

import click
from dash import Dash
from dash.development.base_component import Component
from flask import Flask

from callbacks import (
    answering,
    briefing,
    briefing_edits,
    delivery,
    desk,
    duty,
    export,
    gate,
    health,
    issues,
    leaders,
    live,
    meeting,
    metrics,
    noting,
    pages,
    pair,
    screens,
    sign_in,
    sign_on,
    unavailable,
)
from callbacks.booth import Booth
from callbacks.build import build_id
from callbacks.home import home_of
from callbacks.kept import Kept, keeper
from callbacks.paint import Painter
from callbacks.screen_pass import ScreenPass
from callbacks.serving import become_several, refuse_debugging, serve
from dashboard.access.door import Door
from dashboard.access.log_secret import refuse_short
from dashboard.access.screens import Screens
from dashboard.access.sign_on.configured import providers_of
from dashboard.access.sign_on.sign_on import SignOn
from dashboard.breaker import Breaker
from dashboard.briefing.editing import Editor
from dashboard.briefing.meeting import Meeting
from dashboard.briefing.schedule import keep_sealing
from dashboard.calendar import CalendarError
from dashboard.collector import set_apart
from dashboard.commands.options import utc_now
from dashboard.database.guarded import breaker_of
from dashboard.demo.links import DemoLinkError, demo_links
from dashboard.drilldown.look import Look
from dashboard.duty.keeping import Keeper
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
from geodata.sketch import Sketch, sketch
from layouts.briefing import ahead
from layouts.pages import wall
from layouts.panels import PANELS
from layouts.panels.hazard_map import hazard_map_panel, map_data
from layouts.shell import NOT_ON_THE_WALL
from layouts.words import LANGUAGES, Language, Words

SKETCH_PX = 440
"""How wide the map of leaders' pages is drawn; the page scales it."""

READY_AFTER_S = 10
"""A process that has just started has boards and pages to answer first."""

REFUSALS = (SettingsError, ProfileError, CalendarError, BoundaryError, SiteError, DemoLinkError)


def create_app(settings: Settings, now: Callable[[], datetime] = utc_now) -> Dash:
    """Wire the application; its engine is `server.extensions["engine"]`.

    Raises:
        SettingsError, SiteError, ProfileError, CalendarError, BoundaryError: what it cannot start
            with.
    """
    refuse_short(settings.audit_secret)
    site = open_site(settings, now)
    boundaries = _boundaries(site)
    meters = Meters()
    feed, build = site.feed(meters.tick), build_id(settings, site.profile)
    words = {language: Words(language, settings.zone) for language in _languages(settings)}
    frames = {language: _frame(site, language, build) for language in words}

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
    entrance = _entrance(site, words, frames, sketched, build)
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
    ways_in = _sign_on(site)
    sign_on.register(app, ways_in, cookie, entrance, meters)
    carried.register(app.server)
    booth = _booth(settings, words, entrance.titles, build)
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
    kept = _kept(app.server, site, build)
    asked = _desk(app, site, feed, words, sketched, build, noted, kept)
    for of, breaker in _breakers(site, kept, ways_in):
        meters.watch_breaker(of, breaker)
    desk.register(app, asked, default)
    home = partial(home_of, county=site.profile.area_code)
    pages.register(app, draw_wall, asked.answer, words, entrance.titles, home)
    health.register(app, Readiness(site, feed).ready)
    unavailable.register(app, words)
    delivery.register(app)
    return app


def _desk(  # noqa: PLR0913 -- what pages are made of
    app: Dash,
    site: Site,
    feed: Feed,
    words: Mapping[Language, Words],
    drawn: Sketch | None,
    build: str,
    noted: noting.Noting,
    kept: Kept,
) -> desk.Desk:
    """Wire the leaders' pages; they are as of the board on the wall, so both show the same."""

    def moment() -> datetime:
        return feed.latest().board.as_of

    look = Look(site.engine, site.centre, moment)
    source = leaders.Source(site.centre, look, moment, site.synthetic, drawn)
    pages_of = leaders.Leaders(source, words)
    program = f"wuqing {version('wuqing')} {build}"
    files = export.Exports(site.centre, look, pages_of.asking, site.now, program)
    export.register(app, export.Counter(files, next(iter(words)), noted.export))
    register = meeting.Register(pages_of, source)
    recorder = Meeting(site.engine, site.centre, site.now, site.settings.audit_secret)
    meeting.register(app, recorder, site.centre.zone, next(iter(words)))
    roster = duty.Roster(pages_of, source)
    keeper = Keeper(site.engine, site.centre, site.now, site.settings.audit_secret)
    duty.register(app, keeper, site.centre.zone, next(iter(words)))
    editor = Editor(site.engine, site.centre, site.now, site.settings.audit_secret)
    papers = briefing.Briefings(pages_of, source, words, editor, site.now)
    briefing.register(app, papers, noted, next(iter(words)))
    briefing_edits.register(app, editor, site.centre, next(iter(words)))
    archive = issues.Issues(pages_of, source)
    of_meeting = (*register.pages, *papers.pages, *archive.pages, *roster.pages)
    every = (*pages_of.pages, *of_meeting)
    return desk.Desk(every, pages_of.fault, moment, kept, build)


def _kept(server: Flask, site: Site, build: str) -> Kept:
    """Keep pages apart by program and database: others may use the same Redis."""
    database = site.engine.url.render_as_string(hide_password=True)
    cache = keeper(server, site.settings.cache.redis_url, f"{build} {database}")
    return Kept(cache, site.settings.audit_secret)


def _breakers(site: Site, kept: Kept, ways_in: SignOn) -> Iterator[tuple[str, Breaker]]:
    """Name what may be left alone after failures, and give its breaker."""
    found = {"database": breaker_of(site.engine), "redis": kept.breaker}
    found |= {kind: each.breaker for kind, each in ways_in.providers.items()}
    yield from ((of, breaker) for of, breaker in found.items() if breaker is not None)


def _sign_on(site: Site) -> SignOn:
    settings = site.settings
    providers, base = providers_of(settings, site.now), settings.server.public_url or ""
    return SignOn(site.engine, site.now, settings.audit_secret, providers, base)


def _entrance(
    site: Site,
    words: Mapping[Language, Words],
    frames: Mapping[Language, wall.WallFrame],
    sketched: Sketch | None,
    build: str,
) -> sign_in.Entrance:
    return sign_in.Entrance(
        words=words,
        titles={language: frame.centre for language, frame in frames.items()},
        mottos={language: frame.motto or "" for language, frame in frames.items()},
        synthetic=site.synthetic,
        sketch=sketched,
        county=site.profile.area_code,
        build=build,
        providers=site.settings.sign_in.providers,
    )


def _booth(
    settings: Settings,
    words: Mapping[Language, Words],
    titles: Mapping[Language, str],
    build: str,
) -> Booth:
    night = settings.wall.night_from, settings.wall.night_until
    return Booth(words=words, titles=titles, night=night, build=build)


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
    set_up_log()
    refuse_debugging(os.environ)
    settings = load_settings()
    refuse_race(settings)  # a WSGI server may serve as several processes
    app = create_app(settings)
    set_apart()
    _seal_by_itself(app)
    _get_ready(app)
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
        _seal_by_itself(app)
        _get_ready(app)
        links = _go_on(app, settings) if demo_live else ()
        serve(app.server, settings, links)
    except REFUSALS as error:
        sys.exit(_refuse(str(error)))
    except OSError as error:
        sys.exit(_refuse(f"cannot listen on port {settings.server.port}: {error.strerror}"))


def _seal_by_itself(app: Dash) -> None:
    """Seal briefings at the set time, where one is set; of several processes one seals each."""
    site: Site = app.server.extensions["site"]
    if site.settings.briefing.sealing is not None:
        arguments = (site.engine, site.centre, site.now, Event())
        Thread(target=keep_sealing, args=arguments, daemon=True, name="briefing").start()


def _get_ready(app: Dash) -> None:
    """Draw ahead what the first briefing would have to wait for; the walls are answered first."""
    words: Mapping[Language, Words] = app.server.extensions["words"]

    def later() -> None:
        if not Event().wait(READY_AFTER_S):
            ahead.get_ready(words.values())

    Thread(target=later, daemon=True, name="ahead").start()


def _go_on(app: Dash, settings: Settings) -> tuple[tuple[str, str], ...]:
    """Let the demo's day go on, and return the links that enter it once each."""
    from dashboard.demo.live import live as play
    from dashboard.demo.player import Centre

    links = demo_links(app.server.extensions["engine"], settings, utc_now())
    arguments = (app.server.extensions["engine"], Centre.of(settings), utc_now, Event())
    Thread(target=play, args=arguments, daemon=True, name="demo").start()
    return links


def _refuse(sentence: str) -> int:
    click.echo(f"wuqing: {sentence}", err=True)
    return 2


if __name__ == "__main__":
    main()
