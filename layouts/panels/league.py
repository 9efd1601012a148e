"""Closed on time, townships and departments apart: bands where units differ, else no order."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.snapshots.board import Board, LeagueTable, Name
from layouts import format as fmt
from layouts.names import joined
from layouts.panels.league_cells import Drawn, counts
from layouts.panels.league_lines import group_lines, unit_rows
from layouts.panels.marks import heading
from layouts.words import Words


def league_panel(board: Board, words: Words) -> Component:
    """Both tables of the running month."""
    league, directory = board.league, board.directory
    tables = [
        _table(_below(directory.townships), league.townships, directory.townships, board, words),
        _table("dept", league.departments, directory.departments, board, words),
    ]
    columns = joined(words.text("league.due"), words.text("league.rate"))
    return html.Div(
        [heading(words.text("league.title"), columns), html.Div(tables, className="lgs")],
        className="in",
    )


def _table(
    kind: str, table: LeagueTable, units: Sequence[Name], board: Board, words: Words
) -> Component:
    """A table twice: its groups for a 16:9 wall, every unit for an ultra-wide one."""
    drawn = Drawn(table, units, board.tallies.target, words)
    lines: list[Component] = [_head(kind, table, words)]
    if table.groups or table.few:
        lines.append(html.Div(_finding(table, words), className="fd el"))
        lines.append(html.Div(group_lines(drawn), className="lns narrow"))
        lines.append(html.Div(unit_rows(drawn), className="lns wide"))
    else:
        lines.append(html.Div(words.text("empty.not_configured"), className="few"))
    return html.Div(lines, className="lgt")


def _below(areas: Sequence[Name]) -> str:
    """Tell which areas a board counts by: a prefecture's are counties, GB/T 2260 codes."""
    return "county" if areas and all(area.code.endswith("000000") for area in areas) else "town"


def _head(kind: str, table: LeagueTable, words: Words) -> Component:
    """The units together: where they do not differ, this is the best that is known of each."""
    all_of_them = table.on_time
    return html.H3(
        [
            html.Span(words.text(f"league.{kind}"), className="el"),
            html.Span(counts(all_of_them), className="md"),
            html.Span(fmt.rate(all_of_them.met, all_of_them.due), className="rt"),
        ]
    )


def _finding(table: LeagueTable, words: Words) -> str:
    """Say whether there is an order, before anything else."""
    if table.p is None:
        return words.text("league.alone")
    if not table.significant:
        return words.text("league.same")
    if len(table.groups) == 1:
        return words.text("league.differ.one")
    return words.text("league.differ", n=len(table.groups))
