"""Closed on time, townships and departments apart; ranks only where enough was due."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.snapshots.board import Board, League, LeagueRow, Name
from layouts import format as fmt
from layouts.names import unit_name
from layouts.panels.marks import heading
from layouts.words import Words

SHOWN, SHOWN_WIDE = 3, 11
"""How many rows from each end are shown on a 16:9 and on an ultra-wide wall."""

SCALE_FROM = 0.7
"""Left end of the dot's scale; a dot, not a bar: a cut axis must not have lengths."""


def league_panel(board: Board, words: Words) -> Component:
    """Both tables of the running month."""
    league, directory = board.league, board.directory
    tables = [
        _table(_below(directory.townships), league.townships, directory.townships, board, words),
        _table("dept", league.departments, directory.departments, board, words),
    ]
    return html.Div(
        [
            heading(words.text("league.title"), _unranked(league, words)),
            html.Div(tables, className="lgs"),
        ],
        className="in",
    )


def _table(
    kind: str, rows: Sequence[LeagueRow], units: Sequence[Name], board: Board, words: Words
) -> Component:
    ranked = [row for row in rows if row.rank is not None]
    few = [row for row in rows if row.rank is None]
    short = _ends(ranked or few, SHOWN)
    drawn: list[Component] = []
    for row in (*_ends(ranked, SHOWN_WIDE), *_ends(few, SHOWN_WIDE)):
        if few and row is few[0] and ranked:
            line = words.text("league.few", n=board.league.rank_from_due)
            drawn.append(html.Div(line, className="few wide"))
        if len(short) < len(ranked or few) and row is short[SHOWN]:
            drawn.append(html.Div("⋯", className="gap narrow"))
        drawn.append(_row(row, unit_name(row.unit, units, words), board.tallies.target))
        if not any(row is kept for kept in short):
            drawn[-1].className += " wide"
    if not rows:
        drawn.append(html.Div(words.text("empty.not_configured"), className="few"))
    return html.Div([_head(kind, words), *drawn], className="lgt")


def _below(areas: Sequence[Name]) -> str:
    """Tell which areas a board counts by: a prefecture's are counties, GB/T 2260 codes."""
    return "county" if areas and all(area.code.endswith("000000") for area in areas) else "town"


def _ends(rows: Sequence[LeagueRow], each: int) -> list[LeagueRow]:
    """The first and last rows; all of them when there are few enough."""
    return list(rows) if len(rows) <= 2 * each else [*rows[:each], *rows[-each:]]


def _head(kind: str, words: Words) -> Component:
    name = html.Span(words.text(f"league.{kind}"), className="el")
    due = html.Span(words.text("league.due"), className="md")
    return html.H3([name, due, html.Span(words.text("league.rate"))])


def _unranked(league: League, words: Words) -> str:
    few = sum(row.rank is None for row in (*league.townships, *league.departments))
    return words.text("league.few_units", n=few) if few else ""


def _row(row: LeagueRow, name: str | None, target: float | None) -> Component:
    on_time = row.on_time
    counts = f"{fmt.number(on_time.met)}/{fmt.number(on_time.due)}" if on_time.due else ""
    rank = "" if row.rank is None else str(row.rank)
    below = on_time.rate is not None and target is not None and on_time.rate < target
    cells = [
        html.Span(rank, className="rk"),
        html.Span(name, className="el"),
        _dot(on_time.rate, target),
        html.Span(counts, className="md"),
        html.Span(fmt.rate(on_time.met, on_time.due), className="rt" if on_time.due else "rt nd"),
    ]
    return html.Div(cells, className="lr low" if below else "lr")


def _dot(rate: float | None, target: float | None) -> Component:
    marks = [
        mark(style={"left": f"{100 * max(0.0, (value - SCALE_FROM) / (1 - SCALE_FROM)):.0f}%"})
        for mark, value in ((html.U, target), (html.I, rate))
        if value is not None
    ]
    return html.Span(marks, className="bar")
