"""Past issues of the briefing: which there are, who sealed them, and whether they still hold."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.briefing.archive import Archive, Filed
from dashboard.briefing.issue import Cycle
from dashboard.briefing.issued import BY_ITSELF
from layouts import format as fmt
from layouts.briefing.parts import parts
from layouts.desk.asking import Asking
from layouts.desk.card import empty
from layouts.desk.controls import print_button, segments
from layouts.desk.frame import DeskPage
from layouts.desk.pager import pager
from layouts.panels.marks import symbol
from layouts.words import Words

COLUMNS = (
    "number",
    "cycle",
    "day",
    "as_of",
    "sealed_at",
    "sealed_by",
    "event",
    "sha256",
    "state",
    "later",
)
FINGERPRINT = 12
"""Characters of a fingerprint that are shown; the issue shows all."""


def layout(page: Archive, asking: Asking) -> DeskPage:
    """Draw the page."""
    words = asking.words
    altered = sum(not one.intact for one in page.rows)
    said = []
    if altered:
        text = html.B(words.text("issues.altered", n=altered))
        said = [html.Div([symbol("yellow"), text], className="d-past", role="alert")]
    body = [empty(words.text("issues.none"))]
    if page.rows:
        body = [_table(page, asking), pager(page.total, page.page, asking, "issues")]
    rule = html.P(words.text("issues.rule", n=FINGERPRINT), className="d-note")
    later = html.P(words.text("issues.later.rule"), className="d-note")
    return DeskPage(
        title=words.text("issues.title"),
        here="brief",
        chips=[parts(asking, "issues")],
        controls=[print_button(words)],
        body=[
            *said,
            html.Section([_filters(page, asking), *body, rule, later], className="d-card"),
        ],
    )


def _filters(page: Archive, asking: Asking) -> Component:
    words, which = asking.words, page.which
    by_cycle = [
        (words.text("issues.all_cycles"), _only(asking, "cycle", None), which.cycle is None)
    ]
    by_cycle += [
        (words.text(f"issues.cycle.{one}"), _only(asking, "cycle", one), one is which.cycle)
        for one in Cycle
        if one in page.cycles or one is which.cycle
    ]
    by_year = [(words.text("issues.all_years"), _only(asking, "year", None), which.year is None)]
    by_year += [
        (str(year), _only(asking, "year", year), year == which.year)
        for year in sorted({*page.years, *([which.year] if which.year else [])}, reverse=True)
    ]
    return html.Div(
        [
            segments(by_cycle, words.text("issues.column.cycle")),
            segments(by_year, words.text("issues.year")),
        ],
        className="d-register-head",
    )


def _only(asking: Asking, key: str, value: str | int | None) -> str:
    return asking.same(**{key: value, "page": None})


def _table(page: Archive, asking: Asking) -> Component:
    heads = [html.Th(asking.words.text(f"issues.column.{name}"), scope="col", className=_side(name))
             for name in COLUMNS]  # fmt: skip
    rows = [_row(one, page.stated, asking) for one in page.rows]
    table = html.Table([html.Thead(html.Tr(heads)), html.Tbody(rows)], className="d-table")
    return html.Div(table, className="d-scroll")


def _side(name: str) -> str:
    return "num" if name == "later" else ""


def _row(one: Filed, stated: Sequence[Cycle], asking: Asking) -> Component:
    words, seal = asking.words, one.seal
    number: Component | str = words.text("briefing.number", year=seal.year, n=seal.number)
    if seal.cycle in stated:
        there = asking.to(f"/briefing/{seal.day.isoformat()}", cycle=seal.cycle)
        number = html.A(number, href=there)
    cells: dict[str, Component | str] = {
        "number": number,
        "cycle": words.text(f"issues.cycle.{seal.cycle}"),
        "day": fmt.day_with_year(seal.day, words),
        "as_of": fmt.moment(seal.as_of, words),
        "sealed_at": fmt.moment(seal.sealed_at, words),
        "sealed_by": _by(seal.sealed_by, words),
        "event": fmt.DASH if seal.event_id is None else fmt.number(seal.event_id),
        "sha256": html.Code(seal.sha256[:FINGERPRINT]),
        "state": _state(one, words),
        "later": fmt.DASH if one.later is None else fmt.number(one.later),
    }
    return html.Tr(
        [html.Td(cells[name], className=_side(name)) for name in COLUMNS],
        **{"data-key": f"{seal.cycle} {seal.day.isoformat()}"},
    )


def _by(who: str, words: Words) -> str:
    return words.text("issues.by_itself") if who == BY_ITSELF else who


def _state(one: Filed, words: Words) -> Component:
    if one.intact:
        return html.Span(words.text("issues.intact"))
    return html.Span([symbol("yellow"), html.B(words.text("issues.broken"))])
