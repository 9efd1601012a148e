"""Decisions on other pages: title, age, due time and what is left, in both languages."""

from dataclasses import replace
from datetime import timedelta

import pytest
from dash import html

from dashboard.briefing.decision import EntryKind, Owner
from dashboard.briefing.owned import Owned
from layouts.decisions.short import MOST, about_card, owned_card
from tests.boards import a_board
from tests.dashboard.briefing.test_decision import DUE, a_decision, an_entry
from tests.layouts.test_decisions_page import asking
from tests.layouts.trees import having, text, walk

OWNER = Owner(department="d1")
AT = DUE - timedelta(hours=4)


def test_an_owner_reads_how_old_it_is_and_when_it_is_due():
    card = owned_card(Owned(owner=OWNER, rows=(a_decision(),)), AT, asking("zh-CN"))
    assert "3月16日交办，已 2 天 · 时限 3月18日 17:00" in text(card)
    assert "未动 · 剩 4 小时" in text(card)
    assert having(card, "blue")
    assert [part.href for part in walk(card) if isinstance(part, html.A)] == [
        "/decisions?owner=d%3Ad1",
        "/decisions/1",
    ]


def test_what_is_overdue_is_marked_and_the_rest_is_counted():
    rows = tuple(a_decision(id=number) for number in range(MOST + 3))
    card = owned_card(Owned(owner=OWNER, rows=rows), DUE + timedelta(hours=1), asking("zh-CN"))
    assert len(having(card, "yellow")) == MOST
    assert "台账 11 件" in text(card)


def test_a_unit_without_any_reads_so():
    card = owned_card(Owned(owner=OWNER, rows=()), AT, asking("zh-CN"))
    assert "没有未了的调度事项" in text(card)


@pytest.mark.parametrize(
    ("language", "told"),
    [("zh-CN", "d1 · 3月16日交办 · 时限"), ("en", "d1 · taken on 16 March · until")],
)
def test_a_case_names_the_owner_and_what_became_of_it(language, told):
    matter = a_decision(case_title_en="Unpaid wages", matter="2026-03-16 own/1")
    done = matter.followed(an_entry(EntryKind.DONE, text="已清"))
    drawn = about_card([done], a_board().directory, AT, asking(language))
    assert told in text(drawn)
    assert ("Unpaid wages" in text(drawn)) == (language == "en")
    written = replace(matter, matter=None)
    drawn = about_card([written], a_board().directory, AT, asking(language))
    assert written.title in text(drawn)
    assert about_card([], a_board().directory, AT, asking(language)) == []
