"""What a closed month says of itself: since when it is closed, and what was learned since."""

from dash import html
from dash.development.base_component import Component

from dashboard.drilldown.league import League
from layouts import format as fmt
from layouts.desk.card import card
from layouts.pages.league_drawn import Drawn


def seal(drawn: Drawn, league: League) -> Component | None:
    """Say when the month was closed, and how much was corrected since."""
    if league.seal is None:
        return None
    words, closed = drawn.words, league.seal
    at = fmt.moment(closed.sealed_at, words)
    later = len({code for one in closed.corrections for code in one.cases})
    text = words.text("ranking.sealed", at=at)
    more = words.text("ranking.sealed.corrected", n=len(closed.corrections), cases=later)
    return html.P(text + (more if closed.corrections else ""), className="d-note", role="status")


def corrections(drawn: Drawn, league: League) -> Component | None:
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
