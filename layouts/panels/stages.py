"""Open cases along the labelled stages; it is not a funnel: nobody drops out."""

from dash import html
from dash.development.base_component import Component

from dashboard.snapshots.board import Board, StageCount
from dashboard.terms import Stage
from layouts import format as fmt
from layouts.names import joined, stage_name
from layouts.panels.marks import heading, symbol
from layouts.words import Words

DENSE_FROM = 10_000
"""From this count on the figures are set smaller: seven columns have to hold them."""


def stages_panel(board: Board, words: Words) -> Component:
    """Count, mean time and overdue of each stage; bars from zero on one common scale."""
    label = board.supervision_label or words.text("flow.supervision")
    notes = joined(
        words.text("flow.open", n=fmt.number(board.tallies.open.value)),
        words.text("flow.mean"),
        words.text("flow.supervised", label=label, n=fmt.number(board.supervised)),
    )
    columns = [_column(stage, board, words) for stage in board.stages]
    dense = max((stage.count for stage in board.stages), default=0) >= DENSE_FROM
    body = html.Div(columns, className="st dense" if dense else "st")
    return html.Div([heading(words.text("flow.title"), notes), body], className="in")


def _column(stage: StageCount, board: Board, words: Words) -> Component:
    done = stage.code is Stage.CLOSED
    name = stage_name(stage.code, board.stages, words)
    mean = words.text("flow.today") if done else fmt.mean_duration(stage.mean_s, words)
    overdue = []
    if stage.overdue:
        overdue = [html.Span([symbol("red"), fmt.number(stage.overdue)], className="od")]
    longest = max(column.count for column in board.stages)
    width = 100 * stage.count / longest if longest else 0
    return html.Div(
        [
            html.Div(name, className="k el"),
            html.Div(fmt.number(stage.count), className="c"),
            html.Div([html.Span(mean), *overdue], className="m"),
            html.Div(html.I(style={"width": f"{width:.0f}%"}), className="b"),
        ],
        className="fs done" if done else "fs",
    )
