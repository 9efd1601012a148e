"""The leaders' page of a place, a department or a situation: the same bones at every level."""

from collections.abc import Mapping
from typing import Any

from dash.development.base_component import Component

from dashboard.briefing.owned import Owned
from dashboard.drilldown.overview import Overview
from dashboard.terms import AreaLevel
from geodata.sketch import Sketch
from layouts import format as fmt
from layouts.decisions.short import owned_card
from layouts.desk.asking import Asking
from layouts.desk.card import columns, stack
from layouts.desk.change import versus
from layouts.desk.controls import (
    as_of_control,
    compare_control,
    period_control,
    print_button,
)
from layouts.desk.frame import Crumb, DeskPage
from layouts.desk.tiles import Tile, tile_strip
from layouts.overview import about, below, beside, cases, flow, hazards, misses, peers, situations
from layouts.overview.drawn import Drawn
from layouts.overview.sentence import sentence
from layouts.panels.marks import symbol
from layouts.words import Words


def layout(
    page: Overview,
    asking: Asking,
    own: Mapping[str, Any],
    sketch: Sketch | None = None,
    owned: Owned | None = None,
) -> DeskPage:
    """Draw the page; `own` are the filters that mean its subject, `sketch` the map below it.

    `owned` are the open decisions of a unit that may own some.
    """
    drawn = Drawn(page=page, asking=asking, own=own, sketch=sketch, owned=owned)
    words = asking.words
    return DeskPage(
        title=drawn.title,
        here=drawn.entry,
        crumbs=_crumbs(page, asking, drawn.title, own),
        chips=_chips(page, drawn),
        controls=[
            period_control(asking),
            *compare_control(asking, page.against, page.offered),
            as_of_control(asking),
            print_button(words),
        ],
        sentence=sentence(page, asking, dict(own)),
        body=[tile_strip(_tiles(drawn)), *_body(drawn)],
    )


def _body(drawn: Drawn) -> list[Component]:
    if "departments" in drawn.own:
        return [
            columns(flow.on_time(drawn), stack(beside.held(drawn), beside.weak(drawn)),
                    misses.by_area(drawn), widths="five-four-three"),
            columns(cases.open_cases(drawn), stack(*_owned(drawn), beside.orders(drawn)),
                    widths="wide-left"),
            columns(flow.daily(drawn), about.categories(drawn), peers.compared(drawn)),
            cases.key_cases(drawn),
        ]  # fmt: skip
    if drawn.page.level is AreaLevel.COUNTY or "situations" in drawn.own:
        return [
            columns(below.areas(drawn), stack(situations.situations(drawn), misses.table(drawn)),
                    stack(about.waiting(drawn), about.levels(drawn)), widths="four-five-three"),
            columns(flow.daily(drawn), about.categories(drawn), flow.on_time(drawn)),
            columns(cases.open_cases(drawn), cases.key_cases(drawn), widths="wide-left"),
            *([hazards.hazards(drawn)] if drawn.page.level is AreaLevel.COUNTY else []),
        ]  # fmt: skip
    if not drawn.page.below:
        return [
            columns(flow.daily(drawn), about.categories(drawn), situations.situations(drawn)),
            columns(cases.open_cases(drawn), stack(*_owned(drawn), peers.compared(drawn)),
                    widths="wide-left"),
            columns(about.levels(drawn), about.waiting(drawn), cases.key_cases(drawn)),
            hazards.hazards(drawn),
        ]  # fmt: skip
    if drawn.page.level is AreaLevel.VILLAGE:  # its peers are too small to show weak points
        return [
            columns(flow.daily(drawn), about.categories(drawn), below.areas(drawn)),
            columns(cases.open_cases(drawn), peers.compared(drawn), widths="wide-left"),
            columns(misses.table(drawn), about.waiting(drawn), widths="wide-left"),
            columns(situations.situations(drawn), about.levels(drawn), cases.key_cases(drawn)),
            hazards.hazards(drawn),
        ]
    return [
        columns(flow.daily(drawn), about.categories(drawn), below.areas(drawn)),
        columns(cases.open_cases(drawn), stack(*_owned(drawn), peers.compared(drawn)),
                widths="wide-left"),
        columns(misses.table(drawn), about.waiting(drawn), widths="wide-left"),
        columns(situations.situations(drawn), about.levels(drawn), beside.weak(drawn)),
        cases.key_cases(drawn),
        hazards.hazards(drawn),
    ]  # fmt: skip


