"""What a briefing says: sentences from its values alone, none where there is none."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from dashboard.briefing.case_line import CaseTable
from dashboard.briefing.issue import Cycle
from dashboard.briefing.morning import Progress
from layouts.briefing.document import plain, section_texts
from layouts.briefing.fitting import SHORT
from layouts.briefing.message import message, short
from tests.briefings import a_briefing, a_case_line, empty, flood, quarter, rich
from tests.layouts.briefing.documents import EN, ZH, document_of

SAMPLES = {"usual": a_briefing, "week": rich, "quarter": quarter, "flood": flood, "empty": empty}


@pytest.fixture(params=SAMPLES.values(), ids=SAMPLES)
def briefing(request):
    return request.param()


def section(document, number):
    return "\n".join(section_texts(document.sections[number]))


def titled(document, words):
    """The texts of the section whose title ends in some words."""
    (found,) = (one for one in document.sections if one.title.endswith(words))
    return "\n".join(section_texts(found))


def test_the_sentence_says_what_came_in_what_is_late_and_where():
    assert plain(document_of(a_briefing()).headline) == (
        "昨日受理 71 件、办结 66 件，在办 314 件。超期 7 件，其中西平街道 3 件；需今天协调 3 件。"
    )
    assert plain(document_of(a_briefing(), EN).headline) == (
        "Yesterday 71 accepted, 66 closed; 314 open. 7 overdue, 3 of them in Xiping; "
        "3 to coordinate today."
    )


def test_only_what_is_late_is_bold_and_red():
    strong = [run.text for run in document_of(a_briefing()).headline if run.strong]
    assert "".join(strong) == "超期 7 件，其中西平街道 3 件"
    assert [figure.urgent for figure in document_of(a_briefing()).figures] == [0, 0, 0, 1, 0]
    assert not any(figure.urgent for figure in document_of(empty()).figures)


def test_sections_come_in_the_order_of_the_meeting():
    titles = [one.title for one in document_of(a_briefing()).sections]
    assert titles == [
        "上次调度事项落实", "今天需要协调的 3 件事", "一、总体情况", "二、“五情”动态",
        "三、超期与临期清单", "四、重点案件（包案）", "五、热点区域与类型", "六、治安隐患点位",
        "七、单位办理情况", "八、今日重点", "九、今日值班", "附：数据来源与缺口",
    ]  # fmt: skip


def test_what_is_not_closed_comes_first_what_missed_its_time_before_all():
    made = a_briefing()
    one = made.decisions[0]
    hours = {"late": -20, "soon": 3, "later": 90, "done": -50}
    told = tuple(
        replace(
            one, id=at, text=name, due_at=made.as_of + timedelta(hours=left), age_days=at + 1,
            progress=Progress.DONE if name == "done" else Progress.MOVING,
        )
        for at, (name, left) in enumerate(reversed(hours.items()))
    )  # fmt: skip
    (table,) = document_of(a_briefing(decisions=told)).sections[0].tables
    assert [row.cells[0].text for row in table.rows] == [*hours]
    assert [row.cells[2].text for row in table.rows] == ["4", "3", "2", "1"]


def test_a_week_adds_the_three_lists_and_the_year_before():
    week = document_of(rich())
    assert "九、三类清单" in [one.title for one in week.sections]
    assert "同比 −3.1%" in section(week, 2)
    assert "本期受理" in plain(week.headline)
    assert week.title == "沾益区综治中心每周调度通报"
    assert week.span.endswith("· 周研判")  # the centre's own word, which has one language
    assert document_of(rich(), EN).title == "Zhanyi Governance Centre: weekly briefing"


def test_a_daily_issue_that_reaches_over_days_off_does_not_say_yesterday():
    issue = a_briefing().issue
    monday = replace(issue, start=issue.start - timedelta(days=2), day_off=True)
    document = document_of(a_briefing(issue=monday, duty=()))
    assert "昨日" not in "".join(document.texts())
    assert document.day.endswith("（休息日）")


def test_who_is_on_duty_stands_by_role_and_hours_and_who_leads_beside_the_day():
    usual = a_briefing()
    first = usual.duty[0]
    night = replace(first, name="李主任", starts_at=first.ends_at, shift="night")
    cook = replace(first, role="cook", name="老周")
    mate = replace(usual.duty[1], name="2号座席")
    document = document_of(a_briefing(duty=(cook, *usual.duty, night, mate)))
    assert document.day.endswith("· 值班领导 张建国、李主任")
    assert section(document, -2).splitlines()[1] == (
        "值班领导 08:30–16:30 张建国，16:30–16:30 李主任；座席员 08:30–16:30 王敏、2号座席；"
        "部门值班 08:30–16:30 李华（人社局）；cook 08:30–16:30 老周。"
    )


def test_what_no_list_is_kept_of_is_not_told():
    lists, orders = replace(rich().lists, watched=None), replace(rich().orders, letters=None)
    said = "".join(document_of(rich(lists=lists, orders=orders)).texts())
    assert "常年挂账 4 件、新增需研判 7 件。" in said
    assert "函件" not in said


def test_changes_since_the_issue_before_are_counted_once():
    assert "上期以来：转红 1、转黄 1。" in section(document_of(a_briefing()), 4)
    assert "本期内新中断：信访。" in section(document_of(a_briefing()), -1)


def test_key_cases_begin_with_what_came_to_them():
    said = titled(document_of(a_briefing()), "重点案件（包案）").splitlines()
    assert said[1] == ("新增高风险 2 件；“易反弹”复燃 1 件；吹哨 3 次，平均到场 11 分，未到场 1。")
    nobody_came = replace(a_briefing().calls, raised=1, arrival_s=None)
    assert "平均到场 —，未到场 1" in titled(
        document_of(a_briefing(calls=nobody_came)), "重点案件（包案）"
    )
    nobody_called = replace(nobody_came, raised=0, waiting=0)
    assert "；吹哨 0 次。" in titled(
        document_of(a_briefing(calls=nobody_called)), "重点案件（包案）"
    )


def test_a_paper_sealed_before_something_was_counted_says_nothing_of_it():
    old = document_of(a_briefing(inspections=None, key_moves=None, calls=None))
    said = "".join(old.texts())
    assert not [word for word in ("排查：", "新增高风险", "复燃", "吹哨") if word in said]


def test_only_bands_that_differ_are_named_and_nobody_within_one_is_ranked():
    usual = a_briefing()
    due = replace(usual.townships[0].on_time, of=40)
    told = tuple(
        replace(one, on_time=due, band=1 if place == 0 else 2)
        for place, one in enumerate(usual.townships[:-1])
    )
    lines = titled(document_of(a_briefing(townships=told)), "单位办理情况").splitlines()
    names = [one.short for one in usual.directory.townships]
    assert lines[1] == (
        f"各乡镇（街道）本月按期办结：甲档 {names[0]}；乙档 {len(told) - 1} 个单位。"
    )
    alike = tuple(replace(one, band=None) for one in told)
    said = titled(document_of(a_briefing(townships=alike)), "单位办理情况")
    assert "各乡镇（街道）本月按期办结的差异不足以分先后。" in said
    idle = (*alike[:-1], replace(alike[-1], on_time=replace(due, value=None, of=0)))
    said = titled(document_of(a_briefing(townships=idle)), "单位办理情况")
    assert f"本月无到期事项单位：{names[len(told) - 1]}。" in said


def test_each_feed_stands_with_when_it_last_came():
    said = section(document_of(a_briefing()), -1)
    assert "正常：110 警情 07:50" in said
    first, *others = a_briefing().sources
    evening = replace(first, last_received_at=first.last_received_at - timedelta(hours=11))
    said = section(document_of(a_briefing(sources=(evening, *others))), -1)
    assert "正常：110 警情 3月17日 20:50" in said


def test_a_longer_cycle_sets_the_situations_beside_the_year_before():
    def heads(document):
        (table,) = (one for one in document.tables if one.name == "“五情”动态")
        return [row.cells[0].text for row in table.rows]

    week = rich()
    year = week.overall.accepted.year
    lines = tuple(replace(one, number=replace(one.number, year=year)) for one in week.situations)
    assert heads(document_of(a_briefing())) == ["件数", "环比", "预警"]
    assert heads(document_of(week)) == ["件数", "环比"]
    assert heads(document_of(replace(week, situations=lines))) == ["件数", "环比", "同比"]


def test_every_cycle_has_a_title():
    for cycle in Cycle:
        issue = replace(a_briefing().issue, cycle=cycle)
        assert document_of(a_briefing(issue=issue), EN).title


@pytest.mark.parametrize("words, none", [(ZH, "无。"), (EN, "None.")], ids=["zh", "en"])
def test_an_empty_section_says_so(words, none):
    document = document_of(empty(), words)
    said = {one.title: list(section_texts(one))[1:] for one in document.sections}
    assert all(said.values())
    assert sum(texts == [none] for texts in said.values()) == 6


def test_what_is_undefined_is_a_dash_and_no_change_is_made_up():
    texts = section(document_of(empty()), 2)
    assert "按期办结率 —" in texts
    assert "上期为 0" in texts
    assert "%" not in texts


def test_the_stock_is_what_it_was_and_what_came_and_went():
    assert "期初 308 + 新增 71 + 重启 1 − 离开 66 = 期末 314 件" in section(
        document_of(a_briefing()), 2
    )


def test_every_number_is_one_of_the_briefing(briefing):
    """No digit in a section but those of values: the flow's, for one, are all of them there."""
    flow = briefing.overall.flow
    found = {int(text) for text in re.findall(r"\d+", section(document_of(briefing), 2))}
    assert {flow.opening, flow.accepted, flow.left, flow.closing} <= found


