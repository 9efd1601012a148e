"""A rate with its interval on a printed scale; a dot, no bar: the scale does not begin at 0."""

from dash import html
from dash.development.base_component import Component

FROM, TO = 0.7, 1.0
"""Ends of the scale."""


def whisker(
    rate: float | None,
    interval: tuple[float, float] | None,
    target: float | None,
    *,
    faint: bool = False,
) -> Component:
    """Draw a rate as `whisker_marks` do, faint where little may be said of it."""
    marks = whisker_marks(rate, interval, target)
    return html.Span(marks, className="d-whisker faint" if faint else "d-whisker")


def whisker_marks(
    rate: float | None, interval: tuple[float, float] | None, target: float | None
) -> list[Component]:
    """Draw the dot (hollow below the target), the interval's line and the target's tick.

    Where the interval leaves the scale at the left, the line ends in an arrow.
    """
    marks: list[Component] = []
    if target is not None:
        marks.append(html.U(style={"left": _at(target)}))
    if interval is not None:
        low, high = interval
        cut = " cut" if low < FROM else ""
        width = _share(high) - _share(low)
        marks.append(html.B(style={"left": _at(low), "width": f"{width:.1f}%"}, className=cut))
    if rate is not None:
        below = target is not None and rate < target
        marks.append(html.I(style={"left": _at(rate)}, className="low" if below else ""))
    return marks


def scale(target_label: str, target: float | None) -> Component:
    """The numbers above a column of whiskers."""
    ticks = [html.Span(f"{at}", style={"left": _at(at / 100)}) for at in (70, 80, 90, 100)]
    if target is not None:
        ticks.append(html.Em(target_label, style={"left": _at(target)}))
    return html.Span(ticks, className="d-scale")


def _share(value: float) -> float:
    return 100 * (min(max(value, FROM), TO) - FROM) / (TO - FROM)


def _at(value: float) -> str:
    return f"{_share(value):.1f}%"