def _owned(drawn: Drawn) -> list[Component]:
    owned = drawn.owned
    return [] if owned is None else [owned_card(owned, drawn.page.as_of, drawn.asking)]


def _crumbs(page: Overview, asking: Asking, title: str, own: Mapping[str, Any]) -> list[Crumb]:
    english = asking.words.language == "en"
    steps = [
        Crumb(name.en if english else name.full, asking.to(f"/area/{name.code}"))
        for name in page.parents
    ]
    if "departments" in own:
        steps.append(Crumb(asking.words.text("nav.dept"), asking.to("/league/departments")))
    here = page.name.en if english else page.name.short
    return [*steps, Crumb(here if page.level is AreaLevel.GRID else title)] if steps else []


def _chips(page: Overview, drawn: Drawn) -> list[Component]:
    words, standing = drawn.words, page.standing
    chips: list[Component] = situations.unusual_chips(drawn)
    high = page.hazards.of("high")
    if high:
        text = words.text("overview.high_hazards", n=fmt.number(high))
        chips.append(drawn.chip([symbol("red"), text], drawn.to("hazards", risks="high")))
    if standing is None or standing.compared < 2:
        return chips
    if standing.below_target:
        chips.append(drawn.chip([symbol("yellow"), words.text("overview.below_target")]))
    if not standing.significant:
        chips.append(drawn.chip([words.text("overview.not_ranked")]))
    elif standing.first is not None and standing.last is not None:
        text = words.text("overview.ranks", a=standing.first, b=standing.last, n=standing.compared)
        chips.append(drawn.chip([text]))
    return chips


def _tiles(drawn: Drawn) -> list[Tile]:
    page, words = drawn.page, drawn.words
    daily, cell = page.daily, page.cells

    def flow_tile(name: str, trend: tuple[int, ...]) -> Tile:
        change = versus(page.changes.get(name), page.against, words)
        return drawn.count_tile(name, (change, drawn.median(name)), trend[-14:])

    overdue = cell["overdue"].numerator
    parts = (
        words.text("overview.colours", r=fmt.number(cell["red"].numerator),
                   y=fmt.number(cell["yellow"].numerator)),
        drawn.median("overdue"),
    )  # fmt: skip
    rates = [one.ratio for one in page.monthly.cells]
    return [
        drawn.count_tile(
            "accepted",
            (versus(page.changes.get("accepted"), page.against, words), _brought(drawn)),
            daily.accepted[-14:],
        ),
        flow_tile("closed", daily.closed),
        drawn.count_tile("open", (_stock(drawn), drawn.median("open")), page.beside.stock),
        drawn.count_tile("overdue", parts, mark="red" if overdue else ""),
        drawn.rate_tile("on_time_rate", _on_time_feet(drawn, words), rates),
        drawn.rate_tile("satisfaction_rate", _rated(drawn, words)),
    ]


def _brought(drawn: Drawn) -> str:
    """Tell apart how often something was brought, and by how many people."""
    calls = fmt.number(drawn.page.cells["calls"].numerator)
    return drawn.words.text("overview.brought", n=calls, p=fmt.number(drawn.page.persons))


def _stock(drawn: Drawn) -> str:
    """Compare with the stock at the end of the first day of the line."""
    stock, words = drawn.page.beside.stock, drawn.words
    if not stock:
        return ""
    change = fmt.delta(stock[-1] - stock[0], words)
    return words.text("place.stock", n=len(stock) - 1, d=change)


def _on_time_feet(drawn: Drawn, words: Words) -> tuple[str, ...]:
    cell = drawn.page.cells["on_time_rate"]
    due = words.text("overview.met_of_due", k=fmt.number(cell.numerator),
                     n=fmt.number(cell.denominator or 0))  # fmt: skip
    change = versus(drawn.page.changes.get("on_time_rate"), drawn.page.against, words)
    return (due, change, drawn.median("on_time_rate"))


def _rated(drawn: Drawn, words: Words) -> tuple[str, ...]:
    cells = drawn.page.cells
    rated = cells["satisfaction_rate"].denominator or 0
    follow_up = cells["follow_up_rate"]
    coverage = fmt.rate(follow_up.numerator, follow_up.denominator or 0)
    return (
        words.text("overview.rated", n=fmt.number(rated), c=coverage),
        drawn.median("satisfaction_rate"),
    )
