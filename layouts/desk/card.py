"""Cards: a finding as title, what is measured beside it, and the drawing below."""

from collections.abc import Sequence
from typing import TypeAlias

from dash import html
from dash.development.base_component import Component

Child: TypeAlias = Component | str | None


def card(
    title: Child,
    note: Child = None,
    *body: Child,
    aside: Child = None,
    className: str = "",  # noqa: N803 -- Dash's word
) -> Component:
    """A white sheet; `note` is smaller and stands beside the title, `aside` at the right."""
    parts = [html.Span(title), html.Small(note) if note is not None else None]
    head = html.H2(parts if aside is None else [*parts, html.Small(aside, className="r")])
    return html.Section([head, *body], className=f"d-card {className}".strip())


def columns(*cards: Child, widths: str = "") -> Component:
    """Cards side by side; `widths` is the name of a grid of the style sheet."""
    return html.Div(list(cards), className=f"d-grid {widths}".strip())


def stack(*cards: Child) -> Component:
    """Cards below each other in one column of a grid; the last one fills it."""
    return html.Div(list(cards), className="d-stack")


def empty(text: str) -> Component:
    """What stands where there is nothing to show."""
    return html.P(text, className="d-empty")


def facts(pairs: Sequence[tuple[str, Child]]) -> Component:
    """A list of what is known: a word and its value each."""
    return html.Dl(
        [html.Div([html.Dt(name), html.Dd(value)]) for name, value in pairs], className="d-facts"
    )
