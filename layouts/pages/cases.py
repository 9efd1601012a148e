"""The case list: what everybody asks for, filters in one line, and a table sorted by time left."""

from collections.abc import Iterator
from dataclasses import replace

from dash import html
from dash.development.base_component import Component

from dashboard.drilldown.case_list import CaseList, ListView
from dashboard.figures.filters import NONE, Filters
from layouts import format as fmt
from layouts.address import CHOICES
from layouts.desk.asking import Asking
from layouts.desk.controls import (
    Input,
    as_of_control,
    button,
    kept_fields,
    period_control,
    print_button,
    segments,
)
from layouts.desk.frame import DeskPage
from layouts.desk.pager import pager
from layouts.desk.table import Shown, case_table
from layouts.names import category_name, unit_name
from layouts.panels.marks import symbol
from layouts.words import Words

COLUMNS = ("sign", "code", "title", "category", "area", "department", "stage", "orders", "left")
SORTED = {"left": "left", "code": "code"}
IN_PERIOD = (ListView.ACCEPTED, ListView.CLOSED)
PATH = "/cases"


def layout(found: CaseList, asking: Asking) -> DeskPage:
    """Draw the list."""
    words = asking.words
    controls: list[Component] = []
    if found.view in IN_PERIOD:
        controls.append(period_control(asking))
    controls.append(as_of_control(asking))
    if found.total:
        controls += [_export(found, asking, kind) for kind in ("xlsx", "csv")]
    controls.append(print_button(words))
    body: list[Component] = [_filters(found, asking), _totals(found, asking)]
    body += [_table(found, asking)] if found.total else [_empty(found, asking)]
    return DeskPage(
        title=words.text("nav.cases"),
        here="cases",
        chips=[_views(found, asking)],
        controls=controls,
        body=body,
    )


def _views(found: CaseList, asking: Asking) -> Component:
    options = [
        (
            f"{asking.words.text(f'cases.view.{view}')} {fmt.number(count)}",
            asking.same(view=None if view is ListView.OPEN else view, page=None),
            view is found.view,
        )
        for view, count in found.views.items()
    ]
    return segments(options, asking.words.text("cases.views"))


def _export(found: CaseList, asking: Asking, kind: str) -> Component:
    text = asking.words.text(f"explain.export.{kind}")
    href = asking.to(f"/export/cases.{kind}", view=found.view, sort=found.page.sort)
    return button(text, href, download=True)


def _filters(found: CaseList, asking: Asking) -> Component:
    words, question = asking.words, asking.question
    search = html.Form(
        [
            Input(type="search", name="q", value=question.filters.text,
                  placeholder=words.text("cases.search"), size="24"),
            *kept_fields(question.about(text=""), asking.zoned, words, without=("q",)),
            *(Input(type="hidden", name=name, value=value)
              for name, value in asking.own.items() if name in ("view", "sort")),
            html.Button(words.text("cases.find"), type="submit"),
        ],
        action=PATH,
        method="get",
    )  # fmt: skip
    chips = [_chip(key, code, text, asking) for key, code, text in _active(found, asking)]
    adding = [
        _adding(key, found, asking) for key in found.options if not _chosen(key, question.filters)
    ]
    clear = []
    if question.filters != Filters():
        plain = replace(question, filters=Filters())
        clear = [html.A(words.text("cases.clear"), href=asking.asking(plain))]
    return html.Div([search, *chips, *adding, *clear], className="d-filters")


def _chosen(key: str, filters: Filters) -> bool:
    return filters.area is not None if key == "area" else bool(getattr(filters, CHOICES[key]))


def _active(found: CaseList, asking: Asking) -> Iterator[tuple[str, str, str]]:
    """Yield each filter that restricts: its key, its code, and what it is called."""
    filters, words = asking.question.filters, asking.words
    if filters.area is not None:
        yield "area", filters.area, value_name("area", filters.area, found, words)
    for key, field in CHOICES.items():
        for code in sorted(getattr(filters, field)):
            yield key, code, value_name(key, code, found, words)
    if filters.text:
        yield "q", filters.text, words.text("filter.text", q=filters.text)


