"""The decision looked at: what is asked of whom, and everything written under it."""

from dash import html
from dash.development.base_component import Component

from dashboard.briefing.decision import Decision, Entry, EntryKind
from dashboard.briefing.issue import Cycle
from dashboard.briefing.register_page import RegisterPage
from dashboard.calendar import local_day
from layouts import format as fmt
from layouts.decisions.names import (
    beside_names,
    left_text,
    owner_name,
    progress_mark,
    sign,
    title_of,
)
from layouts.desk.asking import Asking
from layouts.desk.card import facts
from layouts.desk.table import short_code
from layouts.names import joined
from layouts.words import Words


def chosen_card(
    one: Decision, page: RegisterPage, asking: Asking, forms: list[Component]
) -> Component:
    """Draw the decision, with the forms to write under it."""
    words, left_s = asking.words, one.left_s(page.as_of)
    called = title_of(one, words)
    due_today = local_day(one.due_at, words.zone) == page.today
    missed = one.times_missed(page.as_of)
    left = left_text(one, left_s, words)
    if due_today and left_s is not None and left_s >= 0:
        left = words.text("decision.due_today", t=fmt.clock(one.due_at, words))
    pressing = left_s is not None and (left_s < 0 or due_today)
    mark = [sign(left_s, due_today=due_today)] if pressing else []
    chips = [
        html.Span([*mark, left], className="chip"),
        html.Span(progress_mark(one.progress, words), className="chip"),
    ]
    if missed:
        chips.append(html.Span(words.text("decision.missed", n=missed), className="chip"))
    case = fmt.DASH
    if one.case_code is not None:
        short = short_code(one.case_code)
        case = html.A(short, href=asking.case(one.case_code), title=one.case_code)
    beside = beside_names(one, page.directory, words)
    pairs = [
        (words.text("decision.ask"), one.ask or fmt.DASH),
        (words.text("decision.column.owner"), owner_name(one.owner, page.directory, words)),
        (words.text("decision.column.beside"), beside or fmt.DASH),
        (words.text("decision.meeting"), _meeting(one, words)),
        (words.text("decision.case"), case),
    ]  # fmt: skip
    return html.Section(
        [
            html.H2(html.Span(called)),
            *([html.P(one.title, className="d-note", lang="zh-CN")] if called != one.title else []),
            html.Div(chips, className="d-chips"),
            facts(pairs),
            html.H3(words.text("decision.course")),
            html.Ol(_course(one, words), className="d-course"),
            *forms,
        ],
        className="d-card d-chosen",
    )


def _meeting(one: Decision, words: Words) -> str:
    cycle = "" if one.cycle is Cycle.DAILY else words.text(f"decision.cycle.{one.cycle}")
    return joined(cycle or None, fmt.day_with_year(one.taken_on, words))


def _course(one: Decision, words: Words) -> list[Component]:
    until = fmt.moment_short(one.asked_due_at, words)
    first = _step(fmt.moment_short(one.recorded_at, words), words.text("decision.taken"),
                  words.text("decision.until", t=until))  # fmt: skip
    steps = [first, *(_line(entry, words) for entry in one.entries)]
    if one.closed is None:
        when = fmt.moment_short(one.due_at, words)
        steps.append(_step(when, words.text("decision.then"), "", ahead=True))
    return steps


def _line(entry: Entry, words: Words) -> Component:
    until = None
    if entry.due_at is not None:
        until = words.text("decision.until", t=fmt.moment_short(entry.due_at, words))
    agreed = words.text("decision.agreed", name=entry.agreed_by) if entry.agreed_by else None
    said = joined(until, agreed, entry.text or None, entry.by or None)
    named = words.text(f"decision.entry.{EntryKind(entry.kind)}")
    return _step(fmt.moment_short(entry.at, words), named, said)


def _step(when: str, what: str, said: str, *, ahead: bool = False) -> Component:
    return html.Li(
        [html.Time(when), html.I(), html.Div([html.B(what), html.Span(said)])],
        className="ahead" if ahead else "",
    )
