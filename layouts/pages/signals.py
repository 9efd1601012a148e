"""The page of analyses: where it is unusual, where it presses, and what the centre's rules say."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeAlias

from dash import html
from dash.development.base_component import Component

from dashboard.calendar import local_day
from dashboard.drilldown.signals_page import SignalsPage
from dashboard.figures.choice import PeriodChoice, PeriodKind
from dashboard.figures.period import SECOND
from dashboard.signals.awards import Award, Score
from dashboard.signals.hotspots import Hotspot
from dashboard.signals.pressure import Pressure
from dashboard.snapshots.board import Name
from dashboard.terms import Colour
from layouts import format as fmt
from layouts.desk.asking import Asking
from layouts.desk.card import card, columns, empty
from layouts.desk.controls import as_of_control, period_control, print_button
from layouts.desk.frame import DeskPage
from layouts.names import category_name, joined, unit_name
from layouts.panels.marks import symbol

Cell: TypeAlias = Component | str


def layout(page: SignalsPage, asking: Asking) -> DeskPage:
    """Draw the page."""
    words = asking.words
    scored = [
        _scores(page.townships, page.directory.townships, "township", asking),
        _scores(page.departments, page.directory.departments, "dept", asking),
    ]
    return DeskPage(
        title=words.text("nav.signals"),
        here="signals",
        controls=[period_control(asking), as_of_control(asking), print_button(words)],
        body=[
            columns(_hotspots(page, asking), _top(page, asking), widths="halves"),
            _pressure(page, asking),
            columns(*scored, widths="halves"),
            _points(page, asking),
        ],
    )


def _table(heads: Sequence[Cell], rows: Sequence[Sequence[Cell]]) -> Component:
    """Draw a table whose columns after the first are numbers."""

    def names(place: int) -> str:
        return "num" if place else ""

    head = html.Tr([html.Th(text, scope="col", className=names(n)) for n, text in enumerate(heads)])
    body = [
        html.Tr([html.Td(cell, className=names(n)) for n, cell in enumerate(row)]) for row in rows
    ]
    table = html.Table([html.Thead(head), html.Tbody(body)], className="d-table")
    return html.Div(table, className="d-scroll")


def _hotspots(page: SignalsPage, asking: Asking) -> Component:
    words, found = asking.words, page.hotspots
    title, note = words.text("signals.hotspots.title"), _week(page, asking)
    if not found.enough:
        return card(title, note, empty(words.text("signals.hotspots.too_few")))
    if not found.graded:
        return card(title, note, empty(words.text("signals.hotspots.none")))
    heads = [words.text(f"signals.page.{name}") for name in ("cell", "count", "expected", "ratio")]
    rows = [
        [
            _spot(spot, page, asking),
            _count(spot, page, asking),
            f"{spot.expected:.1f}" if spot.expected is not None else fmt.DASH,
            f"{spot.ratio:.1f}" if spot.ratio is not None else fmt.DASH,
        ]
        for spot in found.graded
    ]
    definition = words.text("figure.hotspot.definition")
    return card(title, note, _table(heads, rows), html.P(definition, className="d-note"))


def _top(page: SignalsPage, asking: Asking) -> Component:
    words = asking.words
    heads = [words.text(f"signals.page.{name}") for name in ("cell", "count")]
    rows = [[_spot(spot, page, asking), _count(spot, page, asking)] for spot in page.hotspots.top]
    note = words.text("signals.hotspots.top_note")
    body = _table(heads, rows) if rows else empty(words.text("signals.hotspots.none"))
    return card(words.text("signals.hotspots.top"), note, body)


def _week(page: SignalsPage, asking: Asking) -> str:
    words = asking.words
    first, last = (
        fmt.month_day(local_day(instant, words.zone), words)
        for instant in (page.week.start, page.week.end - SECOND)
    )
    span = words.text("period.span", first=first, last=last)
    return joined(span, words.text("signals.hotspots.holiday") if page.holiday else None)


def _spot(spot: Hotspot, page: SignalsPage, asking: Asking) -> Component:
    words = asking.words
    area = unit_name(spot.area, page.directory.townships, words) or spot.area
    topic = (
        category_name(spot.category, "unknown", words)
        if spot.category.isdecimal()
        else words.text(f"kind.{spot.category}")
    )
    if spot.colour is Colour.NONE:
        return html.Span(joined(area, topic))
    grade = words.text(f"signals.grade.{spot.colour}")
    return html.Span([symbol(str(spot.colour)), f" {grade} ", joined(area, topic)])


def _count(spot: Hotspot, page: SignalsPage, asking: Asking) -> Component:
    week = PeriodChoice(
        kind=PeriodKind.CUSTOM,
        first=local_day(page.week.start, asking.words.zone),
        last=local_day(page.week.end - SECOND, asking.words.zone),
    )
    question = replace(asking.question, filters=page.cases_of[spot], period=week)
    text = fmt.number(spot.count)
    return html.A(text, href=asking.figure("signal_intake", question), className="fig")


def _pressure(page: SignalsPage, asking: Asking) -> Component:
    words = asking.words
    situations = [part.situation for part in page.pressure[0].parts] if page.pressure else []
    heads = [
        words.text("column.area"),
        words.text("signals.page.index"),
        *(words.text(f"situation.{situation}") for situation in situations),
    ]
    rows = [_pressed(one, page, asking) for one in page.pressure]
    title, note = words.text("signals.pressure.title"), words.text("signals.pressure.note")
    definition = html.P(words.text("figure.pressure_index.definition"), className="d-note")
    return card(title, note, _table(heads, rows), definition, className="long")


def _pressed(one: Pressure, page: SignalsPage, asking: Asking) -> list[Cell]:
    words = asking.words
    name = unit_name(one.area, page.directory.townships, words) or one.area
    link = html.A(name, href=asking.to(f"/area/{one.area}"))
    mark = [symbol(str(one.colour))] if one.colour is not Colour.NONE else []
    index = fmt.DASH if one.index is None else f"{one.index:.1f}"
    parts: list[Cell] = [
        html.Span(
            fmt.number(part.count) if part.index is None else f"{part.index:.1f}",
            title=words.text("signals.page.part", n=fmt.number(part.count),
                             w=fmt.number(part.weight)),
        )
        for part in one.parts
    ]  # fmt: skip
    return [link, html.Span([*mark, f" {index}"]), *parts]


def _scores(
    scores: tuple[Score, ...] | None, units: Sequence[Name], kind: str, asking: Asking
) -> Component:
    words = asking.words
    title = joined(words.text("signals.awards.title"), words.text(f"nav.{kind}"))
    if scores is None:
        return card(title, None, empty(words.text("signals.awards.not_configured")))
    heads = [words.text(f"signals.page.{name}") for name in ("unit", "score", "due", "award")]
    rows = [
        [
            _scored(one, units, asking),
            fmt.DASH if one.score is None or one.rank is None else f"{one.score:.1f}",
            fmt.number(one.due),
            _award(one, asking),
        ]
        for one in scores
    ]
    note = words.text("signals.awards.rule")
    return card(title, note, _table(heads, rows), className="long")


def _scored(one: Score, units: Sequence[Name], asking: Asking) -> Component:
    """The unit's name; unfolded, every part of its score."""
    words = asking.words
    name = unit_name(one.unit, units, words) or one.unit
    parts = [
        html.Li(
            words.text(
                "signals.page.points_of", name=words.text(f"signals.awards.part.{part.name}"),
                share=fmt.share(part.share), points=f"{part.points:.1f}", weight=f"{part.weight:g}",
            )
        )
        for part in one.parts
    ]  # fmt: skip
    parts += [
        html.Li(
            words.text(
                "signals.page.deducted", n=fmt.number(less.count), points=f"{less.points:g}",
                name=words.text(f"signals.awards.deduction.{less.name}"),
            )
        )
        for less in one.deductions
        if less.count
    ]  # fmt: skip
    return html.Details([html.Summary(name), html.Ul(parts)], className="d-as-table")


def _award(one: Score, asking: Asking) -> str:
    if one.rank is None:
        return asking.words.text("signals.page.below")
    return "" if one.award is None else asking.words.text(f"signals.page.award.{Award(one.award)}")


def _points(page: SignalsPage, asking: Asking) -> Component:
    words = asking.words
    title = words.text("signals.points.title")
    if page.points is None:
        return card(title, None, empty(words.text("signals.points.not_configured")))
    heads = [words.text(f"signals.page.{name}") for name in ("unit", "workers", "points", "median")]
    rows = [
        [
            unit_name(one.area, page.directory.townships, words) or one.area,
            fmt.number(one.workers),
            f"{one.points:,.1f}",
            words.text("signals.points.few") if one.median is None else f"{one.median:.1f}",
        ]
        for one in page.points
    ]
    note = words.text("signals.page.points_note")
    return card(title, note, _table(heads, rows), className="long")
