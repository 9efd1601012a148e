"""The changing parts of the header: what kind of data this is, who is on duty, which day."""

from dash import html
from dash.development.base_component import Component

from dashboard.snapshots.board import Board, Day
from layouts import format as fmt
from layouts.names import shift_name
from layouts.words import Words


def marks_panel(board: Board, words: Words) -> Component:
    """Say when the data are synthetic."""
    if not board.synthetic:
        return html.Div(className="marks")
    return html.Div(html.Span(words.text("app.demo"), className="chip"), className="marks")


def day_panel(board: Board, words: Words) -> Component:
    """The duty leader if the roster says, the date, and whether it is a working day."""
    parts = []
    if board.duty is not None:
        shift = shift_name(board.duty.shift, words)
        duty = words.text("hd.duty", name=board.duty.name, shift=shift)
        parts.append(html.Span(duty, className="duty"))
    parts.append(html.Span(fmt.day(board.day.date, words)))
    parts.append(html.Span(words.text(f"hd.{_kind(board.day)}"), className="kind"))
    return html.Div(parts, className="meta")


def _kind(day: Day) -> str:
    if day.provisional:
        return "unknown_day"
    return "working" if day.working else "day_off"
