"""The five situations today, in the profile's order."""

from dash import html
from dash.development.base_component import Component

from dashboard.snapshots.board import Board, Newest, SituationCount
from layouts import format as fmt
from layouts.names import category_name, joined, unit_name
from layouts.panels.marks import change, heading, sparkline, symbol
from layouts.words import Words


def situations_panel(board: Board, words: Words) -> Component:
    """Count, change, last 24 hours over the normal band, newest item, for each situation."""
    notes = words.text("sit.sub")
    if board.unclassified:
        notes = joined(notes, words.text("sit.unclassified", n=fmt.number(board.unclassified)))
    rows = [_row(situation, board, words) for situation in board.situations]
    body = html.Div(rows, className="rows")
    return html.Div([heading(words.text("sit.title"), notes), body], className="in")


def _row(situation: SituationCount, board: Board, words: Words) -> Component:
    unusual = []
    if situation.unusual is not None:
        unusual = [symbol("yellow"), html.Span(words.text(f"sit.{situation.unusual}"))]
    return html.Div(
        [
            html.Div(words.text(f"situation.{situation.code}"), className="k"),
            html.Div(fmt.number(situation.cases), className="c"),
            html.Div([change(situation.delta, words), *unusual], className="d"),
            sparkline(situation.hours, situation.band),
            _newest(situation.newest, board, words),
            html.Div(
                words.text("sit.intelligence", n=fmt.number(situation.intelligence)),
                className="iq",
            ),
        ],
        className="sr",
    )


def _newest(newest: Newest | None, board: Board, words: Words) -> Component:
    if newest is None:
        return html.Div(words.text("empty.none"), className="nw calm")
    township = unit_name(newest.township, board.directory.townships, words)
    category = newest.category and category_name(newest.category, "", words)
    channel = words.text(f"channel.{newest.channel}")
    item = [joined(township, category), html.Span(f" · {channel}", className="more")]
    if not (township or category):
        item = [channel]
    time = html.Time(fmt.clock(newest.at, words))
    return html.Div([time, html.Span(item, className="el")], className="nw")
