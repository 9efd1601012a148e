"""What the lines of a league table are made of: band, unit, interval, counts, rate."""

from collections.abc import Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from dashboard.snapshots.board import LeagueGroup, LeagueRow, LeagueTable, Name, OnTime
from layouts import format as fmt
from layouts.desk.whisker import whisker_marks
from layouts.names import band_name, unit_name
from layouts.panels.marks import symbol
from layouts.words import Words


@dataclass(frozen=True, slots=True)
class Drawn:
    """A table and what its lines are drawn with."""

    table: LeagueTable
    units: Sequence[Name]
    target: float | None
    words: Words


def counts(on_time: OnTime) -> str:
    """Write met of due; nothing due is left to the rate's dash."""
    if not on_time.due:
        return ""
    return f"{fmt.number(on_time.met)}/{fmt.number(on_time.due)}"


def unit_row(drawn: Drawn, row: LeagueRow, band: int | None, *, interval: bool) -> Component:
    """Draw a unit in a line of its own; `band` is named in the first of a band alone."""
    name = html.Span([_name(drawn, row), *_flag(drawn, row)], className="nm")
    bar = [_bar(row, drawn.target)] if interval else []
    line = _line(drawn, band, [name, *bar], row.on_time)
    line.className += "" if row.compared else " faint"
    return line


def band_head(drawn: Drawn, group: LeagueGroup) -> Component:
    """Draw a band's units as one, their cases added up."""
    count = drawn.words.text("league.units", n=len(group.rows))
    name = html.Span(count, className="el")
    return _line(drawn, group.band, [name], group.on_time)


def few_head(drawn: Drawn) -> Component:
    """Say below what number of cases units stand apart, and how many do."""
    words, table = drawn.words, drawn.table
    name = html.Span(words.text("league.few", n=table.few_below), className="el")
    return html.Div(
        [name, html.Span(words.text("ranking.band.count", n=len(table.few)))], className="few"
    )


def unit_cell(drawn: Drawn, row: LeagueRow) -> Component:
    """Draw a unit as part of a line: its rate, or its counts where they are too few for one."""
    figure = fmt.rate(row.on_time.met, row.on_time.due)
    if not row.compared:
        figure = counts(row.on_time) or figure
    cells = [_name(drawn, row), *_flag(drawn, row), html.Span(figure, className="rt")]
    return html.Span(cells, className="lu" if row.compared else "lu faint")


def more(drawn: Drawn, hidden: int) -> Component:
    """Say how many units there was no room for."""
    return html.Span(drawn.words.text("league.more", n=hidden), className="md")


def _line(
    drawn: Drawn, band: int | None, middle: Sequence[Component], on_time: OnTime
) -> Component:
    mark = "" if band is None else band_name(band, drawn.words)
    rate = fmt.rate(on_time.met, on_time.due)
    cells = [
        html.Span(mark, className="rk"),
        *middle,
        html.Span(counts(on_time), className="md"),
        html.Span(rate, className="rt" if on_time.due else "rt nd"),
    ]
    return html.Div(cells, className="lr" if band is None else "lr first")


def _name(drawn: Drawn, row: LeagueRow) -> Component:
    return html.Span(unit_name(row.unit, drawn.units, drawn.words), className="el")


def _flag(drawn: Drawn, row: LeagueRow) -> list[Component]:
    if not row.below_target:
        return []
    return [html.Span(symbol("yellow"), title=drawn.words.text("ranking.flag.below"))]


def _bar(row: LeagueRow, target: float | None) -> Component:
    interval = (row.low, row.high) if row.on_time.due else None
    marks = whisker_marks(row.on_time.rate, interval, target)
    return html.Span(marks, className="bar" if row.compared else "bar faint")
