"""The level below: a map to go down by, or bars where nobody has drawn the areas."""

from dash import html
from dash.development.base_component import Component

from dashboard.drilldown.overview import Below
from dashboard.terms import AreaLevel
from layouts import format as fmt
from layouts.desk.area_map import AreaMark, area_map
from layouts.desk.bars import Bar, bars
from layouts.desk.card import card, empty
from layouts.desk.controls import segments
from layouts.overview.drawn import Drawn
from layouts.panels.hazard_map import step_bounds, step_texts

COUNTS = ("open", "overdue")
BELOW: dict[AreaLevel | None, AreaLevel] = {
    AreaLevel.TOWNSHIP: AreaLevel.VILLAGE,
    AreaLevel.VILLAGE: AreaLevel.GRID,
}
"""What lies below a place, as far as it is no township."""

METRICS = (*COUNTS, "on_time_rate", "per_10k")


def areas(drawn: Drawn) -> Component:
    """Draw what lies below, by the metric of the address; each area is the way down."""
    words, page = drawn.words, drawn.page
    if not page.below:
        return card(words.text("overview.below"), None, empty(words.text("overview.below.none")))
    metric = drawn.asking.own.get("metric", "open")
    options = [
        (words.text(f"overview.metric.{one}"), drawn.asking.same(metric=one), one == metric)
        for one in METRICS
    ]
    choice = segments(options, words.text("overview.metric"))
    known = {area.code for area in drawn.sketch.areas} if drawn.sketch else set()
    on_map = drawn.sketch is not None and any(one.name.code in known for one in page.below)
    body = _map(drawn, metric) if on_map else _bars(drawn, metric)
    title = words.text(f"place.below.{BELOW.get(page.level, AreaLevel.TOWNSHIP)}")
    key = html.Span("↵", className="key")
    way = html.P([key, words.text("place.below.way")], className="d-note d-way-down")
    return card(title, words.text("overview.below.note"), choice, body, way if on_map else None)


def value(one: Below, metric: str) -> float | None:
    """Return what an area shows: a count, a share, or open cases per 10,000 inhabitants."""
    if metric == "on_time_rate":
        return one.cells[metric].ratio
    if metric == "per_10k":
        return one.cells["open"].numerator / one.population * 10_000 if one.population else None
    return float(one.cells[metric].numerator)


def _figure(one: Below, metric: str) -> str:
    number = value(one, metric)
    if number is None:
        return fmt.DASH
    if metric == "on_time_rate":
        cell = one.cells[metric]
        return f"{fmt.rate(cell.numerator, cell.denominator or 0)}%"
    return f"{number:.1f}" if metric == "per_10k" else fmt.number(int(number))


def _map(drawn: Drawn, metric: str) -> Component:
    if drawn.sketch is None:
        raise LookupError("no map to draw on")
    words = drawn.words
    counts = [round(number) for one in drawn.page.below if (number := _shading(one, metric))]
    bounds = step_bounds(counts)
    marks = {
        one.name.code: AreaMark(
            name=drawn.called(one.name),
            figure=_figure(one, metric),
            shade=sum((_shading(one, metric) or 0) >= bound for bound in bounds),
            href=drawn.asking.to(f"/area/{one.name.code}"),
            title=f"{drawn.called(one.name)} {_figure(one, metric)}",
            colour="red" if one.cells["overdue"].numerator else "",
        )
        for one in drawn.page.below
    }
    notes = [words.text("app.schematic.note")] if drawn.sketch.schematic else []
    steps = [words.text(f"overview.metric.{metric}"), *step_texts(bounds)]
    return area_map(drawn.sketch, marks, steps, notes)


def _shading(one: Below, metric: str) -> float | None:
    """Shade by counts; a rate by its per cent."""
    number = value(one, metric)
    if number is None:
        return None
    return 100 * number if metric == "on_time_rate" else number


def _bars(drawn: Drawn, metric: str) -> Component:
    rows = [
        Bar(
            label=drawn.called(one.name),
            value=_shading(one, metric) or 0.0,
            figure=_figure(one, metric),
            href=drawn.asking.to(f"/area/{one.name.code}"),
        )
        for one in sorted(drawn.page.below, key=lambda one: -(_shading(one, metric) or 0.0))
    ]
    return bars([*rows, *_rest(drawn, metric)])


def _rest(drawn: Drawn, metric: str) -> list[Bar]:
    """What lies in no area below, so that the bars add up to the figure of the place."""
    if metric not in COUNTS:
        return []
    placed = sum(one.cells[metric].numerator for one in drawn.page.below)
    rest = drawn.page.cells[metric].numerator - placed
    name = drawn.words.text("place.below.rest")
    return [Bar(label=name, value=rest, figure=fmt.number(rest))] if rest > 0 else []
