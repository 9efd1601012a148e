"""What stands on a leader's page, and what does not where there is nothing below."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings

from dashboard.database.engine import writing
from dashboard.drilldown.against import Against
from dashboard.drilldown.hazards import HazardRow, Hazards
from dashboard.drilldown.overview import SituationToday
from dashboard.figures.choice import PeriodChoice, PeriodKind
from dashboard.figures.comparison import Change, ChangeKind
from layouts.address import Zoned
from layouts.desk.asking import Asking
from layouts.names import category_names
from layouts.overview.about import categories
from layouts.overview.drawn import Drawn
from layouts.pages import overview
from layouts.words import Words
from tests.conftest import NOW
from tests.dashboard.drilldown.county_worlds import CENTRE, COUNTY, page_of, subjects, worlds
from tests.dashboard.snapshots.random_worlds import fill
from tests.layouts.trees import having, text
from tests.worlds import XIPING, a_case

ZH, EN = Words("zh-CN", CENTRE.zone), Words("en", CENTRE.zone)
VILLAGE = "530303001001"


def drawn(engine, now, kind, code, words=ZH):
    page, question, own = page_of(
        engine, kind, code, PeriodChoice.containing(PeriodKind.MONTH, now.date())
    )
    asking = Asking(f"/{kind}/{code}", question, Zoned(CENTRE.zone, now.date()), words, {})
    return overview.layout(page, asking, own)


@pytest.mark.parametrize("code", [COUNTY, XIPING, VILLAGE])
def test_six_figures_stand_on_every_level(county, now, code):
    assert len(having(drawn(county, now, "area", code).body, "d-tile")) == 6


def test_a_village_without_grids_says_nothing_of_what_lies_below(county, now):
    titles = text(drawn(county, now, "area", VILLAGE).body)
    for key in ("overview.below", "overview.misses", "place.weak"):
        assert ZH.text(key) not in titles
    assert ZH.text("overview.levels") in titles


@settings(
    max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=worlds, subject=subjects)
def test_english_pages_are_english_but_for_names(county, now, rows, subject):
    fill(county, rows)
    body = text([*drawn(county, now, *subject, EN).chips, *drawn(county, now, *subject, EN).body])
    han = {letter for letter in body if letter > "\u2e80"}
    assert han <= set("事项村沾益区西平花山街道白水镇人社住建局务司法" + "0123456789")


def test_a_page_offers_what_it_can_be_compared_with_and_keeps_it_in_the_address(county, now):
    month = PeriodChoice.containing(PeriodKind.MONTH, now.date())
    page, question, own = page_of(county, "area", COUNTY, month)
    own_keys = {"compare": "spring", "metric": "overdue"}
    asking = Asking(f"/area/{COUNTY}", question, Zoned(CENTRE.zone, now.date()), ZH, own_keys)

    def controls(**changes):
        return overview.layout(replace(page, **changes), asking, own).controls

    assert text(controls()).count(ZH.text("compare.spring")) == 0
    shown = having(controls(against=Against.YEAR, offered=tuple(Against)), "d-segments")[1]
    assert [
        (link.children, link.href.partition("?")[2], link.className) for link in shown.children
    ] == [
        ("环比", "metric=overdue", ""),
        ("同比", "compare=year&metric=overdue", "on"),
        ("对齐春节", "compare=spring&metric=overdue", ""),
    ]


@pytest.mark.parametrize(
    "against, told",
    [
        (Against.PREVIOUS, "较上期同段 +3"),
        (Against.YEAR, "较上年同期 +3"),
        (Against.SPRING, "较上年春节同段 +3"),
    ],
)
def test_every_comparison_names_what_it_compares_with(county, now, against, told):
    month = PeriodChoice.containing(PeriodKind.MONTH, now.date())
    page, question, own = page_of(county, "area", COUNTY, month)
    asking = Asking(f"/area/{COUNTY}", question, Zoned(CENTRE.zone, now.date()), ZH, {})
    change = Change(ChangeKind.COUNT, 5, 2, 3)
    changed = replace(page, against=against, changes={**page.changes, "accepted": change})
    assert told in text(having(overview.layout(changed, asking, own).body, "d-tile")[0])


def test_a_situation_off_normal_has_a_chip_and_its_row_says_what_is_usual(county, now):
    month = PeriodChoice.containing(PeriodKind.MONTH, now.date())
    page, question, own = page_of(county, "area", COUNTY, month)
    today = tuple(
        SituationToday(code=one.code, count=7, line=(1, 2, 7), band=(0.5, 3.5),
                       unusual="high" if one.code == "opinion" else None)
        for one in page.today
    )  # fmt: skip
    made_of = {"opinion": (("1306", 4), (None, 3))}
    page = replace(page, today=today, made_of=made_of, situations=(("opinion", 7, 2),))
    asking = Asking(f"/area/{COUNTY}", question, Zoned(CENTRE.zone, now.date()), EN, {})
    drawn_page = overview.layout(page, asking, own)
    assert "Online high" in text(drawn_page.chips)
    rows = having(drawn_page.body, "d-sit")
    assert len(rows) == len(CENTRE.profile.situations)
    (row,) = [one for one in rows if "Online" in text(one)]
    assert "Enforcement 4 · none 3" in text(row)
    assert having(row, "chip")[0].title == "7 today by now, usually 0.5 to 3.5"
    assert [one for one in rows if having(one, "chip")] == [row]


@pytest.mark.parametrize("words", [ZH, EN])
def test_categories_of_one_name_are_told_apart(words):
    codes = ["0702", "0803", "0604", "1305", "0201", "0299", "0298"]
    names = category_names(codes, words)
    assert len(set(names.values())) == len(codes)
    assert not any(letter.isdigit() for code in codes[:5] for letter in names[code])


def test_a_small_count_of_a_sensitive_category_is_not_told(county, now):
    with writing(county) as connection:
        for code, count in (("minor", 2), ("0201", 4), ("0702", 5)):
            for _ in range(count):
                a_case(connection, category_code=code, accepted_at=now - timedelta(hours=1))
    page, question, own = page_of(
        county, "area", XIPING, PeriodChoice.containing(PeriodKind.MONTH, now.date())
    )
    asking = Asking("/", question, Zoned(CENTRE.zone, now.date()), ZH, {})
    card = categories(Drawn(page=page, asking=asking, own=own))
    rows = {text(having(bar, "l")): text(having(bar, "n")) for bar in having(card, "d-bar")}
    assert sorted(rows.values()) == ["5", "<3", "略"]
    assert [len(having(bar, "fig")) for bar in having(card, "d-bar")] == [1, 0, 0]
    assert "minor" not in {code for told in page.made_of.values() for code, _ in told}

    alone = replace(page, categories=(("minor", 2, 0),))
    card = categories(Drawn(page=alone, asking=asking, own=own))
    assert text(having(card, "l")) == ZH.text("overview.others", n=1)


def a_hazard(**facts):
    row = {
        "kind": "01", "risk": "high", "area": VILLAGE, "township": XIPING, "department": "housing",
        "found_at": NOW - timedelta(days=3), "due_at": NOW - timedelta(hours=30), "state": "open",
        "late": True,
    }  # fmt: skip
    return HazardRow(**{**row, **facts})


def test_hazards_stand_by_level_and_state_with_their_kind_place_and_due(county, now):
    month = PeriodChoice.containing(PeriodKind.MONTH, now.date())
    page, question, own = page_of(county, "area", COUNTY, month)
    found = Hazards(
        counts={("high", "open"): 2, ("high", None): 1, ("low", "rectifying"): 4},
        late={"high": 1},
        rows=(a_hazard(), a_hazard(kind=None, state=None, due_at=None, late=False, area=COUNTY)),
    )
    asking = Asking(f"/area/{COUNTY}", question, Zoned(CENTRE.zone, now.date()), ZH, {})
    drawn_page = overview.layout(replace(page, hazards=found), asking, own)
    (levels,) = having(drawn_page.body, "d-levels")
    high, _, low = levels.children[1].children
    assert text(high) == "高|2|0|0|1|3|1"
    assert text(low) == "低|0|4|0|0|4|0"
    (points,) = having(drawn_page.body, "d-points")
    first, second = points.children[1].children
    assert (
        text(first)
        == "高|火灾隐患|西平街道|住建局|2026年3月15日|3月17日 08:20| · |超 1 天 6 小时|未整改"
    )
    assert text(second) == "高|隐患点位|未落到下一级|住建局|2026年3月15日|—|当时未销号"
    assert "高风险隐患 3 处" in text(drawn_page.chips)


def test_a_key_case_says_what_is_next(county, now):
    with writing(county) as connection:
        a_case(connection, lead_official="副区长", due_at=now + timedelta(days=3))
    month = PeriodChoice.containing(PeriodKind.MONTH, now.date())
    page, question, own = page_of(county, "area", COUNTY, month)
    asking = Asking(f"/area/{COUNTY}", question, Zoned(CENTRE.zone, now.date()), ZH, {})

    def told(reply_due):
        cases = tuple(replace(one, reply_due=reply_due) for one in page.key_cases)
        return text(
            having(overview.layout(replace(page, key_cases=cases), asking, own).body, "next")
        )

    assert told(None) == "下一步：3月21日 14:20 前办结"
    assert told(now + timedelta(days=1)) == "下一步：3月19日 14:20 前回复督办"
    assert told(now + timedelta(days=9)) == "下一步：3月21日 14:20 前办结"


@pytest.mark.parametrize(
    ("kind", "code", "title"),
    [("area", COUNTY, "Townships"), ("department", "hrss", "Missed by area"),
     ("area", XIPING, "Villages")],
)  # fmt: skip
def test_what_lies_below_is_called_what_it_is(county, now, kind, code, title):
    heads = [
        text(card.children[0]) for card in having(drawn(county, now, kind, code, EN).body, "d-card")
    ]
    assert any(head.startswith(title) for head in heads)


def test_a_department_is_reached_by_the_table_of_departments(county, now):
    crumbs = drawn(county, now, "department", "hrss").crumbs
    assert [crumb.href and crumb.href.partition("?")[0] for crumb in crumbs] == [
        f"/area/{COUNTY}", "/league/departments", None
    ]  # fmt: skip
