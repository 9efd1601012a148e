"""The league page: whether units differ, and what each had, got, gave and met."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.drilldown.gaming import Gaming
from dashboard.drilldown.league import League, LeaguePage, Shown, UnitLine
from dashboard.league.kind import Kind
from dashboard.league.ranking import Standing
from layouts.desk.asking import Asking
from layouts.desk.controls import (
    as_of_control,
    button,
    period_control,
    print_button,
    segments,
)
from layouts.desk.frame import DeskPage
from layouts.pages.gaming import signs
from layouts.pages.league_columns import COLUMNS, WITH_RATE, Column
from layouts.pages.league_drawn import Drawn
from layouts.pages.league_finding import finding, legend, offers
from layouts.pages.league_seal import corrections, seal

NAV = {Kind.TOWNSHIPS: "township", Kind.DEPARTMENTS: "dept"}


def layout(page: LeaguePage, asking: Asking) -> DeskPage:
    """Draw the page."""
    drawn, words = Drawn(page=page, asking=asking), asking.words
    found = page.found
    body = signs(drawn, found) if isinstance(found, Gaming) else _league(drawn, found)
    return DeskPage(
        title=words.text("ranking.title"),
        here=NAV[page.kind],
        body=body,
        chips=[_kinds(drawn)],
        controls=[
            _views(drawn),
            period_control(asking),
            as_of_control(asking),
            *(
                button(
                    words.text(f"explain.export.{kind}"),
                    asking.to(f"/export/league/{page.kind}.{kind}", view=page.shown),
                    download=True,
                )
                for kind in ("xlsx", "csv")
            ),
            print_button(words),
        ],
    )


def _kinds(drawn: Drawn) -> Component:
    words, page = drawn.words, drawn.page
    options = [
        (words.text(f"ranking.kind.{kind}"), drawn.page_link(kind, page.shown), kind is page.kind)
        for kind in (Kind.DEPARTMENTS, Kind.TOWNSHIPS)
    ]
    return segments(options, words.text("ranking.kind"))


def _views(drawn: Drawn) -> Component:
    words, page = drawn.words, drawn.page
    options = [
        (words.text(f"ranking.view.{one}"), drawn.page_link(page.kind, one), one is page.shown)
        for one in Shown
    ]
    return segments(options, words.text("ranking.view"))


def _league(drawn: Drawn, league: League) -> list[Component]:
    parts = [seal(drawn, league), finding(drawn, league)]
    parts.append(html.Section(_table(drawn, league), className="d-card d-league-card"))
    parts += [offers(drawn, league), corrections(drawn, league), legend(drawn, league)]
    return [part for part in parts if part is not None]


def _table(drawn: Drawn, league: League) -> Component:
    columns = (*COLUMNS[drawn.page.shown], *(WITH_RATE if drawn.page.shown is Shown.FLOW else ()))
    columns = tuple(one for one in columns if one.shown(league))
    words = drawn.words
    band = [html.Th(words.text("ranking.band"), scope="col", className="band")]
    head = [
        *(band if league.bands else []),
        html.Th(words.text(f"ranking.unit.{league.kind}"), scope="col", className="unit"),
        *(html.Th(one.head(drawn, league), scope="col", className=one.name) for one in columns),
    ]
    rows = _rows(drawn, league, columns)
    foot = [_sum(drawn, league, columns)]
    if league.nobody is not None:
        foot.append(_nobody(drawn, league, columns))
    return html.Table(
        [html.Thead(html.Tr(head)), html.Tbody(rows), html.Tfoot(foot)], className="d-league"
    )


def _rows(drawn: Drawn, league: League, columns: Sequence[Column]) -> list[Component]:
    """The units by band; those with too little due below a rule."""
    rows: list[Component] = []
    last: tuple[int | None, bool] = (0, False)
    for one in league.lines:
        few = one.row.standing in (Standing.TOO_FEW, Standing.NOTHING_DUE)
        group = (one.row.band, few)
        if few and group != last:
            rows.append(_rule(drawn, league, columns))
        head = [_band(drawn, league, one)] if league.bands and group != last else []
        rows.append(_row(drawn, league, columns, one, head))
        last = group
    return rows


def _band(drawn: Drawn, league: League, one: UnitLine) -> Component:
    """The band's name before its first unit, as high as the band."""
    band = one.row.band
    size = sum(
        other.row.band == band
        and (other.row.standing in (Standing.TOO_FEW, Standing.NOTHING_DUE))
        == (one.row.standing in (Standing.TOO_FEW, Standing.NOTHING_DUE))
        for other in league.lines
    )
    if band is None:
        return html.Td(rowSpan=size, className="band")
    count = drawn.words.text("ranking.band.count", n=size)
    return html.Th(
        [html.B(drawn.band(band)), html.Small(count)],
        rowSpan=size,
        scope="rowgroup",
        className="band",
    )


def _row(
    drawn: Drawn,
    league: League,
    columns: Sequence[Column],
    one: UnitLine,
    head: Sequence[Component],
) -> Component:
    unit = html.A(drawn.name(one.line.code), href=drawn.unit_link(one.line.code))
    mark = [drawn.warning(one.row)] if one.row.below_target or one.row.outside_funnel else []
    cells = [html.Td(column.cell(drawn, league, one), className=column.name) for column in columns]
    faint = one.row.standing is not Standing.RANKED
    return html.Tr(
        [*head, html.Th([unit, *mark], scope="row", className="unit"), *cells],
        className="faint" if faint else "",
        **{"data-key": f"unit-{one.line.code}"},
    )


def _rule(drawn: Drawn, league: League, columns: Sequence[Column]) -> Component:
    text = drawn.words.text("ranking.few", n=league.never_below)
    width = len(columns) + 1
    before = [html.Td(className="band")] if league.bands else []
    return html.Tr([*before, html.Td(text, colSpan=width)], className="rule")


def _sum(drawn: Drawn, league: League, columns: Sequence[Column]) -> Component:
    count = drawn.words.text(f"ranking.units.{league.kind}", n=len(league.lines))
    before = [html.Td(className="band")] if league.bands else []
    cells = [html.Td(one.sum(drawn, league, league.total), className=one.name) for one in columns]
    row = [*before, html.Th(count, scope="row", className="unit"), *cells]
    return html.Tr(row, className="sum")


def _nobody(drawn: Drawn, league: League, columns: Sequence[Column]) -> Component:
    """Cases no unit of the table holds: they belong to the whole and to nobody's rate."""
    nobody = league.nobody
    assert nobody is not None  # noqa: S101 -- asked before
    before = [html.Td(className="band")] if league.bands else []
    name = drawn.words.text(f"ranking.nobody.{league.kind}")
    cells = [html.Td(one.sum(drawn, league, nobody), className=one.name) for one in columns]
    row = [*before, html.Th(name, scope="row", className="unit"), *cells]
    return html.Tr(row, className="nobody")
