"""What an explanation is of: its period, its moment, whose cases, and by which definition."""

from collections.abc import Iterator

from dash import html
from dash.development.base_component import Component

from dashboard.drilldown.explain import Explanation
from dashboard.figures.filters import NONE, Filters
from layouts import format as fmt
from layouts.desk.asking import Asking
from layouts.names import category_name, joined, unit_name
from layouts.words import Words


def facts(found: Explanation, asking: Asking) -> Component:
    """The period, the moment, the population and the source."""
    words = asking.words
    period = words.text("explain.at_that_moment")
    if found.period is not None:
        first = fmt.moment(found.period.start, words)
        period = words.text("explain.span", first=first, end=fmt.moment(found.period.end, words))
    moment = fmt.moment(found.as_of, words)
    known = words.text("explain.known_then" if found.known_at else "explain.known_now")
    pairs = [
        (words.text("explain.period"), period),
        (words.text("explain.as_of"), f"{moment} · {known}"),
        (words.text("explain.population"), _scope(asking.question.filters, found, words)),
        (words.text("explain.source"), found.source),
    ]
    cells = [html.Div([html.Dt(name), html.Dd(value)]) for name, value in pairs]
    return html.Section(html.Dl(cells, className="x-facts"), className="x-block")


def place_name(filters: Filters, found: Explanation, words: Words) -> str:
    """Name the area of the filters; without one, the county."""
    county = found.directory.county
    code = filters.area
    if code is None or code == county.code:
        return county.en if words.language == "en" else county.full
    return unit_name(code, found.directory.townships, words) or code


def _scope(filters: Filters, found: Explanation, words: Words) -> str:
    return (
        joined(place_name(filters, found, words), *filter_texts(filters, found, words)) or fmt.DASH
    )


def filter_texts(filters: Filters, found: Explanation, words: Words) -> Iterator[str]:
    """Write each filter that restricts, in words."""
    none = words.text("filter.none")
    for code in sorted(filters.departments):
        yield (
            none if code == NONE else (unit_name(code, found.directory.departments, words) or code)
        )
    for field, prefix in (("situations", "situation"), ("kinds", "kind"), ("levels", "level"),
                          ("risks", "risk"), ("colours", "colour"), ("stages", "stage"),
                          ("channels", "channel")):  # fmt: skip
        for code in sorted(getattr(filters, field)):
            yield none if code == NONE else words.text(f"{prefix}.{code}")
    for code in sorted(filters.categories):
        yield none if code == NONE else category_name(code, "unknown", words)
    if filters.state:
        yield words.text(f"filter.state.{filters.state}")
    if filters.text:
        yield words.text("filter.text", q=filters.text)
