"""The page of a case: what a leader reads of it, and what is never shown."""

from datetime import date, timedelta

import pytest
from sqlalchemy import insert

from dashboard.cases import code as codes
from dashboard.cases.record import record
from dashboard.database import tables
from dashboard.database.engine import reading, writing
from dashboard.drilldown.case import Mistyped
from dashboard.drilldown.question import Question
from dashboard.drilldown.read_case import read_case
from dashboard.figures.view import view_at
from dashboard.terms import Event
from layouts.address import Zoned
from layouts.desk.asking import Asking
from layouts.pages import absent_case
from layouts.pages.case import layout
from layouts.words import LANGUAGES, Words
from tests import worlds
from tests.dashboard.cases.contents import state_of
from tests.dashboard.drilldown.test_read_case import a_centre
from tests.layouts.trees import having, text, walk

# The reader is tested on both databases; its drawing is the same.
pytestmark = pytest.mark.parametrize("new_database", ["sqlite"], indirect=True)

START, HOUR = worlds.ACCEPTED, timedelta(hours=1)
CHINESE = Words("zh-CN")
CENTRE = a_centre()
RICH = (
    (Event.SUPERVISE, 5, {}),
    (Event.PAUSE, 6, {"reason": "appraisal"}),
    (Event.RESUME, 7, {}),
    (Event.CORRECT, 8, {"corrects": 2, "amount_involved": 386_000.0, "people_involved": 12}),
    (Event.REPORT_BACK, 9, {}),
    (Event.FOLLOW_UP, 10, {"reached": False}),
    (Event.FOLLOW_UP, 11, {}),
)


@pytest.fixture
def drawn(county, now):
    """Draw the page of a case with these events after work began."""

    def draw(*events, words=CHINESE, as_of=None, **facts):
        with writing(county) as connection:
            case_id = worlds.a_history(connection, **facts)
            for event, hours, more in events:
                at = START + hours * HOUR
                happening = worlds.a_happening(event, at, **more)
                record(connection, happening, case_id=case_id, rules=worlds.rules(), now=at)
            party = {"case_id": case_id, "role": "applicant", "name_masked": "陈某某"}
            connection.execute(insert(tables.party), [party | {"party_key": "0123456789abcdef"}])
        with reading(county) as connection:
            code = state_of(connection, case_id)["case_code"]
            rules = lambda: CENTRE.rules_of(connection)  # noqa: E731
            found = read_case(view_at(connection, as_of or now, rules=rules), CENTRE, code)
        return layout(found, asking(code, words, now, as_of))

    return draw


def asking(code, words, now, as_of=None):
    question = Question.default(now, CENTRE.zone).at(as_of)
    return Asking(f"/case/{code}", question, Zoned(CENTRE.zone, date(2026, 3, 18)), words, {})


def body_text(page):
    return text([*page.chips, *page.body])


def test_the_page_says_how_the_deadline_came_about(drawn):
    page = drawn()
    (clock,) = having(page.body, "k-clock")
    assert text(clock).replace("|", "") == (
        "3月10日 10:00 受理，时限 3 天（受理当日不计，无暂停、无延期），"
        "应于 3月13日 周五 23:59 前办结；到现在超 4 天 14 小时 20 分。"
    )
    assert "红 · 超 4 天 14 小时" in body_text(page)
    assert "人社局补填超时原因" in body_text(page)


def test_a_deadline_that_passed_is_marked_in_the_log_although_no_event_says_so(drawn):
    assert "到期未结" in body_text(drawn())
    assert "到期未结" not in body_text(drawn(as_of=START + 10 * HOUR))


def test_a_past_moment_shows_what_was_so_far(drawn):
    page = drawn(*RICH, as_of=START + 6 * HOUR)
    assert "3月10日 15:00 起暂停" in body_text(page)
    assert "已更正" not in body_text(page)
    assert "尚未回访" in body_text(page)


