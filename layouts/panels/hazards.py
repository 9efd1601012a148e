"""The heading of the hazard map; the map itself is mounted once and lives beside it."""

from dash import html
from dash.development.base_component import Component

from dashboard.snapshots.board import Board
from layouts.panels.marks import tally_mark
from layouts.words import Words


def hazards_panel(board: Board, words: Words) -> Component:
    """Title and the points not yet removed by level, each with its shape and word."""
    hazards = board.hazards
    levels = (("red", "high", hazards.high), ("yellow", "medium", hazards.medium),
              ("blue", "low", hazards.low))  # fmt: skip
    counts = [
        tally_mark(colour, count, words.text(f"risk.{risk}")) for colour, risk, count in levels
    ]
    note = html.Span(words.text("app.schematic"), className="note")
    parts = [html.Span(words.text("map.title")), note, html.Span(counts, className="r")]
    return html.H2(parts)
