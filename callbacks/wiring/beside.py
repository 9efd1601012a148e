"""What goes on beside the answers, each in a thread of its own that ends with the process."""

from collections.abc import Mapping
from threading import Event, Thread

from dash import Dash

from dashboard.briefing.schedule import keep_sealing
from dashboard.commands.options import utc_now
from dashboard.demo.links import demo_links
from dashboard.settings import Settings
from dashboard.site import Site
from layouts.briefing import ahead
from layouts.words import Language, Words

READY_AFTER_S = 10
"""A process that has just started has boards and pages to answer first."""


def seal_by_itself(app: Dash) -> None:
    """Seal briefings at the set time, where one is set; of several processes one seals each."""
    site: Site = app.server.extensions["site"]
    if site.settings.briefing.sealing is not None:
        arguments = (site.engine, site.centre, site.now, Event())
        Thread(target=keep_sealing, args=arguments, daemon=True, name="briefing").start()


def get_ready(app: Dash) -> None:
    """Draw ahead what the first briefing would have to wait for; the walls are answered first."""
    words: Mapping[Language, Words] = app.server.extensions["words"]

    def later() -> None:
        if not Event().wait(READY_AFTER_S):
            ahead.get_ready(words.values())

    Thread(target=later, daemon=True, name="ahead").start()


def go_on(app: Dash, settings: Settings) -> tuple[tuple[str, str], ...]:
    """Let the demo's day go on, and return the links that enter it once each."""
    from dashboard.demo.live import live as play
    from dashboard.demo.player import Centre

    links = demo_links(app.server.extensions["engine"], settings, utc_now())
    arguments = (app.server.extensions["engine"], Centre.of(settings), utc_now, Event())
    Thread(target=play, args=arguments, daemon=True, name="demo").start()
    return links
