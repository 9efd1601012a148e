"""Lines above the tallies: a rush of warnings, a briefing not sealed, no holiday table."""

from dash import html
from dash.development.base_component import Component

from dashboard.snapshots.board import Board
from layouts.panels.marks import symbol
from layouts.unsealed import doing, which, why
from layouts.words import Words

FLOOD_ABOVE = 10
"""More warnings than this within ten minutes are a rush (design 6, after EEMUA 191)."""


MOST = 2
"""More lines than these would take their room from the panels below."""


def banners_panel(board: Board, words: Words) -> Component:
    """The first lines that hold now; without any the space stays with the panels below."""
    lines = []
    if board.warnings.recent > FLOOD_ABOVE:
        effect = words.text("flood.effect", n=board.warnings.recent)
        lines.append(banner("red", words.text("flood.cause"), effect, words.text("flood.held")))
    if board.unsealed:
        newest, done = board.unsealed[0], doing(board.unsealed, words)
        lines.append(banner("red", which(newest, words), why(newest, words), done))
    if board.provisional_years:
        years = ", ".join(str(year) for year in board.provisional_years)
        cause = words.text("banner.provisional", years=years)
        lines.append(banner("note", cause, words.text("banner.provisional.effect")))
    return html.Div(lines[:MOST], className="banners")


def banner(level: str, cause: str, effect: str, done: str = "") -> Component:
    """One line: symbol, cause in bold, consequence, what the system does about it."""
    mark = [] if level == "note" else [symbol(level)]
    parts = [
        *mark,
        html.B(cause),
        html.Span(effect, className="el"),
        html.Span(done, className="r"),
    ]
    return html.Div(parts, className=f"ban {level}")
