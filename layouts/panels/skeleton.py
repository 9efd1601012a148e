"""What a panel shows before there is a board: its title and grey places for its figures."""

from dash import html
from dash.development.base_component import Component

from layouts import ids
from layouts.panels.marks import heading
from layouts.words import Words

_TITLES = {
    ids.SITUATIONS: ("sit.title", 5),
    ids.HAZARDS: ("map.title", 0),
    ids.WARNINGS: ("alert.title", 5),
    ids.LEAGUE: ("league.title", 6),
    ids.STAGES: ("flow.title", 1),
    ids.MOVES: ("move.title", 3),
}
_TALLIES = ("in", "done", "open", "overdue", "rate")


def skeleton(panel: str, words: Words) -> Component | None:
    """The empty form of a panel; None for parts that appear only with a board."""
    if panel == ids.TALLIES:
        tiles = [_tile(words.text(f"tally.{key}")) for key in _TALLIES]
        return html.Div(tiles, className="tally")
    if panel not in _TITLES:
        return None
    key, rows = _TITLES[panel]
    title = heading(words.text(key))
    if rows == 0:
        return title
    body = html.Div([html.Div(className="sk") for _ in range(rows)], className="sks")
    return html.Div([title, body], className="in")


def _tile(label: str) -> Component:
    figure = html.Div(html.Span(className="sk"), className="n")
    return html.Div([html.Div(label, className="l"), figure], className="tl")
