"""The register's list: one decision a row, with who does it, until when, and how far it is."""

from dash import html
from dash.development.base_component import Component

from dashboard.briefing.decision import Decision
from dashboard.briefing.morning import Progress
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
    title_of,
)
from layouts.decisions.selecting import keys_of
from layouts.desk.asking import Asking
from layouts.desk.card import empty
from layouts.desk.controls import segments

REACHED = (Progress.DONE, Progress.MOVING, Progress.OPEN, Progress.DROPPED)
"""How far decisions have come, in the order a paper tells it."""

COLUMNS = ("sign", "title", "owner", "beside", "taken", "due", "progress", "reply", "left")


def list_card(page: RegisterPage, asking: Asking) -> Component:
    """Draw the choice of a list and the list."""
    words = asking.words
    options = [
        (
            words.text(f"decision.list.{which}", n=page.numbers[which]),
            asking.to("/decisions", view=None if which is Listed.OPEN else which),
            which is page.selected.listed,
        )
        for which in page.numbers
    ]
    head = html.Div(
        [
            segments(options, words.text("decision.list.label")),
            html.Small(words.text("decision.list.order")),
        ],
        className="d-register-head",
    )
    parts = [_parts(page, asking)] if page.selected.listed is Listed.PAPER else []
    body = _table(page, asking) if page.rows else empty(words.text("decision.list.none"))
    rule = html.P(words.text("decision.rule"), className="d-note")
    return html.Section([head, *parts, body, rule], className="d-card")


def _parts(page: RegisterPage, asking: Asking) -> Component:
    """The choice of how far a paper's decisions have come, and which those are."""
    words, selected = asking.words, page.selected
    whole = words.text("decision.list.all", n=page.numbers[Listed.PAPER])
    told: list[tuple[Progress | None, str]] = [(None, whole)]
    told += [
        (each, f"{words.text(f'decision.progress.{each}')} {fmt.number(page.reached[each])}")
        for each in REACHED
    ]
    options = [
        (text, asking.to("/decisions", view=Listed.PAPER, part=each), each is selected.progress)
        for each, text in told
    ]
    since = words.text("decision.list.paper.since", t=fmt.moment_short(selected.start, words))
    return html.Div(
        [segments(options, words.text("decision.column.progress")), html.Small(since)],
        className="d-register-head",
    )


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
    late = "left yellow" if left_s is not None and left_s < 0 else "left"
    cells: dict[str, Component | str] = {
        "sign": sign(left_s, due_today=due_today),
        "title": html.A(
            title_of(one, words),
            href=asking.to(f"/decisions/{one.id}", None, **keys_of(page)),
            title=one.title,
        ),
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
