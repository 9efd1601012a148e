"""What a league says in words: its finding, what may be looked at, how to read it."""

from dash import html
from dash.development.base_component import Component

from dashboard.drilldown.league import League, Shown
from dashboard.figures.choice import PeriodChoice, PeriodKind
from layouts import format as fmt
from layouts.desk.card import card
from layouts.desk.controls import button
from layouts.names import joined
from layouts.pages.league_drawn import Drawn


def finding(drawn: Drawn, league: League) -> Component:
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


def offers(drawn: Drawn, league: League) -> Component | None:
    """What may be looked at where no order is given."""
    most, words = league.most_missed, drawn.words
    if league.significant or most is None:
        return None
    name = drawn.name(most.unit)
    share = fmt.rate(most.missed, most.of_all)
    text = words.text(
        "ranking.offer.text", unit=name, n=most.missed, all=most.of_all, share=share
    )  # fmt: skip
    asked = drawn.asking.question
    three = asked.over(_three_months(asked.period))
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


def legend(drawn: Drawn, league: League) -> Component:
    """How to read the table, and by which rules it was made."""
    words = drawn.words
    keys = ["ranking.legend.mark"]
    if drawn.page.shown is Shown.FLOW:
        keys = ["ranking.legend.flow", "ranking.legend.rate", "ranking.legend.interval", *keys]
        keys.append("ranking.legend.cleared")
        keys += ["ranking.legend.range"] if league.bands else []
    keys += ["ranking.legend.bands"] if league.bands else []
    target = words.text("ranking.no_target")
    if league.target is not None:
        target = words.text("ranking.target", t=fmt.share(league.target))
    rules = words.text(
        "ranking.rules", version=league.rule_version, target=target, n=league.rank_from_due
    )
    texts = [*(words.text(key) for key in keys), rules]
    return html.Footer([html.Span(text) for text in texts], className="d-legend")
