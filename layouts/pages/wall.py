"""The wall page: static frame, one slot per panel, and what the live script needs to know."""

import json
from dataclasses import dataclass
from datetime import datetime

from dash import html
from dash.development.base_component import Component

from dashboard.snapshots.board import Board
from layouts import format as fmt
from layouts import ids
from layouts.panels import PANELS
from layouts.panels.skeleton import skeleton
from layouts.words import Words

_TEXTS = {
    "ok": "live.ok",
    "lost": "live.lost",
    "loading": "live.loading",
    "back": "live.back.plain",
    "stale_cause": "stale.cause",
    "stale_effect": "stale.effect",
    "as_of": "stale.asof",
    "link": "live.link.heard",
    "link_lost": "live.link.lost",
    "board": "live.board.age",
    "unit_d": "duration.d",
    "unit_h": "duration.h",
    "unit_m": "duration.m",
    "unit_s": "live.seconds",
    "joint": "duration.joint",
}
CAUSES = (
    "network",
    "silent",
    "slow",
    "server",
    "database",
    "auth",
    "redirect",
    "foreign",
    "draw",
    "still",
    "day",
)
"""Why a wall is not live, as its script finds out; each has a text `live.cause.*`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WallFrame:
    """What stays the same on a wall while it runs.

    `at` is the set moment when the wall shows old data, else None. `night_from` and `night_until`
    are "HH:MM" in the zone of the words.
    """

    centre: str
    motto: str | None
    every_s: int
    stale_after_s: int
    night_from: str
    night_until: str
    build: str
    at: datetime | None = None


def layout(
    words: Words, frame: WallFrame, board: Board | None, hazard_map: Component | None = None
) -> Component:
    """Draw the wall with the figures of `board`, or its loading state without one.

    `hazard_map` is mounted once beside its heading; the refresh replaces only the slots' children.
    """
    slots = {panel.id: panel.draw(board, words) for panel in PANELS} if board else {}

    def slot(panel: str, name: str, element: type[Component] = html.Section) -> Component:
        content = slots[panel] if panel in slots else skeleton(panel, words)
        return element([] if content is None else [content], id=panel, className=name)

    mount = html.Div(hazard_map, id=ids.HAZARD_MAP, className="map-mount")
    panels = html.Main(
        [
            slot(ids.SITUATIONS, "p sit"),
            html.Section([mount, slot(ids.HAZARDS, "map-head", html.Div)], className="p map"),
            slot(ids.WARNINGS, "p al"),
            slot(ids.LEAGUE, "p lg"),
            slot(ids.STAGES, "p fl"),
            slot(ids.MOVES, "p mo"),
        ],
        className="bodyg",
    )
    header = _header(
        words, frame, slot(ids.MARKS, "slot", html.Div), slot(ids.DAY, "slot", html.Div)
    )
    stale = html.Div([html.I(className="sy yellow"), html.B(), html.Span(className="el"),
                      html.Span(words.text("stale.retry"), className="r")],
                     id=ids.STALE, className="ban yellow", role="status")  # fmt: skip
    return html.Div(
        [
            header,
            stale,
            slot(ids.BANNERS, "slot", html.Div),
            slot(ids.TALLIES, "slot"),
            panels,
            _fresh(words, slot(ids.FEEDS, "slot", html.Div)),
        ],
        id=ids.WALL,
        className="wall" if board else "wall is-loading",
        lang=words.language,
        **_for_the_script(words, frame, board),
    )


def _header(words: Words, frame: WallFrame, marks: Component, day: Component) -> Component:
    motto = html.Div([html.I(), html.Span(frame.motto)], className="motto") if frame.motto else None
    shown = []
    if frame.at is not None:
        text = words.text("app.set_day", t=fmt.moment(frame.at, words))
        shown = [html.Span(text, className="chip set-day")]
    live = html.Div(
        [html.I(className="lamp"), html.Span(words.text("live.loading"))],
        id=ids.LIVE,
        className="meta",
    )
    clock = html.Div(id=ids.CLOCK, className="clock")
    return html.Header(
        [
            html.I(className="mark"),
            html.H1(frame.centre, className="el"),
            marks,
            *shown,
            motto,
            html.Div(className="sp"),
            live,
            day,
            clock,
        ],
        className="hd",
    )


def _fresh(words: Words, feeds: Component) -> Component:
    """Three facts that fail apart: the screen's link, the board, the feeds behind it."""

    def fact(part: str, name: str) -> Component:
        label = html.Span(words.text(f"live.{name}"), className="what")
        return html.Span([html.I(className="lamp"), label, html.Span()], id=part, className="fact")

    return html.Footer(
        [fact(ids.FRESH_LINK, "link"), fact(ids.FRESH_BOARD, "board"), feeds], className="fresh"
    )


def _for_the_script(words: Words, frame: WallFrame, board: Board | None) -> dict[str, str]:
    texts = {name: words.text(key) for name, key in _TEXTS.items()}
    texts |= {f"cause_{cause}": words.text(f"live.cause.{cause}") for cause in CAUSES}
    return {
        "data-texts": json.dumps(texts, ensure_ascii=False),
        "data-zone": str(words.zone),
        "data-every-s": str(frame.every_s),
        "data-stale-after-s": str(frame.stale_after_s),
        "data-night-from": frame.night_from,
        "data-night-until": frame.night_until,
        "data-build": frame.build,
        "data-as-of": "" if board is None else str(int(board.as_of.timestamp() * 1000)),
    }
