"""The explanation of a number: what it says, and how it lists the cases behind it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from dashboard.cases.record import record
from dashboard.database.engine import reading, writing
from dashboard.drilldown.listing import Listing
from dashboard.drilldown.question import Question
from dashboard.drilldown.read_explain import read_explanation, with_clocks
from dashboard.figures.catalogue import by_id
from dashboard.figures.composition import Part
from dashboard.figures.view import view_at
from dashboard.league.rules import EDITION
from dashboard.terms import Event
from layouts.address import Zoned
from layouts.desk.asking import Asking
from layouts.explain.rows import rows
from layouts.pages.explain import layout
from layouts.words import Words
from tests import worlds
from tests.dashboard.drilldown.test_read_case import a_centre
from tests.layouts.trees import having, text

# The reader is tested on both databases; its drawing is the same.
pytestmark = pytest.mark.parametrize("new_database", ["sqlite"], indirect=True)

CHINESE, ENGLISH = Words("zh-CN"), Words("en")
CENTRE = a_centre()
START, HOUR, DAY = worlds.ACCEPTED, timedelta(hours=1), timedelta(days=1)
PAUSED = ((Event.PAUSE, START + 4 * HOUR), (Event.RESUME, START + 28 * HOUR))
CLOSED = (Event.REPORT_BACK, Event.FOLLOW_UP, Event.CLOSE)


@pytest.fixture
def a_case(county):
    """Record a case in process, and what happened to it later."""

    def make(*later, **facts):
        with writing(county) as connection:
            case_id = worlds.a_history(connection, **facts)
            for event, at in later:
                happening = worlds.a_happening(event, at)
                record(connection, happening, case_id=case_id, rules=worlds.rules(), now=at)

    return make


@pytest.fixture
def drawn(county, now):
    def draw(figure, part=None, words=CHINESE, **centre):
        chosen = a_centre(**centre)
        question = Question.default(now, chosen.zone)
        with reading(county) as connection:
            view = view_at(connection, now, rules=lambda: chosen.rules_of(connection))
            found = read_explanation(view, chosen, by_id(figure), question, part and Part(part))
            found = with_clocks(view, chosen, found)
        asking = Asking(
            f"/explain/{figure}", question, Zoned(CENTRE.zone, date(2026, 3, 18)), words, {}
        )
        return layout(found, asking)

    return draw


def rows_of(page):
    """The clock and the result of each case, in lines."""
    rows = [row for row in having(page, "x-row") if having(row, "x-clock")]
    return [(*text(having(row, "x-clock")).split("|"), text(having(row, "left"))) for row in rows]


def test_each_case_writes_its_clock_in_two_lines_with_the_result(drawn, a_case):
    a_case()
    a_case(*PAUSED)
    assert rows_of(drawn("overdue")) == [
        ("3月10日 10:00 受理，3 天", "应于 3月13日 23:59 前办结", "在办，超 4 天 14 小时"),
        ("3月10日 10:00 受理，3 天，暂停 1 天", "应于 3月14日 23:59 前办结",
         "在办，超 3 天 14 小时"),
    ]  # fmt: skip
    assert rows_of(drawn("overdue", words=ENGLISH))[1] == (
        "Accepted 10 March 10:00, 3 days, paused 1 d",
        "Due by 14 March 23:59",
        "open, 3 d 14 h over",
    )


def test_what_stands_behind_a_rank_says_how_far_each_was_from_its_deadline(drawn, a_case):
    a_case(*((event, START + n * HOUR) for n, event in enumerate(CLOSED, 4)))
    a_case(*((event, START + 5 * DAY + n * HOUR) for n, event in enumerate(CLOSED)))
    a_case((Event.EXCLUDE, START + 5 * HOUR))
    clock = ("3月10日 10:00 受理，3 天", "应于 3月13日 23:59 前办结")
    assert rows_of(drawn("on_time_rate", "counted")) == [
        (*clock, "3月10日 15:00 办结|提前 3 天 8 小时")
    ]
    assert rows_of(drawn("on_time_rate", "rest")) == [
        (*clock, "3月15日 11:00 办结|迟 1 天 11 小时")
    ]
    [(*excluded, _)] = rows_of(drawn("on_time_rate", "excluded"))
    assert tuple(excluded) == clock


def test_the_whole_sentence_is_at_hand_where_the_lines_are_short(drawn, a_case):
    a_case(*PAUSED)
    [clock] = having(drawn("overdue"), "x-clock")
    assert "暂停 1 天：待鉴定，3月10日 13:00 至 3月11日 13:00" in clock.title


def test_a_case_whose_log_says_nothing_shows_what_is_stored(drawn, county):
    with writing(county) as connection:
        worlds.a_case(connection)
    assert rows_of(drawn("overdue")) == [
        ("3月10日 09:00 受理", "应于 3月13日 09:00 前办结", "在办，超 5 天 5 小时")
    ]


@pytest.mark.parametrize(("words", "limits"), [(CHINESE, "时限规则第 1 版"),
                                                (ENGLISH, "time limits, version 1")])  # fmt: skip
def test_the_rules_in_force_stand_among_the_facts(drawn, words, limits):
    [facts] = having(drawn("overdue", words=words), "x-facts")
    assert text(facts).endswith(limits)
    [facts] = having(drawn("on_time_rate", words=words), "x-facts")
    assert text(facts).partition(f"{limits} · ")[2].split(" ")[-1].startswith(f"{EDITION}-")


def test_a_case_listed_for_what_happened_to_it_says_when(drawn, a_case):
    a_case((Event.SUPERVISE, START + 5 * HOUR), (Event.SUPERVISE_REPLY, START + 7 * HOUR))
    [(*_, at, _)] = rows_of(drawn("supervision_reply_time"))
    assert at == "计入时点 3月10日 14:00"


@pytest.mark.parametrize(("words", "told"), [
    (CHINESE, "另有 2 件后来转由他人办理，计数而不列出（0 + 2 = 2）"),
    (ENGLISH, "2 more since gone to others: counted, not listed (0 + 2 = 2)"),
])  # fmt: skip
def test_what_has_gone_to_others_is_a_sum_and_no_empty_list(county, now, words, told):
    question = Question.default(now, CENTRE.zone)
    with reading(county) as connection:
        found = read_explanation(view_at(connection, now), CENTRE, by_id("held_time"), question)
    asking = Asking("/explain/held_time", question, Zoned(CENTRE.zone, now.date()), words, {})
    gone = replace(found, listing=Listing(total=0, gone=2))
    assert [text(one) for one in rows(gone, asking)] == [told]
