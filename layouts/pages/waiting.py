"""督办单在途: every supervision order of a briefing that waits for an answer, the oldest first."""

from collections.abc import Sequence
from datetime import datetime

from dash import html
from dash.development.base_component import Component

from dashboard.briefing.waiting import Shown, WaitingOrder, WaitingPage
from layouts import format as fmt
from layouts.briefing.headline import cut, span_key
from layouts.briefing.parts import ORDERS, parts
from layouts.briefing.said import department_name, title_of, township_name
from layouts.desk.asking import Asking
from layouts.desk.card import empty
from layouts.desk.controls import print_button, segments
from layouts.desk.frame import DeskPage
from layouts.desk.pager import pager
from layouts.desk.table import short_code
from layouts.names import joined
from layouts.panels.marks import symbol
from layouts.words import Words

COLUMNS = ("colour", "code", "title", "township", "department", "issued", "waits")
RIGHT = frozenset({"waits"})


def layout(found: WaitingPage, asking: Asking) -> DeskPage:
    """Draw a page of the orders."""
    words, issue = asking.words, found.issue
    mark = words.text("briefing.draft")
    if issue.number is not None:
        mark = words.text("briefing.number", year=issue.day.year, n=issue.number)
    body: Sequence[Component] = [empty(words.text("waiting.none"))]
    if found.rows:
        body = [_table(found, asking), pager(found.total, found.page, asking, "orders")]
    at = fmt.moment(cut(issue, found.as_of), words)
    rule = html.P(words.text("waiting.rule", t=at), className="d-note")
    return DeskPage(
        title=words.text("waiting.title"),
        here="brief",
        chips=[
            parts(_plain(asking), "", asking.path.removesuffix(ORDERS), span_key(issue)),
            html.Span(mark, className="chip"),
        ],
        note=fmt.day(issue.day, words),
        moment=joined(words.text("briefing.cut", t=at), _known(found.known_at, words)),
        controls=[print_button(words)],
        body=[
            _choice(found, asking),
            html.Section([rule, *body], className="d-card"),
        ],
    )


def _known(at: datetime | None, words: Words) -> str:
    if at is None:
        return words.text("explain.known_now")
    return words.text("explain.known_at", t=fmt.moment(at, words))


def _plain(asking: Asking) -> Asking:
    """Ask what the pages around it are asked: the moment of a paper's number is its own."""
    question = asking.question
    return asking.over(question.at(None)) if isinstance(question.known, datetime) else asking


def _choice(found: WaitingPage, asking: Asking) -> Component:
    words = asking.words
    choice = segments(
        [
            (words.text("briefing.pair", name=_name(shown, words), n=fmt.number(n)),
             asking.same(view=shown, page=None), shown is found.shown)
            for shown, n in found.counts.items()
            if n or shown in (Shown.ALL, found.shown)
        ],
        words.text("waiting.colours"),
    )  # fmt: skip
    return html.Div([choice], className="d-filters")


def _name(shown: Shown, words: Words) -> str:
    return words.text("waiting.all" if shown is Shown.ALL else f"briefing.orders.{shown}")


def _table(found: WaitingPage, asking: Asking) -> Component:
    words = asking.words
    heads = [
        html.Th(words.text(f"waiting.column.{name}"), scope="col", className=_side(name))
        for name in COLUMNS
    ]
    rows = [_row(one, found, asking) for one in found.rows]
    table = html.Table([html.Thead(html.Tr(heads)), html.Tbody(rows)], className="d-table b-table")
    return html.Div(table, className="d-scroll")


def _row(one: WaitingOrder, found: WaitingPage, asking: Asking) -> Component:
    words, case = asking.words, one.case
    code = html.A(short_code(case.code), href=asking.case(case.code))
    cells: dict[str, Component | str | list[Component | str]] = {
        "colour": [symbol(str(one.colour or "none")), _name(Shown.of(one.colour), words)],
        "code": code,
        "title": title_of(case, words),
        "township": township_name(case.township, found.directory, words),
        "department": department_name(case.department, found.directory, words),
        "issued": fmt.moment(one.at, words),
        "waits": fmt.duration_two(one.waits_s, words),
    }
    return html.Tr([html.Td(cells[name], className=_side(name)) for name in COLUMNS])


def _side(name: str) -> str:
    return "num" if name in RIGHT else ""
