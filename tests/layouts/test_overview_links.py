"""Every number of a leader's page is a link, and what is linked counts just that number."""

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from dash import html
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.database.engine import reading, writing
from dashboard.drilldown.case_list import ListView
from dashboard.drilldown.look import look
from dashboard.drilldown.question import Question
from dashboard.drilldown.read_case_list import FIGURES
from dashboard.drilldown.read_case_list import period_of as list_period
from dashboard.drilldown.read_explain import period_of, read_explanation
from dashboard.figures.catalogue import by_id
from dashboard.figures.cell import Cell
from dashboard.figures.composition import Part
from dashboard.figures.measure import measure
from dashboard.figures.unit import Unit
from dashboard.figures.view import view_at
from layouts import format as fmt
from layouts.address import Zoned, parse
from layouts.desk.asking import Asking
from layouts.explain.foot import foot, whole_list
from layouts.pages import overview
from layouts.words import Words
from tests import worlds as builders
from tests.conftest import NOW
from tests.dashboard.drilldown.county_worlds import CENTRE, page_of, periods, subjects, worlds
from tests.dashboard.snapshots.random_worlds import fill
from tests.layouts.trees import text, walk
from tests.worlds import XIPING

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
        view = look(connection, question, NOW, CENTRE)
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
    for href, shown in found:
        bare = shown.removesuffix(words.text("unit.case")).strip()
        counts = re.findall(r"[\d,]+", shown) if href.startswith("/cases") else []
        assert {shown, bare, *counts} & written(county, href, words), (href, shown)


@pytest.mark.parametrize(
    ("figure", "part"),
    [(name, Part.COUNTED) for name in ("open", "overdue", "accepted", "closed", "missed", "red",
                                       "yellow", "awaits_follow_up")]
    + [("on_time_rate", Part.REST)],
)  # fmt: skip
def test_an_explanation_opens_a_list_of_as_many_cases(county, now, figure, part):
    with writing(county) as connection:
        for hours in (-40, -3, -2, 1, 2, 30):
            builders.a_case(connection, due_at=now + timedelta(hours=hours))
    asked = Question.default(now, CENTRE.zone).about(area=XIPING)
    with reading(county) as connection:
        view = view_at(connection, now, filters=asked.filters)
        found = read_explanation(view, CENTRE, by_id(figure), asked, part)
    asking = Asking(f"/explain/{figure}", asked, ZONED, WORDS["en"], {})
    link = next(one for one in walk(foot(found, asking)) if isinstance(one, html.A))
    if found.listing.total == 0:
        assert "/cases" not in link.href
    else:
        assert text(link) == f"Open all {found.listing.total} in Cases"
        assert written(county, link.href, WORDS["en"]) == {str(found.listing.total)}


def test_an_explanation_names_its_snapshot_by_an_address_that_stands_still(county, now):
    asked = Question.default(now, CENTRE.zone)
    with reading(county) as connection:
        found = read_explanation(view_at(connection, now), CENTRE, by_id("open"), asked)
    asking = Asking("/explain/open", asked, ZONED, WORDS["en"], {})
    (link,) = [one for one in walk(foot(found, asking)) if isinstance(one, html.A)]
    assert text(link) == f"{now.astimezone(CENTRE.zone):%Y%m%d-%H%M%S}"
    assert parse(parse_qs(urlsplit(link.href).query), ZONED).as_of == now


def test_parts_no_list_holds_open_none(county, now):
    asked = Question.default(now, CENTRE.zone)
    with reading(county) as connection:
        view = view_at(connection, now)
        found = read_explanation(view, CENTRE, by_id("accepted"), asked, Part.EXCLUDED)
    assert whole_list(found, Asking("/explain/accepted", asked, ZONED, WORDS["en"], {})) is None
