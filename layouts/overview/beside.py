"""A department's times beside those of all, its orders and returns; the weak points of a unit."""

from dash import html
from dash.development.base_component import Component

from dashboard.drilldown.beside import Held, Order
from dashboard.figures.filters import Filters
from dashboard.signals.weak_points import Weakness
from layouts import format as fmt
from layouts.desk.bars import Bar, bars
from layouts.desk.card import card, empty
from layouts.overview.drawn import Drawn
from layouts.panels.marks import symbol


def held(drawn: Drawn) -> Component:
    """How long cases wait to be claimed and stay in hand; the tick is all departments' mean."""
    words = drawn.words
    rows = [_held(one, drawn) for one in drawn.page.beside.held]
    return card(words.text("place.held"), words.text("place.held.note"), bars(rows))


def _held(one: Held, drawn: Drawn) -> Bar:
    words = drawn.words
    return Bar(
        label=words.text(f"place.held.{one.figure}"),
        value=one.own.ratio or 0.0,
        figure=fmt.mean_duration(one.own.ratio, words),
        note=words.text("place.held.all", d=fmt.mean_duration(one.all.ratio, words)),
        href=drawn.to(one.figure),
        tick=one.all.ratio,
    )


def orders(drawn: Drawn) -> Component:
    """The orders sent to the department, newest first, and how often it gave cases back."""
    words, page = drawn.words, drawn.page
    open_ = drawn.link("supervised", fmt.number(page.cells["supervised"].numerator))
    note = html.Span([words.text("place.orders.open"), " ", open_])
    listed: Component = empty(words.text("place.orders.none"))
    if page.beside.orders:
        listed = html.Ul([_order(one, drawn) for one in page.beside.orders], className="d-orders")
    return card(words.text("place.orders"), note, listed, _returned(drawn))


def _order(one: Order, drawn: Drawn) -> Component:
    words = drawn.words
    title = (one.title_en or one.title) if words.language == "en" else one.title
    href = None if one.case_code is None else drawn.asking.case(one.case_code)
    mark = [] if one.colour is None or one.replied_at is not None else [symbol(one.colour)]
    return html.Li(
        [
            html.Span([*mark, html.A(title, href=href) if href else title]),
            html.Small(words.text("place.orders.issued", t=fmt.moment_short(one.issued_at, words))),
            html.Span(_state(one, drawn), className="r"),
        ]
    )


def _state(one: Order, drawn: Drawn) -> str:
    words = drawn.words
    if one.replied_at is not None:
        return words.text("place.orders.replied", t=fmt.moment_short(one.replied_at, words))
    if one.reply_due is not None:
        return words.text("place.orders.due", t=fmt.moment_short(one.reply_due, words))
    return words.text("place.orders.waits")


def _returned(drawn: Drawn) -> Component:
    words, cell = drawn.words, drawn.page.beside.returned
    if cell is None or not cell.denominator:
        return html.P(words.text("place.returned.none"), className="d-note")
    rate = f"{fmt.rate(cell.numerator, cell.denominator)}%"
    of = words.text(
        "place.returned.of", k=fmt.number(cell.numerator), n=fmt.number(cell.denominator)
    )
    parts = [words.text("place.returned"), " ", drawn.link("unit_return_rate", rate), " ", of]
    return html.P([*parts, html.Br(), words.text("place.returned.note")], className="d-note")


def weak(drawn: Drawn) -> Component:
    """What lies farthest above the median of the units; nothing of few cases."""
    words, found = drawn.words, drawn.page.beside.weak
    title, note = words.text("place.weak"), words.text("place.weak.note")
    if not found:
        text = "place.weak.none" if found is not None else "place.weak.uncompared"
        return card(title, None, empty(words.text(text)))
    return card(title, note, bars([_weak(one, drawn) for one in found]))


def _weak(one: Weakness, drawn: Drawn) -> Bar:
    """Link to the unit alone: it is measured against all others under no other filter."""
    own = drawn.asking.question.about(**{name: getattr(Filters(), name) for name in FIELDS})
    middle = drawn.words.text("place.weak.median", v=f"{one.median or 0:.1f}")
    return Bar(
        label=drawn.words.text(f"figure.{one.indicator}.name"),
        value=one.rate or 0.0,
        figure=f"{fmt.rate(one.count, one.base)}%",
        note=middle,
        href=drawn.asking.figure(one.indicator, own.about(**drawn.own)),
        tick=one.median,
    )


FIELDS = tuple(Filters.__dataclass_fields__)
