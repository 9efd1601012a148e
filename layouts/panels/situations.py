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
            _last_line(situation, board, words),
        ],
        className="sr",
    )


def _last_line(situation: SituationCount, board: Board, words: Words) -> Component:
    count = words.text("sit.intelligence", n=fmt.number(situation.intelligence))
    newest: list[Component] = [html.Span(words.text("empty.none"), className="calm")]
    if situation.newest is not None and _of_today(situation.newest, board, words):
        newest = _newest(situation.newest, board, words)
    return html.Div([*newest, html.Span(count, className="iq")], className="nw")


def _of_today(newest: Newest, board: Board, words: Words) -> bool:
    """A bare hour of yesterday would read as one of today."""
    return newest.at.astimezone(words.zone).date() == board.day.date


def _newest(newest: Newest, board: Board, words: Words) -> list[Component]:
    township = unit_name(newest.township, board.directory.townships, words)
    category = newest.category and category_name(newest.category, "", words)
    channel = words.text(f"channel.{newest.channel}")
    item = html.Span(joined(township, category, channel), className="el")
    return [html.Time(fmt.clock(newest.at, words)), item]
