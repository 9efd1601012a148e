"""Lines over time with a band behind them, and the same values as a table.

Places are per cent of the frame between the scales: the style sheet makes a chart as wide as its
card and no higher than is read at a glance, and letters keep their size. What is written beside the
frame stands in its margins.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from dash import html
from dash.development.base_component import Component
from dash_svg import Line, Path, Svg, Text

FRAME = 100.0
APART, LOWEST = 10.0, 97.0
"""Labels at the right end keep this distance, and stand no lower, off the days."""

BEFORE = {"textAnchor": "end", "dx": "-.5em", "dy": ".35em"}
BEHIND = {"textAnchor": "start", "dx": ".5em", "dy": ".35em"}
BELOW = {"textAnchor": "middle", "dy": "1.6em"}
"""Where letters stand beside a place of the frame."""

At = Callable[[int, float], tuple[float, float]]
_NICE = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One line: `values` oldest first, None leaves a gap; `written` are the values as text."""

    label: str
    values: Sequence[float | None]
    written: Sequence[str]
    dashed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """What a chart shows: its lines over common `days` (as text), and what belongs to them.

    `band` are (low, high) pairs or None for each day. `low` and `high` fix the scale; without them
    it begins at 0. `target` is a line across. `unit` is written after the numbers of the scale.
    """

    days: Sequence[str]
    series: Sequence[Series]
    band: Sequence[tuple[float, float] | None] = ()
    low: float | None = None
    high: float | None = None
    target: float | None = None
    target_label: str = ""
    unit: str = ""


def trend(chart: Trend, *, description: str, table_label: str) -> Component:
    """Draw the chart; `description` is what it says to those who cannot see it."""
    low, high, step = _scale(chart)

    def at(index: int, value: float) -> tuple[float, float]:
        x = FRAME * index / max(1, len(chart.days) - 1)
        return x, FRAME * (high - value) / (high - low)

    lines = round((high - low) / step)
    marks: list[Component] = []
    for n in range(lines + 1):
        value = low + n * step
        y = at(0, value)[1]
        marks.append(_across(y, "grid"))
        marks.append(_text(0, y, f"{value:g}{chart.unit}", BEFORE))
    marks.append(_stretched(_band(chart, at)))
    if chart.target is not None:
        y = at(0, chart.target)[1]
        marks.append(_across(y, "target"))
        marks.append(_text(FRAME, y, chart.target_label, BEHIND))
    marks += _days(chart.days, at)
    marks.append(_stretched([_line_of(series, at) for series in chart.series]))
    marks += _labels(chart.series, at)
    drawing = Svg(
        marks,
        className="d-trend",
        role="img",
        **{"aria-label": description},
    )
    return html.Div([drawing, _table(chart, table_label)])


def _scale(chart: Trend) -> tuple[float, float, float]:
    """Return the ends of the scale and the distance of its lines: at most five."""
    values = [value for series in chart.series for value in series.values if value is not None]
    values += [edge for pair in chart.band if pair for edge in pair]
    low = 0.0 if chart.low is None else chart.low
    top = max([*values, low + 1]) if chart.high is None else chart.high
    step = next((nice for nice in _NICE if (top - low) / nice <= 5), _NICE[-1])
    return low, low + step * max(1, ceil((top - low) / step)), float(step)


def _band(chart: Trend, at: At) -> list[Component]:
    known = [(n, pair) for n, pair in enumerate(chart.band) if pair is not None]
    if len(known) < 2:
        return []
    upper = [at(n, pair[1]) for n, pair in known]
    lower = [at(n, pair[0]) for n, pair in reversed(known)]
    points = "L".join(f"{x:.2f} {y:.2f}" for x, y in (*upper, *lower))
    return [Path(d=f"M{points}Z", className="band")]


def _days(days: Sequence[str], at: At) -> list[Component]:
    every = max(1, ceil(len(days) / 5))
    return [
        _text(at(n, 0)[0], FRAME, day, BELOW)
        for n, day in enumerate(days)
        if (len(days) - 1 - n) % every == 0
    ]


def _line_of(series: Series, at: At) -> Component:
    steps, command = [], "M"
    for n, value in enumerate(series.values):
        if value is None:
            command = "M"
            continue
        x, y = at(n, value)
        steps.append(f"{command}{x:.2f} {y:.2f}")
        command = "L"
    return Path(d="".join(steps), className="line dashed" if series.dashed else "line")


def _labels(lines: Sequence[Series], at: At) -> list[Component]:
    """Write each line's last value at its end; labels make room, and none reaches the days."""
    ends = []
    for series in lines:
        known = [(n, value) for n, value in enumerate(series.values) if value is not None]
        if known:
            x, y = at(*known[-1])
            ends.append((y, x, f"{series.label} {series.written[known[-1][0]]}".strip(), series))
    ends.sort(key=lambda end: end[0])
    labels = []
    for (_, x, text, series), y in zip(ends, _apart([end[0] for end in ends]), strict=True):
        name = "label dashed" if series.dashed else "label"
        labels.append(_text(x, y, text, BEHIND, name))
    return labels


def _apart(heights: Sequence[float]) -> list[float]:
    """Move heights (ascending) apart, downwards, and where there is no more room upwards."""
    moved: list[float] = []
    for y in heights:
        moved.append(max(y, moved[-1] + APART) if moved else y)
    lowest = LOWEST
    for place in reversed(range(len(moved))):
        moved[place] = min(moved[place], lowest)
        lowest = moved[place] - APART
    return moved


def _stretched(paths: Sequence[Component]) -> Component:
    """Let paths fill the frame, whatever its shape."""
    box = f"0 0 {FRAME:g} {FRAME:g}"
    return Svg(list(paths), viewBox=box, preserveAspectRatio="none")


def _across(y: float, name: str) -> Component:
    return Line(x1="0%", x2="100%", y1=f"{y:.2f}%", y2=f"{y:.2f}%", className=name)


def _text(x: float, y: float, text: str, beside: Mapping[str, str], name: str = "") -> Component:
    return Text(text, x=f"{x:.2f}%", y=f"{y:.2f}%", className=name, **beside)


def _table(chart: Trend, label: str) -> Component:
    head = html.Tr([html.Th(), *(html.Th(one.label, scope="col") for one in chart.series)])
    rows = [
        html.Tr([html.Th(day, scope="row"), *(html.Td(one.written[n]) for one in chart.series)])
        for n, day in enumerate(chart.days)
    ]
    table = html.Table([html.Thead(head), html.Tbody(rows)], className="d-values")
    return html.Details([html.Summary(label), table], className="d-as-table")
