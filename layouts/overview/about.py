"""What cases are about, where they end, what waits, and how long things take."""

from dash import html
from dash.development.base_component import Component

from dashboard.figures.cell import Cell
from dashboard.figures.filters import NONE
from layouts import format as fmt
from layouts.desk.bars import Bar, bars
from layouts.desk.card import card, empty
from layouts.desk.change import than
from layouts.names import category_names
from layouts.overview.drawn import Drawn

CATEGORIES = 8


def categories(drawn: Drawn) -> Component:
    """The categories most accepted, the rest together."""
    words = drawn.words
    rows = drawn.page.categories
    if not rows:
        return card(words.text("overview.categories"), None, empty(words.text("overview.nothing")))
    names = category_names([code for code, _, _ in rows[:CATEGORIES] if code is not None], words)
    drawn_rows = [
        Bar(
            label=words.text("filter.none") if code is None else names[code],
            value=now,
            figure=fmt.number(now),
            note=fmt.delta(now - before, words),
            href=drawn.to("accepted", categories=code or NONE),
        )
        for code, now, before in rows[:CATEGORIES]
    ]
    rest = rows[CATEGORIES:]
    if rest:
        now, before = sum(row[1] for row in rest), sum(row[2] for row in rest)
        name = words.text("overview.others", n=len(rest))
        note = fmt.delta(now - before, words)
        # no bar: many small categories together would be the longest and say nothing
        drawn_rows.append(Bar(label=name, value=0.0, figure=fmt.number(now), note=note))
    return card(
        words.text("overview.categories"), than(drawn.page.against, words), bars(drawn_rows)
    )


def levels(drawn: Drawn) -> Component:
    """小事不出村, 大事不出镇: where what was resolved was resolved."""
    words, cells = drawn.words, drawn.page.cells
    names = ("village_share", "township_share", "grassroots_share")
    rows = [
        Bar(
            label=words.text(f"figure.{name}.name"),
            value=cells[name].ratio or 0.0,
            figure=_rate(cells[name]),
            note=f"{fmt.number(cells[name].numerator)}/{fmt.number(cells[name].denominator or 0)}",
            href=drawn.to(name),
        )
        for name in names
    ]
    title, note = words.text("overview.levels"), words.text("overview.levels.note")
    return card(title, note, bars(rows), className="d-named")


def waiting(drawn: Drawn) -> Component:
    """What waits for somebody today."""
    words, cells = drawn.words, drawn.page.cells
    question = drawn.question
    rows = [
        (
            words.text(f"overview.waiting.{name}"),
            html.A(
                fmt.number(cells[name].numerator),
                href=drawn.asking.to("/cases", question, view=view) if view else drawn.to(name),
                className="fig",
            ),
        )
        for name, view in (
            ("pending", "due_today"),
            ("awaits_follow_up", "follow_up"),
            ("supervised", None),
            ("red", None),
        )
    ]
    items = [html.Div([html.Dt(name), html.Dd(value)]) for name, value in rows]
    return card(words.text("overview.waiting"), None, html.Dl(items, className="d-waiting"))


def _rate(cell: Cell) -> str:
    rate = fmt.rate(cell.numerator, cell.denominator or 0)
    return rate if rate == fmt.DASH else f"{rate}%"
