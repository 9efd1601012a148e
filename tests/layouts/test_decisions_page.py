"""The register's page: what stands in it, for whom."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from dash import html

from dashboard.briefing.decision import Became, EntryKind, count
from dashboard.briefing.register_page import Listed, RegisterPage, Selection
from dashboard.drilldown.question import Question
from dashboard.figures.choice import PeriodChoice, PeriodKind
from layouts.address import Zoned
from layouts.desk.asking import Asking
from layouts.desk.refused import Refused
from layouts.pages import decisions
from layouts.words import Words
from tests.boards import a_board
from tests.dashboard.briefing.test_decision import DUE, a_decision, an_entry
from tests.dashboard.drilldown.county_worlds import CENTRE
from tests.layouts.trees import having, text, walk

TODAY = date(2026, 3, 18)
MARCH = datetime(2026, 3, 1, tzinfo=CENTRE.zone)
OPEN = a_decision(id=1, asked_due_at=DUE - timedelta(hours=30))
CLOSED = a_decision(id=2).followed(an_entry(EntryKind.DONE, text="已付清"))


def a_page(**changes):
    kept = count([OPEN, CLOSED], date.min, date.max)
    fields = {
        "as_of": DUE - timedelta(hours=4),
        "today": TODAY,
        "selected": Selection(listed=Listed.ALL, start=MARCH),
        "rows": (OPEN, CLOSED),
        "numbers": {Listed.OPEN: 1, Listed.ALL: 2, Listed.CLOSED: 1},
        "parts": dict.fromkeys(Became, 0),
        "units": ((OPEN.owner, 2),),
        "kept": kept,
        "month": kept,
        "months": ((MARCH.date(), kept),),
        "among": PeriodChoice.containing(PeriodKind.MONTH, TODAY),
        "owners": ((OPEN.owner, kept),),
        "last": None,
        "due_today": 0,
        "unbegun_today": (),
        "overdue": (OPEN,),
        "repeatedly": 0,
        "chosen": OPEN,
        "directory": a_board().directory,
    }
    return RegisterPage(**fields | changes)


def asking(language, refused=None):
    month = PeriodChoice.containing(PeriodKind.MONTH, TODAY)
    words = Words(language, CENTRE.zone)
    zoned = Zoned(CENTRE.zone, TODAY)
    return Asking("/decisions", Question(period=month), zoned, words, {}, refused)


def drawn(page, kinds=tuple(EntryKind), *, may_decide=True, language="zh-CN", refused=None):
    asked = asking(language, refused)
    return decisions.layout(page, asked, kinds, may_decide=may_decide, whole=True)


def test_what_is_overdue_is_said_first():
    page = drawn(a_page())
    assert "逾 1 天 2 小时" in text(page.sentence)
    assert having(page.body, "yellow")


def test_an_owner_writes_what_owners_may_and_takes_no_decision():
    page = drawn(a_page(), (EntryKind.SIGNED, EntryKind.REPLY), may_decide=False)
    said = text([*page.controls, *page.body])
    assert "签收" in said
    assert "登记回复" in said
    assert "登记完成" not in said
    assert "新增事项" not in said


@pytest.mark.parametrize(
    ("written", "first"),
    [
        ([], "签收"),
        ([an_entry(EntryKind.SIGNED)], "登记回复"),
        ([an_entry(EntryKind.SIGNED), an_entry(EntryKind.REPLY, 2, text="已约谈")], "登记完成"),
    ],
)
def test_what_is_done_next_is_first_and_alone_green(written, first):
    one = OPEN
    for entry in written:
        one = one.followed(entry)
    (forms,) = having(drawn(a_page(chosen=one)).body, "d-entries")
    shown = [text(part) for part in walk(forms) if isinstance(part, html.Summary | html.Button)]
    green = [
        text(part)
        for part in walk(forms)
        if getattr(part, "className", "") == "primary"
        and (isinstance(part, html.Summary) or part.children == "签收")
    ]
    assert (shown[0], green) == (first, [first])
    assert ("签收" in shown) == (not written)


def test_nothing_is_written_under_what_is_closed():
    assert not having(drawn(a_page(chosen=CLOSED)).body, "d-entries")
    assert having(drawn(a_page()).body, "d-entries")


def test_who_writes_is_asked_to_name_no_party():
    asked = Words("zh-CN").text("decision.names")
    assert text(drawn(a_page()).body).count(asked) == 1
    assert text(drawn(a_page()).controls).count(asked) == 1
    assert asked not in text(drawn(a_page(), (), may_decide=False).body)


def test_an_empty_register_says_so():
    nothing = count([], date.min, date.max)
    numbers = dict.fromkeys(Listed, 0)
    page = a_page(rows=(), numbers=numbers, kept=nothing, month=nothing, overdue=(), chosen=None,
                  months=(), owners=(), units=())  # fmt: skip
    assert not having(drawn(page).body, "d-options")
    assert text(drawn(page).body).count("没有事项") == 1


def test_the_list_of_a_paper_says_since_when_and_keeps_its_part():
    paper = Selection(listed=Listed.PAPER, start=MARCH, part=Became.DONE, past=True)
    parts = dict.fromkeys(Became, 0) | {Became.OPEN: 1, Became.DONE: 1}
    numbers = {Listed.OPEN: 1, Listed.ALL: 2, Listed.CLOSED: 1, Listed.PAPER: 2}
    page = a_page(selected=paper, rows=(CLOSED,), numbers=numbers, parts=parts)
    body = drawn(page).body
    assert "完成 1|推进 0|未动 1|撤销 0|3月1日 00:00 时未了的" in text(body)
    links = {text(part): part.href for part in walk(body) if isinstance(part, html.A)}
    assert links[CLOSED.title] == "/decisions/2?view=paper&part=done"
    assert links["全部 2"] == "/decisions?view=paper"


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_reason_stands_before_its_field_in_the_one_form_that_was_sent(language):
    reason = "decision.fault.no_reply"
    fields = {"kind": ("done",), "text": (" ",)}
    sent = Refused(action="/decisions/1", fields=fields, reason=reason, field="text")
    page = drawn(a_page(), language=language, refused=sent)
    (wrong,) = having(page.body, "d-wrong")
    assert text(wrong).startswith(Words(language).text(reason))
    folds = [part for part in walk(page.body) if isinstance(part, html.Details)]
    assert [getattr(one, "open", None) for one in folds].count("open") == 1


def test_what_is_due_today_and_not_begun_is_said():
    page = drawn(a_page(due_today=1, unbegun_today=(a_decision(),)))
    assert "今天 17:00 前还有 1 件未动。" in text(page.sentence)


def test_a_filter_is_offered_else_it_is_shown_with_the_way_out_of_it():
    offered = drawn(a_page()).body
    (options,) = having(offered, "d-options")
    assert [part.href for part in walk(options) if isinstance(part, html.A)] == [
        "/decisions?view=all&owner=d%3Ad1"
    ]
    march = PeriodChoice.containing(PeriodKind.MONTH, TODAY)
    asked = Selection(listed=Listed.ALL, start=MARCH, owner=OPEN.owner, taken=march)
    chosen = drawn(a_page(selected=asked)).body
    assert [text(part) for part in having(chosen, "d-chip")] == [
        "责任单位|d1|×",
        "交办日期|2026年3月|×",
    ]
    assert not having(chosen, "d-options")
    assert len(having(chosen, "on")) > len(having(offered, "on"))


def test_a_missed_time_is_counted():
    moved = OPEN.followed(an_entry(EntryKind.MOVED, 40, due_at=DUE + timedelta(days=3)))
    page = replace(a_page(), chosen=moved, rows=(moved,))
    assert "1 次到期未完成" in text(drawn(page).body)
