"""The case list: what everybody asks for, filters in one line, and a table sorted by time left."""

from dataclasses import replace

from dash import html
from dash.development.base_component import Component

from dashboard.drilldown.case_list import CaseList, ListView
from dashboard.drilldown.question import Question
from dashboard.figures.filters import NONE, Filters
from layouts import format as fmt
from layouts.address import CHOICES
from layouts.desk.asking import Asking
from layouts.desk.chosen import Chosen, chosen, value_name
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
from layouts.desk.listed import listed_case
from layouts.desk.pager import pager
from layouts.desk.table import Shown, case_table
from layouts.pages.cases_empty import empty_list
from layouts.panels.marks import symbol
from layouts.words import Words

COLUMNS = ("sign", "code", "title", "category", "area", "department", "stage", "orders", "left")
SORTS = ("left", "accepted", "closed", "code", "category", "area", "department", "stage", "orders")
SIZES = (50, 100, 200)
DEFAULT_SORTS = {ListView.ACCEPTED: "accepted", ListView.ALL: "accepted", ListView.CLOSED: "closed"}
IN_PERIOD = (ListView.ACCEPTED, ListView.CLOSED, ListView.MISSED)
LONGEST_FIRST = frozenset({"accepted", "closed", "orders"})
PATH = "/cases"


def default_sort(view: ListView) -> str:
    """Return how a view is sorted where nobody asks: what runs out first, else the newest first."""
    return DEFAULT_SORTS.get(view, "left")


def layout(found: CaseList, asking: Asking) -> DeskPage:
    """Draw the list."""
    words = asking.words
    controls: list[Component] = []
    if found.view in IN_PERIOD:
        controls.append(period_control(asking))
    controls.append(as_of_control(asking))
    controls += [_export(found, asking, kind) for kind in ("xlsx", "csv")]
    controls.append(print_button(words))
    body: list[Component] = [_filters(found, asking), _totals(found, asking)]
    body.append(_table(found, asking) if found.total else empty_list(found, asking))
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
            _named(view, count, asking.words),
            asking.same(view=None if view is ListView.OPEN else view, page=None, sort=None),
            view is found.view,
        )
        for view, count in found.views.items()
    ]
    return segments(options, asking.words.text("cases.views"))


def _named(view: ListView, count: int | None, words: Words) -> str:
    name = words.text(f"cases.view.{view}")
    return name if count is None else f"{name} {fmt.number(count)}"


def _export(found: CaseList, asking: Asking, kind: str) -> Component:
    """Take the whole list away; there is nothing to take of an empty one."""
    words = asking.words
    name = {"xlsx": "Excel", "csv": "CSV"}[kind]
    text = words.text("export.count", n=fmt.number(found.total), kind=name)
    if not found.total:
        return html.Span(text, className="d-button off", **{"aria-disabled": "true"})
    view, sort = (asking.own.get(key) for key in ("view", "sort"))
    href = asking.to(f"/export/cases.{kind}", view=view, sort=sort)
    return button(text, href, download=True)


def _filters(found: CaseList, asking: Asking) -> Component:
    words, question = asking.words, asking.question
    search = html.Form(
        [
            Input(type="search", name="q", value=question.filters.text,
                  placeholder=words.text("cases.search"), size="24"),
            *kept_fields(question.about(text=""), asking.zoned, words, without=("q",)),
            *(Input(type="hidden", name=name, value=value)
              for name, value in asking.own.items() if name != "page"),
            html.Button(words.text("cases.find"), type="submit"),
        ],
        action=PATH,
        method="get",
    )  # fmt: skip
    chips = [_chip(one, asking) for one in chosen(question.filters, found.directory, words)]
    adding = [
        _adding(key, found, asking)
        for key, values in found.options.items()
        if values and not _restricts(key, question.filters)
    ]
    clear = []
    if question.filters != Filters():
        plain = replace(question, filters=Filters())
        clear = [html.A(words.text("cases.clear"), href=first_page(asking, plain))]
    return html.Div([search, *chips, *adding, *clear], className="d-filters")


