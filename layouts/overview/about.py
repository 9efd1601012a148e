"""What cases are about, where they end, what waits, and how long things take."""

from collections.abc import Sequence
from typing import TypeAlias

from dash import html
from dash.development.base_component import Component

from dashboard.figures.cell import Cell
from dashboard.figures.filters import NONE
from dashboard.figures.sensitive import Hidden, Shown, is_sensitive, is_small, suppressed
from layouts import format as fmt
from layouts.desk.bars import Bar, bars
from layouts.desk.card import card, empty
from layouts.desk.change import than
from layouts.names import category_names
from layouts.overview.drawn import Drawn

CATEGORIES = 8

Row: TypeAlias = tuple[str | None, int, int]


def categories(drawn: Drawn) -> Component:
    """The categories most accepted, the rest together."""
    words = drawn.words
    rows = drawn.page.categories
    if not rows:
        return card(words.text("overview.categories"), None, empty(words.text("overview.nothing")))
    named, rest, deltas = _told(rows, drawn.page.sensitive)
    names = category_names([code for code, _, _ in named if code is not None], words)
    drawn_rows = [
        Bar(
            label=words.text("filter.none") if code is None else names[code],
            value=0.0 if isinstance(now, Hidden) else now,
            figure=words.text(f"hidden.{now}") if isinstance(now, Hidden) else fmt.number(now),
            note="" if isinstance(now, Hidden) or not deltas else fmt.delta(now - before, words),
            href=None if isinstance(now, Hidden) else drawn.to("accepted", categories=code or NONE),
        )
        for code, now, before in named
    ]
    if rest:
        now, before = sum(row[1] for row in rest), sum(row[2] for row in rest)
        name = words.text("overview.others", n=len(rest))
        note = fmt.delta(now - before, words) if deltas else ""
        # no bar: many small categories together would be the longest and say nothing
        drawn_rows.append(Bar(label=name, value=0.0, figure=fmt.number(now), note=note))
    return card(
        words.text("overview.categories"), than(drawn.page.against, words), bars(drawn_rows)
    )


def _told(
    rows: Sequence[Row], sensitive: frozenset[str]
) -> tuple[Sequence[tuple[str | None, Shown, int]], Sequence[Row], bool]:
    """Choose the rows that are named, those told together, and whether changes are told.

    Small counts of sensitive categories go together with the rest where there is one, else they
    are written as small, with one other left out; all of these come last.
    """
    small = [row for row in rows if is_small(row[1], sensitive=is_sensitive(row[0], sensitive))]
    large = [row for row in rows if row not in small]
    deltas = not any(is_small(row[2], sensitive=is_sensitive(row[0], sensitive)) for row in rows)
    if not small or len(large) >= CATEGORIES:
        return large[:CATEGORIES], [*large[CATEGORIES:], *small], deltas
    ordered = sorted(rows, key=lambda row: row[0] or "")
    shown = suppressed(
        [row[1] for row in ordered], [is_sensitive(row[0], sensitive) for row in ordered]
    )
    if shown is None:  # nothing else to leave out: what was accepted has no names here
        return (), rows, deltas
    told = [(code, now, before) for (code, _, before), now in zip(ordered, shown, strict=True)]
    return sorted(told, key=_hidden_last), (), deltas


def _hidden_last(row: tuple[str | None, Shown, int]) -> tuple[bool, int]:
    return (True, 0) if isinstance(row[1], Hidden) else (False, -row[1])


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
