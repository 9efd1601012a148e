"""An empty case list: that it is no fault, and which filter to drop."""

from dataclasses import replace

from dash import html
from dash.development.base_component import Component

from dashboard.drilldown.case_list import CaseList
from dashboard.figures.filters import Filters
from layouts import format as fmt
from layouts.address import CHOICES
from layouts.desk.asking import Asking
from layouts.desk.chosen import chosen
from layouts.desk.controls import button

KEYS = {field: key for key, field in CHOICES.items()} | {
    "area": "area",
    "text": "q",
    "state": "state",
}
"""The key of an address that fills a field of Filters."""


def empty_list(found: CaseList, asking: Asking) -> Component:
    """Say what dropping each filter would give; the one that helps most is the main button."""
    words = asking.words
    offers = sorted(found.without.items(), key=lambda one: -one[1])
    title = words.text("cases.none", n=len(offers)) if offers else words.text("cases.none_at_all")
    moment = words.text("cases.no_fault", t=fmt.moment(found.as_of, words))
    if offers:
        moment += words.text("cases.offer")
    lines = [
        html.A(
            [html.Span(_drop(field, found, asking)),
             html.B(words.text("cases.total", n=fmt.number(count)))],
            href=_without(field, asking),
        )
        for field, count in offers
    ]  # fmt: skip
    return html.Section(
        [
            html.I(className="d-none-mark"),
            html.H2(title),
            html.P(moment, className="d-note"),
            html.Div(lines, className="d-offers") if lines else None,
            html.Div(_buttons(offers, found, asking), className="d-controls"),
        ],
        className="d-card d-none",
    )


def _buttons(offers: list[tuple[str, int]], found: CaseList, asking: Asking) -> list[Component]:
    if not offers:
        return []
    clear = _address(replace(asking, question=replace(asking.question, filters=Filters())))
    best, count = offers[0]
    main = [button(_drop(best, found, asking), _without(best, asking), primary=True)]
    text = asking.words.text("cases.clear_all")
    return [*(main if count else []), button(text, clear, primary=not count)]


def _drop(field: str, found: CaseList, asking: Asking) -> str:
    """Name a filter with its values."""
    key, words = KEYS[field], asking.words
    values = [
        one.text
        for one in chosen(asking.question.filters, found.directory, words)
        if one.key == key
    ]
    by = words.text("cases.by_is", by=words.text(f"cases.by.{key}"), value=" / ".join(values))
    return words.text("cases.without", by=by)


def _without(field: str, asking: Asking) -> str:
    question = asking.question.about(**{field: getattr(Filters(), field)})
    return _address(asking.over(question))


def _address(asking: Asking) -> str:
    return asking.same(page=None)
