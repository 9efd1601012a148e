"""Horizontal bars from zero on one common scale."""

from collections.abc import Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar: `value` sets its length, `figure` is what is written; `tick` marks a reference."""

    label: str
    value: float
    figure: str
    note: str = ""
    href: str | None = None
    tick: float | None = None


def bars(rows: Sequence[Bar]) -> Component:
    """Draw bars below each other; the longest value or tick fills the width."""
    longest = max((max(row.value, row.tick or 0) for row in rows), default=0) or 1
    return html.Div([_bar(row, longest) for row in rows], className="d-bars")


def _bar(row: Bar, longest: float) -> Component:
    track = [html.Span(className="fill", style={"width": f"{100 * row.value / longest:.1f}%"})]
    if row.tick is not None:
        left = f"{100 * row.tick / longest:.1f}%"
        track.append(html.Span(className="tickmark", style={"left": left}))
    figure = html.A(row.figure, href=row.href, className="fig") if row.href else row.figure
    return html.Div(
        [
            html.Span(row.label, className="l"),
            html.Span(track, className="track"),
            html.Span(figure, className="n"),
            html.Span(row.note, className="f"),
        ],
        className="d-bar",
    )
