"""The strip of headline figures: each opens into its explanation."""

from collections.abc import Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from layouts.panels.marks import sparkline, symbol


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """A label, a figure with its unit, and notes below.

    `spark` is a line of earlier values, oldest first. `mark` names a warning symbol beside the
    label. `feet` are notes in order of importance; the first alone is shown on a phone.
    """

    label: str
    figure: str
    unit: str = ""
    href: str | None = None
    spark: Sequence[float | None] = ()
    feet: Sequence[str] = ()
    mark: str = ""


def tile_strip(tiles: Sequence[Tile]) -> Component:
    """Draw the tiles in one strip."""
    return html.Section([_tile(tile) for tile in tiles], className="d-tiles")


def _tile(tile: Tile) -> Component:
    mark = [symbol(tile.mark)] if tile.mark else []
    parts = [html.Span(tile.figure, className="n"), html.Small(tile.unit)]
    figure = html.A(parts, href=tile.href, className="fig") if tile.href else html.Span(parts)
    alarm = " alarm" if tile.mark == "red" else ""
    return html.Div(
        [
            html.Div([*mark, html.Span(tile.label)], className="l"),
            html.Div([figure, sparkline(list(tile.spark))], className="v"),
            *(html.Div(foot, className="f") for foot in tile.feet),
        ],
        className=f"d-tile{alarm}",
    )
