"""Overdue cases and those about to be; no free text of a case."""

from dash import html
from dash.development.base_component import Component

from dashboard.snapshots.board import Board, WarningRow
from layouts import format as fmt
from layouts.names import category_name, joined, stage_name, unit_name
from layouts.panels.marks import heading, symbol, tally_mark
from layouts.words import Words


def warnings_panel(board: Board, words: Words) -> Component:
    """Counts by colour and the longest overdue first; calm words when there is nothing."""
    warnings = board.warnings
    counts = [
        tally_mark(colour, count, words.text(f"colour.word.{colour}"), written=False)
        for colour, count in (
            ("red", warnings.red),
            ("yellow", warnings.yellow),
            ("blue", warnings.blue),
        )
    ]
    rows: Component = html.Div([_row(row, board, words) for row in warnings.rows], className="rows")
    if not warnings.rows:
        rows = calm(words.text("alert.none"), words.text("alert.none.sub"))
    return html.Div([heading(words.text("alert.title"), *counts), rows], className="in")


def calm(line: str, sub: str = "") -> Component:
    """A quiet mark and a line where there is nothing to list."""
    return html.Div(
        [html.I(className="tick"), html.Span(line), html.Small(sub)], className="nodata"
    )


def _row(row: WarningRow, board: Board, words: Words) -> Component:
    directory = board.directory
    place = joined(
        unit_name(row.township, directory.townships, words),
        unit_name(row.department, directory.departments, words),
    )
    state = stage_name(row.stage, board.stages, words)
    if row.supervisions:
        state = words.text("alert.supervised", n=row.supervisions)
    title = category_name(row.category, row.case_kind, words)
    return html.Div(
        [
            symbol(row.colour),
            html.Div(
                [
                    html.Div(
                        [
                            html.Span(title, className="el"),
                            html.Span(row.case_tail, className="no"),
                        ],
                        className="t1",
                    ),
                    html.Div(place or fmt.DASH, className="t2 el"),
                ],
                className="tt",
            ),
            html.Div([fmt.time_left(row.left_s, words), html.Small(state)], className="du"),
        ],
        className=f"ar {row.colour}",
    )
