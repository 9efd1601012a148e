"""The five headline figures."""

from dash import html
from dash.development.base_component import Component

from dashboard.snapshots.board import Board, OnTime, Tally
from layouts import format as fmt
from layouts.names import joined
from layouts.panels.marks import sparkline, symbol
from layouts.words import Words


def tallies_panel(board: Board, words: Words) -> Component:
    """Accepted, closed, open, overdue and the month's on-time rate."""
    tallies = board.tallies
    counts = (("in", tallies.accepted), ("done", tallies.closed), ("open", tallies.open))
    tiles = [_count(words.text(f"tally.{key}"), tally, words) for key, tally in counts]
    overdue = _count(words.text("tally.overdue"), tallies.overdue, words)
    if tallies.overdue.value:
        overdue = _alarmed(words.text("tally.overdue"), tallies.overdue, words)
    foot = _rate_foot(tallies.on_time, tallies.target, words)
    figure = fmt.rate(tallies.on_time.met, tallies.on_time.due)
    unit = "" if figure == fmt.DASH else "%"
    trend = sparkline(tallies.on_time_trend)
    rate = _tile(words.text("tally.rate"), _figure(figure, unit), trend, foot)
    return html.Div([*tiles, overdue, rate], className="tally")


def _count(label: Component | str, tally: Tally, words: Words) -> Component:
    figure = _figure(fmt.number(tally.value), words.text("unit.case"))
    return _tile(label, figure, sparkline(tally.trend), _versus(tally.delta, words))


def _alarmed(label: str, tally: Tally, words: Words) -> Component:
    tile = _count(label, tally, words)
    tile.children[0].children.insert(0, symbol("red"))
    tile.className = "tl alarm"
    return tile


def _tile(
    label: Component | str, figure: Component, trend: Component, foot: Component
) -> Component:
    name = html.Div([html.Span(label, className="el")], className="l")
    return html.Div([name, figure, trend, foot], className="tl")


def _figure(text: str, unit: str) -> Component:
    dash = " nd" if text == fmt.DASH else ""
    return html.Div([html.Span(text), html.Small(unit)], className=f"n{dash}")


def _versus(change: int | None, words: Words) -> Component:
    if change is None:
        return html.Div(words.text("tally.vs_unknown"), className="f el")
    before, after = words.text("tally.vs").split("{d}")
    parts = [before, html.B(fmt.delta(change, words)), after]
    return html.Div(parts, className="f el delta-line")


def _rate_foot(on_time: OnTime, target: float | None, words: Words) -> Component:
    if on_time.due == 0:
        return html.Div(words.text("tally.none_due"), className="f el")
    goal = None if target is None else words.text("tally.target", t=fmt.share(target))
    due = words.text("tally.due", n=fmt.number(on_time.due))
    return html.Div(joined(goal, due), className="f el")
