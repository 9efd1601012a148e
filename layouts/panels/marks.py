"""Small drawn marks: warning symbols, arrows, sparklines, panel headings."""

from collections.abc import Callable, Sequence

from dash import html
from dash.development.base_component import Component
from dash_svg import Path, Svg

from layouts import format as fmt
from layouts.words import Words

_WIDTH, _TOP, _BOTTOM = 120.0, 4.0, 36.0


def symbol(colour: str) -> Component:
    """A warning symbol: its shape says the level, its colour repeats it."""
    return html.I(className=f"sy {colour}")


def tally_mark(colour: str, count: int, word: str, *, written: bool = True) -> Component:
    """A symbol with its count; a level without any is grey. An unwritten word is its title."""
    shown = colour if count else f"{colour} off"
    figure = fmt.number(count)
    return html.Span([symbol(shown), f"{word} {figure}" if written else figure], title=word)


def heading(title: str, *notes: Component | str) -> Component:
    """A panel's title, with its notes at the right end of the line."""
    return html.H2([html.Span(title, className="el"), html.Span(list(notes), className="r")])


def change(value: int | None, words: Words) -> Component:
    """A change on the same time yesterday: arrow, sign, figure."""
    arrow = [] if value is None else [html.I(className=f"ar-{_direction(value)}")]
    return html.Span([*arrow, html.Span(fmt.delta(value, words))], className="delta")


def _direction(value: int) -> str:
    return "same" if value == 0 else ("up" if value > 0 else "down")


def sparkline(
    values: Sequence[float | None], band: Sequence[tuple[float, float]] | None = None
) -> Component:
    """A line through `values`, oldest first, over its normal `band`; None leaves a gap."""
    known = [value for value in values if value is not None]
    if len(known) < 2 or (band is None and not any(known)):
        return html.Div(className="s")
    spread = [*known, *(edge for pair in band or () for edge in pair)]
    low, high = min(spread), max(spread)

    def point(index: int, value: float) -> str:
        x = _WIDTH * index / max(1, len(values) - 1)
        part = 0.5 if high == low else (value - low) / (high - low)
        return f"{x:.1f} {_BOTTOM - part * (_BOTTOM - _TOP):.1f}"

    paths = [Path(className="ln", d=_line(values, point))]
    if band:
        edges = [point(n, pair[1]) for n, pair in enumerate(band)]
        edges += [point(n, pair[0]) for n, pair in reversed(list(enumerate(band)))]
        paths.insert(0, Path(className="band", d=f"M{'L'.join(edges)}Z"))
    last = values[-1]
    if last is not None:
        paths.append(Path(className="dot", d=f"M{point(len(values) - 1, last)}h.01"))
    view = Svg(
        paths,
        viewBox="0 0 120 40",
        preserveAspectRatio="none",
        className="spark",
        **{"aria-hidden": "true"},
    )
    return html.Div(view, className="s")


def _line(values: Sequence[float | None], point: Callable[[int, float], str]) -> str:
    steps, command = [], "M"
    for index, value in enumerate(values):
        if value is None:
            command = "M"
            continue
        steps.append(f"{command}{point(index, value)}")
        command = "L"
    return "".join(steps)