def test_a_draft_says_so_and_a_sealed_issue_its_number_and_seal():
    draft = document_of(a_briefing(synthetic=False))
    assert draft.marks == ("草稿，未签发",)
    assert draft.number == draft.seal == ""
    issue = replace(a_briefing().issue, number=77)
    sealed = document_of(a_briefing(issue=issue, synthetic=False), seal="ab12")
    assert sealed.marks == ()
    assert (sealed.number, sealed.seal) == ("〔2026〕第 77 期", "校验值 ab12")


def test_invented_data_are_marked():
    assert "演示数据" in document_of(a_briefing()).marks


def test_a_short_list_stands_whole_or_in_the_annex():
    for made in (a_briefing(), rich(), quarter(), flood()):
        cut = [one for one in document_of(made).tables if one.shown not in (0, len(one.rows))]
        assert [one.name for one in cut if len(one.rows) <= SHORT] == []


@pytest.mark.parametrize("words", [ZH, EN], ids=["zh", "en"])
def test_a_flood_goes_to_the_annex_and_nothing_is_lost(words):
    document = document_of(flood(), words)
    late = next(one for one in document.tables if len(one.rows) == 200)
    assert 0 < late.shown < 200
    assert late in document.annexes
    assert str(late.annex) in late.rest
    assert [one.annex for one in document.annexes] == [*range(1, len(document.annexes) + 1)]


def test_a_list_that_is_cut_already_says_how_many_there_are():
    rows = tuple(a_case_line(place) for place in range(3))
    table = CaseTable(figure="overdue", total=500, rows=rows)
    document = document_of(a_briefing(overdue=table))
    assert "超期事项共 500 项，此处列出前 3 项。" in section(document, 4)


def test_the_message_is_short_and_the_whole_one_says_everything(briefing):
    for words in (ZH, EN):
        document = document_of(briefing, words)
        assert len(short(document)) <= 300
        whole = message(document)
        assert [text for text in document.texts() if text not in whole] == []
