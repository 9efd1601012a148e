from dataclasses import replace

import pytest

from dashboard.snapshots.area import AreaSummary
from dashboard.snapshots.board import Name, OnTime
from layouts.pages import area
from layouts.words import Words
from tests.boards import AS_OF
from tests.layouts.trees import walk

ZH, EN = Words("zh-CN"), Words("en")
SUMMARY = AreaSummary(
    as_of=AS_OF,
    synthetic=True,
    name=Name(code="530303001000", full="西平街道", short="西平街道", en="Xiping"),
    parents=(Name(code="530303000000", full="沾益区", short="沾益区", en="Zhanyi District"),),
    accepted_today=3,
    open=1234,
    overdue=1,
    on_time=OnTime(met=2, due=3, pending=4, rate=2 / 3),
)


def texts(component):
    return [part for part in walk(component) if isinstance(part, str) and part]


def links(component):
    return [part.href for part in walk(component) if getattr(part, "href", None)]


def test_the_page_names_the_area_its_county_and_its_figures():
    shown = texts(area.layout(SUMMARY, ZH))
    assert shown[:3] == ["沾益区", "西平街道", "西平街道"]
    assert "演示数据" in shown
    assert {"3", "1,234", "1", "66.7%"} <= set(shown)
    assert "本月按期办结 2 · 本月应办结 3 · 本月待到期 4" in shown


@pytest.mark.parametrize("words", [ZH, EN])
def test_every_way_back_keeps_the_language(words):
    wall = f"/wall?lang={words.language}"
    assert links(area.layout(SUMMARY, words)) == [wall, wall]


def test_a_parent_below_the_widest_area_has_its_own_page():
    parents = (*SUMMARY.parents, Name(code="530303009000", full="片区", short="片区", en="Part"))
    page = area.layout(replace(SUMMARY, parents=parents), EN)
    assert links(page)[1] == "/area/530303009000?lang=en"


def test_real_data_carry_no_chip_and_no_rate_is_a_dash():
    nothing = OnTime(met=0, due=0, pending=0, rate=None)
    shown = texts(area.layout(replace(SUMMARY, synthetic=False, on_time=nothing), ZH))
    assert "演示数据" not in shown
    assert "—" in shown


def test_an_unknown_area_says_so_and_leads_back():
    page = area.layout(None, ZH)
    assert "没有这个乡镇" in texts(page)
    assert links(page) == ["/wall?lang=zh-CN"]
