"""Open cases along the labelled stages; it is not a funnel: nobody drops out."""

from dash import html
from dash.development.base_component import Component

from dashboard.snapshots.board import Board, StageCount
from dashboard.terms import Stage
from layouts import format as fmt
from layouts.names import joined
from layouts.panels.marks import heading, symbol
from layouts.words import Words


def stages_panel(board: Board, words: Words) -> Component:
    """Count, mean time and overdue of each stage; bars from zero on one common scale."""
    label = words.text("flow.supervision")
    notes = joined(
        words.text("flow.open", n=fmt.number(board.tallies.open.value)),
        words.text("flow.mean"),
        words.text("flow.supervised", label=label, n=fmt.number(board.supervised)),
    )
    longest = max((stage.count for stage in board.stages), default=0)
    columns = [_column(stage, longest, words) for stage in board.stages]
    body = html.Div(columns, className="st")
    return html.Div([heading(words.text("flow.title"), notes), body], className="in")


def _column(stage: StageCount, longest: int, words: Words) -> Component:
    done = stage.code is Stage.CLOSED
    name = (
        stage.label if stage.label and words.language != "en" else words.text(f"stage.{stage.code}")
    )
    mean = words.text("flow.today") if done else fmt.mean_duration(stage.mean_s, words)
    overdue = []
    if stage.overdue:
        overdue = [html.Span([symbol("red"), fmt.number(stage.overdue)], className="od")]
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
