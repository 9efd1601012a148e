"""The league page: whether units differ, and what each had, got, gave and met."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.drilldown.gaming import Gaming
from dashboard.drilldown.league import League, LeaguePage, Shown, UnitLine
from dashboard.figures.choice import PeriodChoice, PeriodKind
from dashboard.league.kind import Kind
from dashboard.league.ranking import Standing
from layouts import format as fmt
from layouts.desk.asking import Asking
from layouts.desk.card import card
from layouts.desk.controls import as_of_control, button, period_control, print_button, segments
from layouts.desk.frame import DeskPage
from layouts.names import joined
from layouts.pages.gaming import signs
from layouts.pages.league_columns import COLUMNS, WITH_RATE, Column, Drawn

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
    parts = [_seal(drawn, league), _finding(drawn, league)]
    parts.append(html.Section(_table(drawn, league), className="d-card d-league-card"))
    parts += [_offers(drawn, league), _corrections(drawn, league), _legend(drawn, league)]
    return [part for part in parts if part is not None]


def _finding(drawn: Drawn, league: League) -> Component:
    """What the table says, before the table: a difference, or none."""
    words = drawn.words
    units = words.text(f"ranking.units.{league.kind}", n=league.compared)
    if league.p is None:
        title, text = words.text("ranking.alone"), words.text("ranking.alone.text")
    elif not league.significant:
        title = words.text("ranking.same")
        gap = f"{100 * (league.gap or 0):.0f}"
        text = words.text("ranking.same.text", units=units, gap=gap)
    else:
        kind = words.text(f"ranking.kind.{league.kind}")
        key = "ranking.differ" if league.bands > 1 else "ranking.differ.one"
        title = words.text(key, kind=kind, n=league.bands)
        text = _who_is_below(drawn, league)
    test = [] if league.p is None else [words.text("ranking.test", p=_p(league.p))]
    due = words.text("ranking.due_in_all", n=fmt.number(league.total.on_time.n))
    return html.Div(
        [
            html.Div([html.B(title), html.Span(text)]),
            html.Div([html.Span(line) for line in (*test, joined(units, due))], className="r"),
        ],
        className="d-finding" if league.significant else "d-finding same",
        role="status",
    )


def _who_is_below(drawn: Drawn, league: League) -> str:
    words = drawn.words
    if league.target is None:
        return words.text("ranking.no_target")
    target = fmt.share(league.target)
    names = [drawn.name(one.line.code) for one in league.lines if one.row.below_target]
    if not names:
        return words.text("ranking.none_below", target=target)
    joint = words.text("ranking.joint")
    return words.text("ranking.below", names=joint.join(names), target=target)


def _p(p: float) -> str:
    if p < 0.001:
        return "< 0.001"
    return f"= {p:.3f}" if p < 0.1 else f"= {p:.2f}"


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


def _offers(drawn: Drawn, league: League) -> Component | None:
    """What may be looked at where no order is given."""
    most, words = league.most_missed, drawn.words
    if league.significant or most is None:
        return None
    name = drawn.name(most.unit)
    share = fmt.rate(most.missed, most.of_all)
    text = words.text(
        "ranking.offer.text", unit=name, n=most.missed, all=most.of_all, share=share
    )  # fmt: skip
    three = drawn.question.over(_three_months(drawn.question.period))
    cases = words.text("ranking.offer.cases", unit=name, n=most.missed)
    return card(
        words.text("ranking.offer"),
        None,
        html.P(text),
        html.Div(
            [
                button(cases, drawn.explain("missed", most.unit)),
                button(
                    words.text("ranking.offer.three"),
                    drawn.asking.asking(three),
                    primary=True,
                ),
            ],
            className="d-actions",
        ),
        className="d-offer",
    )


def _three_months(period: PeriodChoice) -> PeriodChoice:
    last = PeriodChoice.containing(PeriodKind.MONTH, period.last)
    first = last.previous().previous()
    return PeriodChoice(kind=PeriodKind.CUSTOM, first=first.first, last=last.last)


def _seal(drawn: Drawn, league: League) -> Component | None:
    if league.seal is None:
        return None
    words, seal = drawn.words, league.seal
    at = fmt.moment(seal.sealed_at, words)
    later = len({code for one in seal.corrections for code in one.cases})
    text = words.text("ranking.sealed", at=at)
    more = words.text("ranking.sealed.corrected", n=len(seal.corrections), cases=later)
    return html.P(text + (more if seal.corrections else ""), className="d-note", role="status")


def _corrections(drawn: Drawn, league: League) -> Component | None:
    """What the closed month would say now, and which cases changed it."""
    if league.seal is None or not league.seal.corrections:
        return None
    words = drawn.words
    heads = ("unit", "figure", "sealed", "now", "cases")
    head = html.Tr([html.Th(words.text(f"ranking.correction.{one}"), scope="col") for one in heads])
    body = [
        html.Tr(
            [
                html.Th(drawn.name(one.unit), scope="row"),
                html.Td(words.text(f"ranking.column.{one.column}")),
                html.Td(fmt.number(one.sealed), className="n"),
                html.Td(fmt.number(one.now), className="n"),
                html.Td([html.A(code, href=drawn.case_link(code)) for code in one.cases]),
            ]
        )
        for one in league.seal.corrections
    ]
    table = html.Table([html.Thead(head), html.Tbody(body)], className="d-corrections")
    return card(words.text("ranking.corrections"), words.text("ranking.corrections.note"), table)


def _legend(drawn: Drawn, league: League) -> Component:
    """How to read the table, and by which rules it was made."""
    words = drawn.words
    keys = ["ranking.legend.flow"] if drawn.page.shown is Shown.FLOW else []
    keys += ["ranking.legend.rate", "ranking.legend.interval", "ranking.legend.mark"]
    if league.significant:
        keys += ["ranking.legend.bands", "ranking.legend.range"]
    keys.append("ranking.legend.cleared")
    target = words.text("ranking.no_target")
    if league.target is not None:
        target = words.text("ranking.target", t=fmt.share(league.target))
    rules = words.text(
        "ranking.rules", version=league.rule_version, target=target, n=league.rank_from_due
    )
    texts = [*(words.text(key) for key in keys), rules]
    return html.Footer([html.Span(text) for text in texts], className="d-legend")
