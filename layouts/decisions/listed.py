"""The register's list: one decision a row, with who does it, until when, and how far it is."""

from dash import html
from dash.development.base_component import Component

from dashboard.briefing.decision import Decision
from dashboard.briefing.register_page import Listed, RegisterPage
from dashboard.calendar import local_day
from layouts import format as fmt
from layouts.decisions.names import (
    beside_names,
    left_text,
    owner_name,
    progress_mark,
    reply_text,
    sign,
)
from layouts.desk.asking import Asking
from layouts.desk.card import empty
from layouts.desk.controls import segments

COLUMNS = ("sign", "title", "owner", "beside", "taken", "due", "progress", "reply", "left")


def list_card(page: RegisterPage, asking: Asking) -> Component:
    """Draw the choice of a list and the list."""
    words = asking.words
    options = [
        (
            words.text(f"decision.list.{which}", n=page.numbers[which]),
            asking.to("/decisions", view=None if which is Listed.OPEN else which),
            which is page.listed,
        )
        for which in Listed
    ]
    head = html.Div(
        [
            segments(options, words.text("decision.list.label")),
            html.Small(words.text("decision.list.order")),
        ],
        className="d-register-head",
    )
    body = _table(page, asking) if page.rows else empty(words.text("decision.list.none"))
    rule = html.P(words.text("decision.rule"), className="d-note")
    return html.Section([head, body, rule], className="d-card")


def _table(page: RegisterPage, asking: Asking) -> Component:
    words = asking.words
    names = [words.text(f"decision.column.{name}") if name != "sign" else "" for name in COLUMNS]
    head = [
        html.Th(text, scope="col", className=name)
        for name, text in zip(COLUMNS, names, strict=True)
    ]
    rows = [_row(one, page, asking) for one in page.rows]
    table = html.Table(
        [html.Thead(html.Tr(head)), html.Tbody(rows)], className="d-cases d-register"
    )
    return html.Div(table, className="d-scroll")


def _row(one: Decision, page: RegisterPage, asking: Asking) -> Component:
    words, left_s = asking.words, one.left_s(page.as_of)
    due_today = local_day(one.due_at, words.zone) == page.today
    view = None if page.listed is Listed.OPEN else page.listed
    late = "left yellow" if left_s is not None and left_s < 0 else "left"
    cells: dict[str, Component | str] = {
        "sign": sign(left_s, due_today=due_today),
        "title": html.A(one.title, href=asking.to(f"/decisions/{one.id}", view=view)),
        "owner": owner_name(one.owner, page.directory, words),
        "beside": beside_names(one, page.directory, words) or fmt.DASH,
        "taken": fmt.month_day(one.taken_on, words),
        "due": fmt.moment_short(one.due_at, words),
        "progress": progress_mark(one.progress, words),
        "reply": html.Span(reply_text(one, words), title=reply_text(one, words)),
        "left": html.Span(left_text(one, left_s, words), className=late),
    }
    here = page.chosen is not None and page.chosen.id == one.id
    return html.Tr(
        [html.Td(cells[name], className=name) for name in COLUMNS],
        className="on" if here else "",
        **{"data-key": str(one.id)},
    )
