"""The case list page: every filter can be dropped, every export takes what is shown."""

from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from dash import html

from dashboard.drilldown.case_list import CaseList, ColourCounts, ListView
from dashboard.drilldown.listing import Page
from dashboard.drilldown.question import Question
from dashboard.figures.filters import Filters
from dashboard.snapshots.board import Directory, Name
from layouts.address import Zoned, parse
from layouts.desk.asking import Asking
from layouts.pages import cases
from layouts.words import Words
from tests.layouts.trees import having, text, walk

NOW = datetime(2026, 3, 18, 6, 20, tzinfo=UTC)
WORDS = Words("zh-CN")
ZONED = Zoned(WORDS.zone, NOW.date())
FILTERS = Filters(area="530303103000", departments=frozenset({"water", ""}), text="路灯")


def name(code, short):
    return Name(code=code, full=short, short=short, en="-")


FOUND = CaseList(
    as_of=NOW,
    synthetic=False,
    directory=Directory(
        county=name("530303000000", "沾益区"),
        townships=(name("530303103000", "白水镇"),),
        departments=(name("water", "水务局"),),
    ),
    view=ListView.OPEN,
    views=dict.fromkeys(ListView, 312),
    total=312,
    colours=ColourCounts(red=2, yellow=5, blue=9, paused=6, normal=290),
    page=Page(),
    rows=(),
    options={"level": (("major", 3), ("general", 309)), "area": (("530303103000", 12),)},
)


def drawn(found=FOUND, filters=FILTERS, own=None):
    question = replace(Question.default(NOW, ZONED.zone), filters=filters)
    page = cases.layout(found, Asking("/cases", question, ZONED, WORDS, own or {}))
    return html.Div([*page.chips, *page.controls, *page.body])


def texts(tree):
    return text(tree).split("|")


def asked(href):
    return parse(parse_qs(urlsplit(href).query, keep_blank_values=True), ZONED)


def test_every_chip_drops_its_filter_and_nothing_else_and_starts_at_the_first_page():
    chips = having(drawn(own={"page": "3", "view": "overdue"}), "d-chip")
    left = [asked(chip.href).filters for chip in chips]
    assert left == [
        replace(FILTERS, area=None),
        replace(FILTERS, departments=frozenset({"water"})),
        replace(FILTERS, departments=frozenset({""})),
        replace(FILTERS, text=""),
    ]
    assert all("view=overdue" in chip.href and "page=" not in chip.href for chip in chips)


def test_what_does_not_restrict_yet_is_offered_with_its_counts():
    folds = having(drawn(), "add")
    assert [texts(fold)[0] for fold in folds] == ["+ 级别"]
    links = [one for one in walk(folds[0]) if isinstance(one, html.A)]
    assert [asked(link.href).filters.levels for link in links] == [{"major"}, {"general"}]
    assert texts(links[1])[-1] == "309"


def test_the_shapes_add_up_beside_the_number():
    (totals,) = having(drawn(), "d-totals")
    shown = "".join(texts(totals))
    for part in ("312 件", "红 2", "黄 5", "蓝 9", "暂停 6", "其余 290 件正常"):
        assert part in shown


def test_the_export_takes_the_same_question_and_says_how_many():
    buttons = [
        one for one in having(drawn(own={"sort": "code", "page": "2"}), "d-button")
        if "/export/" in (getattr(one, "href", None) or "")
    ]  # fmt: skip
    assert [urlsplit(one.href).path for one in buttons] == [
        "/export/cases.xlsx", "/export/cases.csv"
    ]  # fmt: skip
    for one in buttons:
        assert "312" in texts(one)[0]
        assert asked(one.href).filters == FILTERS
        assert "sort=code" in one.href and "page=" not in one.href


def test_an_empty_list_is_no_fault_and_its_main_button_drops_what_hides_most():
    empty = replace(
        FOUND, total=0, colours=None, without={"area": 1, "departments": 7, "text": 0}
    )  # fmt: skip
    tree = drawn(empty)
    said = text(tree)
    assert "没有同时符合这 3 个条件的事项" in said
    assert "不是故障" in said
    (main,) = having(tree, "primary")
    assert texts(main) == ["去掉“主办：无 / 水务局”"]
    assert asked(main.href).filters == replace(FILTERS, departments=frozenset())
    (offers,) = having(tree, "d-offers")
    assert [texts(link)[-1] for link in offers.children] == ["7 件", "1 件", "0 件"]
    assert len(having(tree, "off")) == 2
    assert not [one for one in walk(tree) if "/export/" in (getattr(one, "href", "") or "")]


@pytest.mark.parametrize("view", ListView)
def test_a_link_to_a_list_carries_nothing_that_is_default(view):
    found = replace(FOUND, view=view)
    tree = drawn(found, Filters())
    lists = [one.href for one in walk(having(tree, "d-segments")[0]) if isinstance(one, html.A)]
    assert lists[0] == "/cases"
    assert lists[1:] == [f"/cases?view={one}" for one in list(ListView)[1:]]