def value_name(key: str, code: str, found: CaseList, words: Words) -> str:
    """Name one value of a filter."""
    if code == NONE:
        return words.text("filter.none")
    directory = found.directory
    if key == "area":
        return unit_name(code, (directory.county, *directory.townships), words) or code
    if key == "department":
        return unit_name(code, directory.departments, words) or code
    if key == "category":
        return category_name(code, "unknown", words)
    name = f"{key}.{code}"
    return words.text(name) if words.knows(name) else code


def _chip(key: str, code: str, text: str, asking: Asking) -> Component:
    question = asking.question
    if key == "area":
        less = question.about(area=None)
    elif key == "q":
        less = question.about(text="")
    else:
        field = CHOICES[key]
        less = question.about(**{field: getattr(question.filters, field) - {code}})
    label = asking.words.text(f"cases.by.{key}")
    return html.A(
        [html.Small(label), html.Span(text), html.Span("×")],
        href=asking.asking(less),
        className="d-chip",
        title=asking.words.text("cases.drop"),
    )


def _adding(key: str, found: CaseList, asking: Asking) -> Component:
    question, words = asking.question, asking.words
    links = []
    for code, count in found.options[key]:
        if key == "area":
            if code == NONE:
                continue
            more = question.about(area=code)
        else:
            more = question.about(**{CHOICES[key]: frozenset({code})})
        name = html.Span(value_name(key, code, found, words))
        links.append(html.A([name, html.Span(fmt.number(count))], href=asking.asking(more)))
    summary = html.Summary(f"+ {words.text(f'cases.by.{key}')}")
    return html.Details(
        [summary, html.Div(links, className="d-options")], className="d-fold left add"
    )


def _totals(found: CaseList, asking: Asking) -> Component:
    words = asking.words
    parts: list[Component] = [html.B(words.text("cases.total", n=fmt.number(found.total)))]
    if found.colours is not None:
        counts = found.colours
        for colour in ("red", "yellow", "blue"):
            text = f" {words.text(f'colour.{colour}')} {fmt.number(getattr(counts, colour))}"
            parts.append(html.Span([symbol(colour), text]))
        paused = words.text("cases.paused", n=fmt.number(counts.paused))
        parts.append(html.Span([html.I(className="sy paused"), f" {paused}"]))
        parts.append(html.Span(words.text("cases.normal", n=fmt.number(counts.normal))))
    return html.Div(parts, className="d-totals")


def _table(found: CaseList, asking: Asking) -> Component:
    words = asking.words
    heads: list[Component | str] = []
    for name in COLUMNS:
        text = "" if name == "sign" else words.text(f"column.{name}")
        if name in SORTED:
            arrow = " ↑" if found.page.sort == SORTED[name] else ""
            heads.append(html.A(f"{text}{arrow}", href=asking.same(sort=SORTED[name], page=None)))
        else:
            heads.append(text)
    shown = Shown(found.directory, words, asking.case)
    table = case_table(found.rows, shown, COLUMNS, heads)
    return html.Section([table, pager(found.total, found.page, asking)], className="d-card long")


def _empty(found: CaseList, asking: Asking) -> Component:
    """Say that an empty list is no fault, and what dropping a filter would give."""
    words, filters = asking.words, Filters()
    offers = sorted(found.without.items(), key=lambda one: -one[1])
    links = [
        button(
            words.text("cases.without", by=words.text(f"cases.by.{_key_of(field)}"),
                       n=fmt.number(count)),
            asking.asking(asking.question.about(**{field: getattr(filters, field)})),
            primary=place == 0 and count > 0,
        )
        for place, (field, count) in enumerate(offers)
    ]  # fmt: skip
    moment = words.text("cases.no_fault", t=fmt.moment(found.as_of, words))
    title = words.text("cases.none", n=len(offers)) if offers else words.text("cases.none_at_all")
    return html.Section(
        [
            html.H2(title),
            html.P(moment, className="d-note"),
            html.Div(links, className="d-controls"),
        ],
        className="d-card",
    )


def _key_of(field: str) -> str:
    keys = {name: key for key, name in CHOICES.items()} | {"area": "area", "text": "q"}
    return keys.get(field, field)