def first_page(asking: Asking, question: Question) -> str:
    """Write the address of the list with another question: from its first page on."""
    return replace(asking, question=question).same(page=None)


def _restricts(key: str, filters: Filters) -> bool:
    return filters.area is not None if key == "area" else bool(getattr(filters, CHOICES[key]))


def _chip(one: Chosen, asking: Asking) -> Component:
    question = asking.question
    if one.key == "area":
        less = question.about(area=None)
    elif one.key == "q":
        less = question.about(text="")
    elif one.key == "state":
        less = question.about(state="")
    else:
        field = CHOICES[one.key]
        less = question.about(**{field: getattr(question.filters, field) - {one.code}})
    label = asking.words.text(f"cases.by.{one.key}")
    return html.A(
        [html.Small(label), html.Span(one.text), html.Span("×")],
        href=first_page(asking, less),
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
        parts = [html.Span(value_name(key, code, found.directory, words))]
        if count is not None:
            parts.append(html.Span(fmt.number(count)))
        links.append(html.A(parts, href=first_page(asking, more)))
    summary = html.Summary(f"+ {words.text(f'cases.by.{key}')}")
    return html.Details(
        [summary, html.Div(links, className="d-options")], className="d-fold left add"
    )


def _totals(found: CaseList, asking: Asking) -> Component:
    """The number of cases, and by shape what it is made of."""
    words = asking.words
    parts: list[Component] = [html.B(words.text("cases.total", n=fmt.number(found.total)))]
    if found.colours is not None and found.total:
        counts = found.colours
        for colour in ("red", "yellow", "blue"):
            text = f" {words.text(f'colour.{colour}')} {fmt.number(getattr(counts, colour))}"
            parts.append(html.Span([symbol(colour), text]))
        paused = words.text("cases.paused", n=fmt.number(counts.paused))
        parts.append(html.Span([html.I(className="sy paused"), f" {paused}"]))
        parts.append(html.Span(words.text("cases.normal", n=fmt.number(counts.normal))))
    printed = [
        f"{words.text(f'cases.by.{one.key}')} {one.text}"
        for one in chosen(asking.question.filters, found.directory, words)
    ]
    name = words.text(f"cases.view.{found.view}")
    parts.append(html.Span(" · ".join([name, *printed]), className="d-printed"))
    return html.Div(parts, className="d-totals")


def _table(found: CaseList, asking: Asking) -> Component:
    words, sort = asking.words, found.page.sort
    heads: list[Component | str] = []
    for name in COLUMNS:
        text = "" if name == "sign" else words.text(f"column.{name}")
        by = default_sort(found.view) if name == "left" and sort != "left" else name
        if name not in SORTS:
            heads.append(text)
            continue
        arrow = ("↓" if sort in LONGEST_FIRST else "↑") if by == sort else ""
        asked = None if by == default_sort(found.view) else by
        heads.append(html.A(f"{text} {arrow}".strip(), href=asking.same(sort=asked, page=None)))
    places = {row.code: n for n, row in enumerate(found.rows, found.page.offset + 1)}
    shown = Shown(found.directory, words, lambda code: listed_case(code, places[code], asking))
    table = case_table(found.rows, shown, COLUMNS, heads)
    foot = html.Div([_sizes(found, asking)], className="d-sizes")
    return html.Section([table, pager(found.total, found.page, asking), foot],
                        className="d-card long")  # fmt: skip


def _sizes(found: CaseList, asking: Asking) -> Component:
    """How many cases a page shows."""
    options = [
        (fmt.number(size), asking.same(size=None if size == SIZES[0] else size, page=None),
         size == found.page.limit)
        for size in SIZES
    ]  # fmt: skip
    return segments(options, asking.words.text("cases.size"))
