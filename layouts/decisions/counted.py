"""What became of decisions by month and by owner: each number opens into as many of them."""

from collections.abc import Sequence
from typing import NamedTuple

from dash import html
from dash.development.base_component import Component

from dashboard.briefing.decision import Became, Counts, Owner
from dashboard.briefing.register_page import Listed, RegisterPage
from dashboard.figures.choice import PeriodChoice, PeriodKind
from layouts import format as fmt
from layouts.decisions.names import owner_name
from layouts.decisions.selecting import PATH, days_key, view_key
from layouts.desk.asking import Asking
from layouts.desk.card import card, empty
from layouts.desk.controls import figure_link, period_text
from layouts.words import Words

COLUMNS = ("taken", "done", "on_time", "rate", "moved", "dropped", "unfinished")


class _Line(NamedTuple):
    """A row: its name, its counts, and which decisions are counted."""

    name: str
    counts: Counts
    days: PeriodChoice
    owner: Owner | None
    here: bool


def months_card(page: RegisterPage, asking: Asking) -> Component:
    """Draw what became of each of the last months' decisions."""
    words, asked = asking.words, page.selected
    lines = []
    for month, counts in page.months:
        days = PeriodChoice.containing(PeriodKind.MONTH, month)
        here = days == asked.taken
        lines.append(_Line(days_text(days, words), counts, days, asked.owner, here))
    whose = "" if asked.owner is None else owner_name(asked.owner, page.directory, words)
    return _card("month", whose, lines, asking)


def owners_card(page: RegisterPage, asking: Asking) -> Component:
    """Draw whose the decisions of the chosen days are, else those of the running month."""
    words, directory = asking.words, page.directory
    lines = [
        _Line(owner_name(owner, directory, words), counts, page.among, owner,
              owner == page.selected.owner)
        for owner, counts in page.owners
    ]  # fmt: skip
    return _card("owner", days_text(page.among, words), lines, asking)


def days_text(days: PeriodChoice, words: Words) -> str:
    """Write a month or a day."""
    if days.kind is not PeriodKind.MONTH:
        return period_text(days, words)
    month = words.text(f"month.{days.first.month}")
    return words.text("decision.month", year=days.first.year, month=month)


def column_text(name: str, words: Words) -> str:
    """Name a column of the counts."""
    own = f"decision.by.{name}"
    return words.text(own if words.knows(own) else f"decision.tally.{name}")


def became_href(
    asking: Asking,
    days: PeriodChoice,
    owner: Owner | None = None,
    part: Became | None = None,
    listed: Listed = Listed.ALL,
) -> str:
    """Write the address of the decisions of some days, of an owner, and what became of them."""
    return asking.to(
        PATH,
        view=view_key(listed),
        part=part,
        owner=None if owner is None else owner.key,
        taken=days_key(days),
    )


def _card(by: str, note: str, lines: Sequence[_Line], asking: Asking) -> Component:
    words = asking.words
    title = words.text(f"decision.by.{by}")
    if not lines:
        return card(title, note, empty(words.text("decision.list.none")))
    heads = [words.text(f"decision.by.{by}.column")]
    heads += [column_text(name, words) for name in COLUMNS]
    head = html.Tr([html.Th(text, scope="col", className="num" if at else "")
                    for at, text in enumerate(heads)])  # fmt: skip
    rows = [_row(line, asking) for line in lines]
    table = html.Table([html.Thead(head), html.Tbody(rows)], className="d-table d-counted")
    return card(title, note, html.Div(table, className="d-scroll"))


def _row(line: _Line, asking: Asking) -> Component:
    counts = line.counts
    rate = fmt.rate(counts.on_time, counts.done)

    def opens(number: int, part: Became | None, listed: Listed = Listed.ALL) -> Component | str:
        if not number:
            return fmt.number(number)
        href = became_href(asking, line.days, line.owner, part, listed)
        return figure_link(fmt.number(number), href)

    cells: dict[str, Component | str] = {
        "taken": opens(counts.taken, None),
        "done": opens(counts.done, Became.DONE),
        "on_time": opens(counts.on_time, Became.ON_TIME),
        "rate": fmt.DASH if rate == fmt.DASH else f"{rate}%",
        "moved": opens(counts.moved, Became.MOVED),
        "dropped": opens(counts.dropped, Became.DROPPED),
        "unfinished": opens(counts.unfinished, None, Listed.OPEN),
    }
    return html.Tr(
        [html.Th(line.name, scope="row")]
        + [html.Td(cells[name], className="num") for name in COLUMNS],
        className="on" if line.here else "",
    )
