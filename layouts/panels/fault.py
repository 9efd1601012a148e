"""What stands in the place of a panel that could not be drawn."""

from dash import html
from dash.development.base_component import Component

from layouts.panels.marks import symbol
from layouts.words import Words


def fault_panel(words: Words) -> Component:
    """Say that this panel failed and the others did not."""
    line = html.Span(words.text("fault.panel"))
    sub = html.Small(words.text("fault.panel.sub"))
    return html.Div(html.Div([symbol("yellow"), line, sub], className="nodata"), className="in")
