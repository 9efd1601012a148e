"""Decisions on other pages: what is asked of whom until when, each leading to itself."""

from collections.abc import Sequence
from datetime import datetime

from dash import html
from dash.development.base_component import Component

from dashboard.briefing.decision import Decision
from dashboard.briefing.owned import Owned
from dashboard.calendar import local_day
from dashboard.snapshots.board import Directory
from layouts import format as fmt
from layouts.decisions.names import left_text, owner_name, sign, title_of
from layouts.decisions.selecting import PATH
from layouts.desk.asking import Asking
from layouts.desk.card import card, empty
from layouts.names import joined
from layouts.words import Words

MOST = 8
"""Rows of a small card; its number tells of the rest."""


def owned_card(owned: Owned, as_of: datetime, asking: Asking) -> Component:
    """Draw what a unit has still to do, and the way to all of it."""
    words, number = asking.words, fmt.number(len(owned.rows))
    title = words.text("decision.owned")
    href = asking.to(PATH, asking.plain, owner=owned.owner.key)
    every = html.A(words.text("decision.owned.all", n=number), href=href)
    if not owned.rows:
        return card(title, None, empty(words.text("decision.owned.none")), aside=every)
    rows = [_row(one, as_of, asking, "") for one in owned.rows[:MOST]]
    return card(title, None, html.Ul(rows, className="d-orders"), aside=every)


def about_card(
    decisions: Sequence[Decision], directory: Directory, as_of: datetime, asking: Asking
) -> list[Component]:
    """Draw what was decided about a case; nothing where nothing was."""
    if not decisions:
        return []
    words = asking.words
    rows = [_row(one, as_of, asking, owner_name(one.owner, directory, words)) for one in decisions]
    return [card(words.text("decision.about"), None, html.Ul(rows, className="d-orders"))]


def _row(one: Decision, as_of: datetime, asking: Asking, owner: str) -> Component:
    words, left_s, today = asking.words, one.left_s(as_of), local_day(as_of, asking.words.zone)
    due_today = local_day(one.due_at, words.zone) == today
    pressing = left_s is not None and (left_s < 0 or due_today)
    mark = [sign(left_s, due_today=due_today)] if pressing else []
    link = html.A(title_of(one, words), href=asking.to(f"{PATH}/{one.id}", asking.plain))
    due = words.text("decision.until", t=fmt.moment_short(one.due_at, words))
    said = joined(owner or None, _age(one, one.age_days(today), words), due)
    left = joined(words.text(f"decision.progress.{one.progress}"), left_text(one, left_s, words))
    return html.Li(
        [html.Span([*mark, link]), html.Small(said), html.Span(left, className="r")],
        **{"data-key": str(one.id)},
    )


def _age(one: Decision, days: int, words: Words) -> str:
    taken = fmt.month_day(one.taken_on, words)
    if one.closed is not None:
        return words.text("decision.taken.on", day=taken)
    return words.text("decision.taken.age", day=taken, n=fmt.number(max(0, days)))
