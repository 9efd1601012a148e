"""How one unit stands among its peers: right is better on every strip."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles

from dash import html
from dash.development.base_component import Component


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """One measure: the unit's value, those of all peers, and what is written.

    `more_is_better` None: the measure has no better side; it is drawn as it is.
    """

    label: str
    value: float | None
    others: Sequence[float]
    figure: str
    note: str
    href: str | None = None
    more_is_better: bool | None = True


def peer_strips(rows: Sequence[Peer]) -> Component:
    """Draw a strip for each measure: dot, median tick, the middle half of the peers."""
    return html.Div([_strip(row) for row in rows], className="d-peers")


def _strip(row: Peer) -> Component:
    figure = html.A(row.figure, href=row.href, className="fig") if row.href else row.figure
    return html.Div(
        [
            html.Span(row.label, className="l"),
            html.Span(_marks(row), className="line"),
            html.Span(figure, className="n"),
            html.Span(row.note, className="f"),
        ],
        className="d-peer",
    )


def _marks(row: Peer) -> list[Component]:
    known = [*row.others, *([] if row.value is None else [row.value])]
    if len(row.others) < 2 or max(known) == min(known):
        return []
    low, high = min(known), max(known)

    def at(value: float) -> float:
        share = (value - low) / (high - low)
        return 5 + 90 * (1 - share if row.more_is_better is False else share)

    first, _, third = quantiles(row.others, n=4, method="inclusive")
    left, right = sorted((at(first), at(third)))
    marks = [
        html.B(style={"left": f"{left:.1f}%", "width": f"{right - left:.1f}%"}),
        html.U(style={"left": f"{at(median(row.others)):.1f}%"}),
    ]
    if row.value is not None:
        marks.append(html.I(style={"left": f"{at(row.value):.1f}%"}))
    return marks
