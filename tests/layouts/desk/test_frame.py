"""The frame of leaders' pages: ways on, the moment, and controls that keep the question."""

from dataclasses import replace
from datetime import UTC, date, datetime
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import pytest
from dash import html

from dashboard.drilldown.question import Question
from dashboard.figures.choice import PeriodChoice, PeriodKind
from dashboard.figures.filters import Filters
from dashboard.profile import load_profile
from layouts.address import Zoned
from layouts.desk.asking import Asking
from layouts.desk.controls import Input, as_of_control, period_control
from layouts.desk.frame import Crumb, DeskPage, desk
from layouts.desk.moment import frame_of
from layouts.words import Words
from tests.layouts.trees import having, text, walk

ZONE = ZoneInfo("Asia/Shanghai")
TODAY = date(2026, 3, 18)
NOW = datetime(2026, 3, 18, 6, 20, tzinfo=UTC)
FILTERS = Filters(departments=frozenset({"hrss", "housing"}), state="open")


def asking(language="zh-CN", **changes: object) -> Asking:
    question = Question(period=PeriodChoice.containing(PeriodKind.MONTH, TODAY), filters=FILTERS)
    words = Words(language, ZONE)
    zoned = Zoned(ZONE, TODAY, "zh-CN")
    return Asking("/cases", replace(question, **changes), zoned, words, {"sort": "code"})


def framed(asked: Asking, **page: object):
    frame = frame_of(load_profile("zhanyi"), asked, NOW, synthetic=True)
    content = {"title": "事项", "here": "cases", "body": [html.P("x")], **page}
    return desk(DeskPage(**content), frame, asked.words)


def links(node) -> dict[str, str]:
    return {text(part): part.href for part in walk(node) if isinstance(part, html.A)}


def query(href: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(href).query)


def fields(node) -> list[tuple[str, str]]:
    return [(part.name, part.value) for part in walk(node) if isinstance(part, Input)]


def test_the_navigation_marks_where_one_is_and_the_language_keeps_the_question():
    drawn = framed(asking())

    [here] = [part for part in walk(drawn) if getattr(part, "aria-current", "") == "page"]
    assert text(here) == "事项"
    other = links(drawn)["English"]
    assert urlsplit(other).path == "/cases"
    assert {key: sorted(values) for key, values in query(other).items()} == {
        "department": ["housing", "hrss"],
        "state": ["open"],
        "sort": ["code"],
        "lang": ["en"],
    }


def test_a_live_page_says_its_moment_and_has_no_banner():
    drawn = framed(asking())

    assert "14:20" in text(having(drawn, "d-moment")[0])
    assert having(drawn, "d-past") == []


@pytest.mark.parametrize("known", ["now", "then"])
def test_a_page_of_the_past_says_so_with_the_way_back(known):
    drawn = framed(asking(as_of=datetime(2026, 3, 1, 4, 0, tzinfo=UTC), known=known))

    [banner] = having(drawn, "d-past")
    assert "12:00" in text(banner)
    [back] = links(banner).values()
    assert "as_of" not in back
    assert query(back)["state"] == ["open"]


def test_a_bare_page_has_no_title_of_the_frame():
    assert having(framed(asking(), bare=True), "d-head") == []


def test_the_last_crumb_is_where_one_is():
    drawn = framed(asking(), crumbs=[Crumb("沾益区", "/area/530303000000"), Crumb("白水镇")])

    [crumbs] = having(drawn, "d-crumbs")
    assert links(crumbs) == {"沾益区": "/area/530303000000"}
    assert text(crumbs) == "沾益区|白水镇"


def test_turning_the_period_keeps_the_filters_and_the_pages_own_keys():
    drawn = period_control(asking())

    for href in links(drawn).values():
        assert sorted(query(href)["department"]) == ["housing", "hrss"]
        assert query(href)["sort"] == ["code"]
    [before] = query(links(drawn)["‹"])["on"]
    assert before.startswith("2026-02-")


def test_the_future_cannot_be_asked():
    assert "›" not in links(period_control(asking()))
    past = asking(period=PeriodChoice.containing(PeriodKind.MONTH, date(2026, 2, 1)))
    assert "›" in links(period_control(past))


def test_free_dates_are_a_form_that_keeps_the_question():
    kept = fields(period_control(asking()))

    assert ("from", "2026-03-01") in kept
    assert ("to", "2026-03-31") in kept
    assert {value for name, value in kept if name == "department"} == {"hrss", "housing"}
    assert ("sort", "code") in kept
    assert ("period", "custom") in kept


def test_the_moment_asked_is_shown_in_local_time():
    kept = fields(as_of_control(asking(as_of=datetime(2026, 3, 1, 4, 0, tzinfo=UTC))))

    assert ("as_of", "2026-03-01T12:00") in kept
