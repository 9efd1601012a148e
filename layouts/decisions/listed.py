"""The register's list: one decision a row, with who does it, until when, and how far it is."""

from dash import html
from dash.development.base_component import Component

from dashboard.briefing.decision import Became, Decision
from dashboard.briefing.register_page import Listed, RegisterPage
from dashboard.calendar import local_day
from layouts import format as fmt
from layouts.decisions.filters import days_filter, owner_filter
from layouts.decisions.names import (
    beside_names,
    left_text,
    owner_name,
    progress_mark,
    reply_text,
    sign,
    title_of,
)
from layouts.decisions.selecting import PATH, keys_of, view_key
from layouts.desk.asking import Asking
from layouts.desk.card import empty
from layouts.desk.controls import segments

REACHED = (Became.DONE, Became.MOVING, Became.OPEN, Became.DROPPED)
"""How far decisions have come, in the order a paper tells it."""

COUNTED = (Became.DONE, Became.ON_TIME, Became.MOVING, Became.OPEN, Became.MOVED, Became.DROPPED)
"""What is counted of the decisions of some days."""

COLUMNS = ("sign", "title", "owner", "beside", "taken", "due", "progress", "reply", "left")


def list_card(page: RegisterPage, asking: Asking) -> Component:
    """Draw the choice of a list and the list."""
    words = asking.words
    options = [
        (
            words.text(f"decision.list.{which}", n=page.numbers[which]),
            asking.to(PATH, None, **keys_of(page, view=view_key(which), part=None)),
            which is page.selected.listed,
        )
        for which in page.numbers
    ]
    head = html.Div(
        [
            html.Div(
                [
                    segments(options, words.text("decision.list.label")),
                    owner_filter(page, asking),
                    days_filter(page, asking),
                ],
                className="d-register-filters",
            ),
            html.Small(words.text("decision.list.order")),
        ],
        className="d-register-head",
    )
    told = page.selected.listed is Listed.PAPER or page.selected.taken is not None
    parts = [_parts(page, asking)] if told else []
    body = _table(page, asking) if page.rows else empty(words.text("decision.list.none"))
    rule = html.P(words.text("decision.rule"), className="d-note")
    return html.Section([head, *parts, body, rule], className="d-card")


def _parts(page: RegisterPage, asking: Asking) -> Component:
    """The choice of what became of a paper's or some days' decisions, and which those are."""
    words, selected = asking.words, page.selected
    paper = selected.listed is Listed.PAPER
    whole = words.text("decision.list.all", n=page.numbers[selected.listed])
    told: list[tuple[Became | None, str]] = [(None, whole)]
    told += [
        (each, f"{words.text(f'decision.tally.{each}')} {fmt.number(page.parts[each])}")
        for each in (REACHED if paper else COUNTED)
    ]
    options = [
        (text, asking.to(PATH, None, **keys_of(page, part=each)), each is selected.part)
        for each, text in told
    ]
    start = fmt.moment_short(selected.start, words)
    since = words.text("decision.list.paper.since", t=start) if paper else None
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
    pressing = "" if left_s is None else "yellow" if left_s < 0 else "blue" if due_today else ""
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
        "left": html.Span(left_text(one, left_s, words), className=f"left {pressing}".strip()),
    }
    here = page.chosen is not None and page.chosen.id == one.id
    return html.Tr(
        [html.Td(cells[name], className=name) for name in COLUMNS],
        className="on" if here else "",
        **{"data-key": str(one.id)},
    )
