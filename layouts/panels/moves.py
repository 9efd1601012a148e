"""The flow of demands: who passed what to whom, newest first."""

from dash import html
from dash.development.base_component import Component

from dashboard.snapshots.board import Board, Move
from layouts import format as fmt
from layouts.names import category_name, unit_name
from layouts.panels.marks import heading
from layouts.panels.warnings import calm
from layouts.words import Words


def moves_panel(board: Board, words: Words) -> Component:
    """Hand-overs of today and the newest of them."""
    moves = board.moves
    note = words.text("move.today", n=fmt.number(moves.today))
    body: Component = html.Div([_row(move, board, words) for move in moves.rows], className="mvs")
    if not moves.rows:
        body = calm(words.text("move.none"))
    return html.Div([heading(words.text("move.title"), note), body], className="in")


def _row(move: Move, board: Board, words: Words) -> Component:
    directory = board.directory
    source = unit_name(move.township, directory.townships, words) or words.text("move.centre")
    target = unit_name(move.department, directory.departments, words)
    way = [html.Span(source, className="el")]
    if target is not None:
        way += [html.I("→"), html.Span(target, className="el")]
    return html.Div(
        [
            html.Time(fmt.clock(move.at, words)),
            html.Span(move.case_tail, className="no"),
            html.B(category_name(move.category, move.case_kind, words), className="el"),
            html.Span(way, className="way"),
            html.Em(words.text(f"event.{move.event}")),
        ],
        className="mv",
    )