def test_every_part_of_a_long_case_is_there(drawn):
    told = body_text(drawn(*RICH))
    for part in (
        "已更正 · 第 8 条",
        "更正第 2 条：涉及金额、涉及人数；原记录保留",
        "12 人 · 38.6 万元",
        "暂停 1 小时：待鉴定",
        "两函一单 · 已出具",
        "两函一单的具体名目未配置",
        "督办第 1 次",
        "待回复",
        "未联系上",
        "确认已化解 · 满意",
        "条件已具备，座席员办结",
        "无主办（在中心）",
    ):
        assert part in told


def test_parties_stay_masked_and_nothing_opens_them(drawn):
    page = drawn()
    told = body_text(page)
    assert "陈某某" in told
    assert "0123456789abcdef" not in told
    assert not [part for part in walk(page.body) if getattr(part, "href", "") == "reveal"]
    buttons = [part for part in walk(page.body) if type(part).__name__ == "Button"]
    assert [
        button.to_plotly_json()["props"].get("data-copy") is not None for button in buttons
    ] == [True]


def test_free_text_is_shown_without_numbers_that_name_a_person(drawn):
    told = body_text(drawn((Event.PROGRESS, 5, {"note": "已联系 13900001111"})))
    assert "已联系 ***" in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_languages_draw_every_part(drawn, language):
    page = drawn(*RICH, words=Words(language))
    told = body_text(page)
    assert "{" not in told
    if language == "en":
        assert "Follow-up" in told
        assert "now 4 d 13 h 20 min over" in told.replace("|", "")


def test_the_stage_line_uses_the_labels_of_the_profile(drawn):
    (line,) = having(drawn().body, "k-stages")
    assert [part.children for part in walk(line) if type(part).__name__ == "B"] == [
        "受理",
        "联合研判",
        "分流交办",
        "处置",
        "反馈",
        "回访",
        "办结销号",
    ]
    (current,) = having(line, "current")
    assert "处置" in text(current)


def test_a_mistyped_code_leads_to_the_case_that_was_meant(county, now):
    code = "530303-20260310-D00047-6"
    wrong = code[:-1] + "7"
    page = absent_case.layout(wrong, Mistyped(code=wrong, meant=code), asking(wrong, CHINESE, now))
    assert "校验位" in page.title
    (link,) = having(page.body, "d-button")
    assert link.href == f"/case/{code}"
    missing = Mistyped(code=wrong, meant=None)
    none = absent_case.layout(wrong, missing, asking(wrong, CHINESE, now))
    assert having(none.body, "d-button") == []


def test_a_code_nobody_has_says_whether_it_is_one(county, now):
    code = "530303-20200101-D00001"
    code = f"{code}-{codes.check_character(code)}"

    def told(code, as_of=None):
        return text(absent_case.layout(code, None, asking(code, CHINESE, now, as_of)).body)

    assert "校验位相符，但本中心没有这件事项" in told(code)
    assert "到 2026年3月10日 10:00 还没有这件事项" in told(code, worlds.ACCEPTED + HOUR)
    assert "不是一案一码的编号" in told("D00047")


@pytest.mark.parametrize(
    ("language", "counts"),
    [("zh-CN", "这件事共 1 件次 · 1 件 · 1 人"), ("en", "calls 1 · cases 1 · people 1")],
)
def test_how_often_a_matter_was_brought_stands_by_its_linked_cases(drawn, language, counts):
    assert counts in body_text(drawn(words=Words(language)))


@pytest.mark.parametrize(
    ("area", "way"),
    [
        ("530303001001", ["沾益区", "西平街道", "001村"]),
        (worlds.XIPING, ["沾益区", "西平街道"]),
        (worlds.COUNTY, ["沾益区"]),
    ],
)
def test_the_way_up_names_every_area_once(drawn, area, way):
    crumbs = [crumb.text for crumb in drawn(area_code=area).crumbs]
    assert crumbs[:-2] == way
