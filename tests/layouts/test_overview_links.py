"""Every number of a leader's page is a link, and what is linked counts just that number."""

from urllib.parse import parse_qs, urlsplit

from dash import html
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.database.engine import reading
from dashboard.drilldown.case_list import ListView
from dashboard.drilldown.look import look
from dashboard.drilldown.read_case_list import FIGURES
from dashboard.drilldown.read_case_list import period_of as list_period
from dashboard.drilldown.read_explain import period_of
from dashboard.figures.catalogue import by_id
from dashboard.figures.cell import Cell
from dashboard.figures.measure import measure
from dashboard.figures.unit import Unit
from layouts import format as fmt
from layouts.address import Zoned, parse
from layouts.desk.asking import Asking
from layouts.pages import overview
from layouts.words import Words
from tests.conftest import NOW
from tests.dashboard.drilldown.county_worlds import CENTRE, page_of, periods, subjects, worlds
from tests.dashboard.snapshots.random_worlds import fill
from tests.layouts.trees import walk

ZONED = Zoned(CENTRE.zone, NOW.astimezone(CENTRE.zone).date())
WORDS = {language: Words(language, CENTRE.zone) for language in ("zh-CN", "en")}


def numbers(drawn):
    """Every link to an explanation or a list that carries a number: its address, its text."""
    parts = [*drawn.chips, *drawn.sentence, *drawn.body]
    for node in walk(parts):
        if isinstance(node, html.A) and node.href.startswith(("/explain/", "/cases?")):
            text = "".join(part for part in walk(node) if isinstance(part, str))
            if any(letter.isdigit() for letter in text) or text == fmt.DASH:
                yield node.href, text


def written(engine, href, words):
    """What the address counts, in every way a page may write it."""
    address = urlsplit(href)
    query = parse_qs(address.query, keep_blank_values=True)
    question = parse(query, ZONED)
    with reading(engine) as connection:
        view = look(connection, question, NOW, lambda: CENTRE.rules_of(connection))
        if address.path == "/cases":
            shown = ListView(query.get("view", ["open"])[0])
            figure, period = FIGURES[shown], list_period(shown, view, CENTRE, question)
        else:
            figure = by_id(address.path.removeprefix("/explain/"))
            period = period_of(figure, question, view, CENTRE)
        cell = measure(view, (figure,), (), period)[figure].get((), Cell())
    if figure.unit is Unit.SHARE:
        rate = fmt.rate(cell.numerator, cell.denominator or 0)
        return {rate, f"{rate}%"}
    if figure.unit in (Unit.SECOND, Unit.MINUTE):
        seconds = (
            cell.ratio if figure.unit is Unit.SECOND or cell.ratio is None else cell.ratio * 60
        )
        return {fmt.mean_duration(seconds, words)}
    return {fmt.number(cell.numerator)}


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=worlds, period=periods, subject=subjects, language=st.sampled_from(["zh-CN", "en"]))
def test_every_link_counts_the_number_it_is_written_under(county, rows, period, subject, language):
    fill(county, rows)
    kind, code = subject
    page, question, own = page_of(county, kind, code, period)
    words = WORDS[language]
    asking = Asking(f"/{kind}/{code}", question, ZONED, words, {})
    found = list(numbers(overview.layout(page, asking, own)))
    assert found
    for href, text in found:
        bare = text.removesuffix(words.text("unit.case")).strip()
        assert {text, bare} & written(county, href, words), (href, text)
