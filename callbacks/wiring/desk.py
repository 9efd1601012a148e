"""The leaders' pages, wired: what each is made of, and where drawn ones are kept."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from importlib.metadata import version

from dash import Dash
from flask import Flask

from callbacks import (
    briefing,
    briefing_edits,
    briefing_routes,
    desk,
    duty,
    export,
    issues,
    leaders,
    meeting,
    noting,
    waiting,
)
from callbacks.framing import Framing, Source
from callbacks.kept import Kept, keeper
from callbacks.refusing import Refusing
from dashboard.access.sign_on.sign_on import SignOn
from dashboard.breaker import Breaker
from dashboard.briefing.editing import Editor
from dashboard.briefing.meeting import Meeting
from dashboard.database.guarded import breaker_of
from dashboard.drilldown.look import Look
from dashboard.duty.keeping import Keeper
from dashboard.site import Site
from dashboard.snapshots.board import Unsealed
from dashboard.snapshots.feed import Feed, NoBoardError
from geodata.sketch import Sketch
from layouts.words import Language, Words


def desk_of(  # noqa: PLR0913 -- what pages are made of
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

    def clock() -> datetime:
        return site.shown(site.now())

    def late() -> tuple[Unsealed, ...]:
        try:
            return feed.latest().board.unsealed
        except NoBoardError:
            return ()

    look = Look(site.engine, site.centre, moment)
    source = Source(site.centre, look, moment, clock, late, site.synthetic, drawn)
    framing = Framing(source, words)
    of_leaders = leaders.Leaders(framing, source)
    program = f"wuqing {version('wuqing')} {build}"
    files = export.Exports(site.centre, look, framing.asking, site.now, program)
    export.register(app, export.Counter(files, next(iter(words)), noted.export))
    register = meeting.Register(framing, source)
    recorder = Meeting(site.engine, site.centre, site.now, site.settings.audit_secret)
    roster = duty.Roster(framing, source)
    keeper = Keeper(site.engine, site.centre, site.now, site.settings.audit_secret)
    editor = Editor(site.engine, site.centre, site.now, site.settings.audit_secret)
    papers = briefing.Briefings(framing, source, words, editor, site.now)
    orders = waiting.Waiting(framing, source, papers, editor.version)
    archive = issues.Issues(framing, source)
    of_meeting = (*register.pages, *papers.pages, *orders.pages, *archive.pages, *roster.pages)
    every = (*of_leaders.pages, *of_meeting)
    made = desk.Desk(every, framing.fault, moment, kept, build, lambda: str(late()))
    refuse = Refusing(made, next(iter(words)))
    meeting.register(app, recorder, site.centre.zone, refuse)
    duty.register(app, keeper, site.centre.zone, refuse)
    briefing_routes.register(app, papers, noted, refuse)
    briefing_edits.register(app, editor, site.centre, refuse)
    return made


def kept_of(server: Flask, site: Site, build: str) -> Kept:
    """Keep pages apart by program and database: others may use the same Redis."""
    database = site.engine.url.render_as_string(hide_password=True)
    cache = keeper(server, site.settings.cache.redis_url, f"{build} {database}")
    return Kept(cache, site.settings.audit_secret)


def breakers_of(site: Site, kept: Kept, ways_in: SignOn) -> Iterator[tuple[str, Breaker]]:
    """Name what may be left alone after failures, and give its breaker."""
    found = {"database": breaker_of(site.engine), "redis": kept.breaker}
    found |= {kind: each.breaker for kind, each in ways_in.providers.items()}
    yield from ((of, breaker) for of, breaker in found.items() if breaker is not None)
