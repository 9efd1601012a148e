"""The situations of a page, adding up to what was accepted: what each is made of, and if usual."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.drilldown.overview import SituationToday
from dashboard.figures.filters import NONE
from layouts import format as fmt
from layouts.desk.bars import Bar, bars
from layouts.desk.card import card, empty
from layouts.names import category_name, joined
from layouts.overview.drawn import Drawn
from layouts.overview.sentence import today_of
from layouts.panels.marks import change, sparkline, symbol

Row = tuple[str | None, int, int]


def situations(drawn: Drawn) -> Component:
    """Rows with the last days over what is usual where the page watches them, else bars."""
    words, rows = drawn.words, drawn.page.situations
    title = words.text("overview.situations")
    total = words.text("overview.sum", n=fmt.number(sum(row[1] for row in rows)))
    if drawn.page.today:
        note = words.text("place.situations.note")
        body = html.Div([_row(row, drawn) for row in _in_order(drawn)], className="d-sits")
        return card(title, note, body, aside=total)
    if not rows:
        return card(title, None, empty(words.text("overview.nothing")))
    return card(title, total, bars([_bar(row, drawn) for row in rows]))


def unusual_chips(drawn: Drawn) -> list[Component]:
    """A chip for each situation that leaves its band today."""
    return [
        drawn.chip([symbol("yellow"), _finding(one, drawn)], _today(one, drawn))
        for one in drawn.page.today
        if one.unusual
    ]


def _today(one: SituationToday, drawn: Drawn) -> str:
    return today_of(one, drawn.page, drawn.asking, drawn.question)


def _finding(one: SituationToday, drawn: Drawn) -> str:
    name = drawn.words.text(f"situation.{one.code}")
    return drawn.words.text(f"place.unusual.{one.unusual}", situation=name)


def _in_order(drawn: Drawn) -> Sequence[tuple[Row, SituationToday | None]]:
    """The watched situations in the centre's order, then whatever else was accepted."""
    found = {row[0]: row for row in drawn.page.situations}
    watched = [(found.pop(one.code, (one.code, 0, 0)), one) for one in drawn.page.today]
    return [*watched, *((row, None) for row in found.values())]


def _row(pair: tuple[Row, SituationToday | None], drawn: Drawn) -> Component:
    (code, now, before), today = pair
    words = drawn.words
    name = drawn.words.text("filter.none" if code is None else f"situation.{code}")
    parts = [
        f"{words.text('filter.none') if one is None else category_name(one, 'unknown', words)}"
        f" {fmt.number(count)}"
        for one, count in drawn.page.made_of.get(code, ())
    ]
    return html.Div(
        [
            html.A(name, href=drawn.asking.to(f"/situation/{code}"), className="k")
            if code is not None
            else html.Span(name, className="k"),
            html.Span(
                drawn.link("accepted", fmt.number(now), situations=code or NONE), className="c"
            ),
            change(now - before, words),
            html.Div() if today is None else sparkline(today.line, _band(today)),
            html.Span(joined(*parts), className="m"),
            _chip(today, drawn),
        ],
        className="d-sit",
    )


def _band(today: SituationToday) -> list[tuple[float, float]] | None:
    return None if today.band is None else [today.band] * len(today.line)


def _chip(today: SituationToday | None, drawn: Drawn) -> Component:
    if today is None or today.unusual is None or today.band is None:
        return html.Span()
    words = drawn.words
    low, high = (f"{edge:.1f}" for edge in today.band)
    return html.A(
        [symbol("yellow"), words.text(f"sit.{today.unusual}")],
        href=_today(today, drawn),
        className="chip yellow",
        title=words.text("place.unusual.usual", n=fmt.number(today.count), a=low, b=high),
    )


def _bar(row: Row, drawn: Drawn) -> Bar:
    code, now, before = row
    return Bar(
        label=drawn.words.text("filter.none" if code is None else f"situation.{code}"),
        value=now,
        figure=fmt.number(now),
        note=fmt.delta(now - before, drawn.words),
        href=drawn.to("accepted", situations=code or NONE),
    )
