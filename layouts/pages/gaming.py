"""Signs of gaming as a table: shares with their counts, and a mark where a unit stands out."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TypeAlias

from dash import html
from dash.development.base_component import Component

from dashboard.calendar import local_day
from dashboard.drilldown.gaming import MONTH_END, SIGNS, Gaming, GamingLine, Mark, Sign
from dashboard.figures.choice import PeriodKind
from dashboard.figures.period import SECOND
from dashboard.league.interval import Share
from layouts import format as fmt
from layouts.desk.controls import figure_link
from layouts.pages.league_drawn import Drawn
from layouts.panels.marks import symbol

Child: TypeAlias = Component | str


def signs(drawn: Drawn, gaming: Gaming) -> list[Component]:
    """Draw the finding, the table and how to read it."""
    words = drawn.words
    out = [
        drawn.name(line.code) for line in gaming.lines if any(one.stands_out for one in line.marks)
    ]
    text = words.text("gaming.none")
    if out:
        text = words.text("gaming.some", names=words.text("ranking.joint").join(out))
    finding = html.Div(
        html.Div([html.B(text), html.Span(words.text("gaming.no_verdict"))]),
        className="d-finding same",
        role="status",
    )
    head = [html.Th(words.text(f"ranking.unit.{gaming.kind}"), scope="col", className="unit")]
    head += [_head(drawn, sign) for sign in SIGNS]
    rows = [_row(drawn, gaming, line) for line in gaming.lines]
    table = html.Table(
        [
            html.Thead(html.Tr(head)),
            html.Tbody(rows),
            html.Tfoot(_sum(drawn, gaming.kind, gaming.total)),
        ],
        className="d-league d-gaming",
    )
    legend = html.Footer(html.Span(words.text("gaming.legend")), className="d-legend")
    return [finding, html.Section(table, className="d-card d-league-card"), legend]


def _head(drawn: Drawn, sign: Sign) -> Component:
    words = drawn.words
    definition = words.text(f"figure.{sign.id}.definition")
    return html.Th(words.text(f"figure.{sign.id}.name"), scope="col", title=definition)


def _row(drawn: Drawn, gaming: Gaming, line: GamingLine) -> Component:
    name = html.A(drawn.name(line.code), href=drawn.unit_link(line.code))
    cells = [
        html.Td(
            _mark(drawn, gaming, line.code, (sign, mark)),
            className="out" if mark.stands_out else "",
        )
        for sign, mark in zip(SIGNS, line.marks, strict=True)
    ]  # fmt: skip
    key = {"data-key": f"unit-{line.code}"}
    return html.Tr([html.Th(name, scope="row", className="unit"), *cells], **key)


def _mark(
    drawn: Drawn, gaming: Gaming, code: str, marked: tuple[Sign, Mark]
) -> Child | list[Child]:
    sign, mark = marked
    share = mark.share
    if not share.n:
        return fmt.DASH
    counts = figure_link(_counts(share), _behind(drawn, gaming, code, sign))
    title = drawn.words.text("gaming.low" if sign.low else "gaming.high")
    flag: list[Child] = []
    if mark.stands_out:
        flag = [html.Span(symbol("yellow"), title=title, className="flag")]
    return [*flag, html.Span(fmt.rate(*share), className="rate"), html.Small(counts)]


def _behind(drawn: Drawn, gaming: Gaming, code: str, sign: Sign) -> str:
    """The sign's explanation; closings of the last days are those of a period of their own."""
    if sign.id != MONTH_END:
        return drawn.explain(sign.id, code)
    period = drawn.question.period
    last = local_day(gaming.end - SECOND, drawn.asking.zoned.zone)
    end = replace(period, kind=PeriodKind.CUSTOM, first=last - timedelta(days=1), last=last)
    return drawn.explain("closed", code, drawn.question.over(end))


def _sum(drawn: Drawn, kind: str, total: Sequence[Share]) -> Component:
    words = drawn.words
    cells = [
        html.Td([html.Span(fmt.rate(*share), className="rate"), html.Small(_counts(share))])
        if share.n
        else html.Td(fmt.DASH)
        for share in total
    ]  # fmt: skip
    name = words.text(f"gaming.all.{kind}")
    return html.Tr([html.Th(name, scope="row", className="unit"), *cells], className="sum")


def _counts(share: Share) -> str:
    return f"{share.k:,}/{share.n:,}"
