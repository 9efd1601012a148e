"""A case knows the list it was opened from by its address, and leads along it and back."""

from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from dash import html

from callbacks.listed import listed
from dashboard.database.engine import reading, writing
from dashboard.drilldown.listing import Page
from dashboard.drilldown.question import Question
from dashboard.drilldown.read_case_list import ListView, read_case_list
from dashboard.drilldown.read_explain import read_explanation
from dashboard.figures.catalogue import by_id
from dashboard.figures.view import view_at
from layouts.address import KEYS, AddressError, Zoned, parse
from layouts.desk.asking import Asking
from layouts.pages import cases, explain
from layouts.words import Words
from tests import worlds
from tests.dashboard.drilldown.test_read_case import a_centre
from tests.layouts.trees import having, text, walk

# Lists are read on both databases elsewhere; addresses are the same.
pytestmark = pytest.mark.parametrize("new_database", ["sqlite"], indirect=True)

CENTRE = a_centre()
ZONED = Zoned(CENTRE.zone, date(2026, 3, 18))
WORDS = {language: Words(language) for language in ("zh-CN", "en")}
HOUR = timedelta(hours=1)


def visit(address):
    """What a page is asked by this address."""
    path, _, query = address.partition("?")
    found = parse_qs(query, keep_blank_values=True)
    words = WORDS["en" if found.pop("lang", [""]) == ["en"] else "zh-CN"]
    own = {key: values[-1] for key, values in found.items() if key not in KEYS}
    return Asking(path, parse(found, ZONED), ZONED, words, own)


def links(node):
    return {text(part): part.href for part in walk(node) if isinstance(part, html.A)}


@pytest.fixture
def site(county, now):
    """Three overdue cases of 西平街道 and one elsewhere; pages drawn by their addresses."""

    class Site:
        def __init__(self):
            with writing(county) as connection:
                self.ids = [
                    worlds.a_case(connection, title=f"T{n}", due_at=now - (9 - n) * HOUR)
                    for n in range(3)
                ]
                place = {"area_code": worlds.BAISHUI, "township_code": worlds.BAISHUI}
                worlds.a_case(connection, due_at=now - HOUR, **place)

        def list(self, address):
            asking = visit(address)
            view = ListView(asking.own.get("view", "open"))
            page = Page(sort=asking.own.get("sort", cases.default_sort(view)))
            with reading(county) as connection:
                through = view_at(connection, now, filters=asking.question.filters)
                found = read_case_list(through, CENTRE, asking.question, view, page)
            return links(cases.layout(found, asking).body)

        def explain(self, address):
            asking = visit(address)
            with reading(county) as connection:
                through = view_at(connection, now, filters=asking.question.filters)
                figure = by_id(asking.path.removeprefix("/explain/"))
                found = read_explanation(through, CENTRE, figure, asking.question)
            return [
                having(row, "x-title") for row in having(explain.layout(found, asking), "x-row")
            ]

        def way(self, address, case_id):
            along = listed(visit(address))
            with reading(county) as connection:
                return along.drawn(along.neighbours(view_at(connection, now), CENTRE, case_id))

    return Site()


LIST = f"/cases?area={worlds.XIPING}&view=overdue"


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_case_of_a_list_leads_to_the_next_and_back(site, language):
    address = LIST if language == "zh-CN" else f"{LIST}&lang=en"
    first = site.list(address)["T0"]
    way = site.way(first, site.ids[0])
    words = WORDS[language]
    assert words.text("beside.place", n=1, total=3) in text(way)
    found = links(way)
    assert found[words.text("cases.view.overdue")] == address
    assert words.text("beside.before") not in found
    second = found[words.text("beside.after")]
    assert second == site.list(address)["T1"]
    assert len(links(site.way(second, site.ids[1]))) == 3


def test_a_case_behind_a_number_leads_along_the_part_it_was_listed_in(site):
    [_, first, *_] = site.explain(f"/explain/overdue?area={worlds.XIPING}")
    [href] = links(first).values()
    way = site.way(href, site.ids[0])
    assert text(way).startswith("第 1 / 3 件| · |超期")
    assert urlsplit(links(way)["超期 · 计入"]).path == "/explain/overdue"


def test_a_case_that_is_no_longer_there_says_so_and_leads_back(site, county, now):
    first = site.list(LIST)["T0"]
    with writing(county) as connection:
        closed = worlds.a_case(connection, stage="closed", closed_at=now, close_outcome="resolved")
    way = site.way(first, closed)
    assert "本件已不在清单中" in text(way)
    assert list(links(way).values()) == [LIST]


def test_the_page_of_a_long_list_is_found_again(site, now):
    deep = visit(site.list(LIST)["T0"])
    asked = Asking(deep.path, deep.question, ZONED, deep.words, deep.own | {"nth": "120"})
    assert listed(asked).page.place == 120


def test_the_moment_of_the_case_is_the_lists(site):
    asking = visit(site.list(LIST)["T0"])
    past = Question.default(worlds.ACCEPTED, ZONED.zone).at(worlds.ACCEPTED, "then")
    moved = Asking(asking.path, past, ZONED, asking.words, asking.own)
    question = listed(moved).page.asking.question
    assert (question.as_of, question.known) == (worlds.ACCEPTED, "then")
    assert question.filters.area == worlds.XIPING


def test_a_case_of_no_list_shows_none(site):
    assert listed(visit("/case/530303-20260310-D00001-0")) is None


@pytest.mark.parametrize(
    "address",
    ["/league/townships", "https://elsewhere/cases", "//elsewhere/cases", "/cases?view=nothing",
     "/cases?sort=nothing", "/cases?colour=green", "/cases?size=0", "/explain/nothing",
     "/explain/overdue?part=nothing", "javascript:alert(1)", "/cases?q=" + "x" * 3000],
)  # fmt: skip
def test_what_is_no_list_is_named(site, address):
    case = visit("/case/530303-20260310-D00001-0")
    asked = Asking(case.path, case.question, ZONED, case.words, {"list": address})
    with pytest.raises(AddressError) as caught:
        listed(asked)
    assert caught.value.key == "list"
