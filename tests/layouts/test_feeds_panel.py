from dataclasses import replace
from datetime import timedelta

import pytest

from dashboard.snapshots.board import Lamp, Quiet, SourceState
from dashboard.terms import Channel
from layouts.panels.feeds import FULL_UP_TO, feeds_panel
from layouts.words import Words
from tests.boards import AS_OF, a_board
from tests.layouts.trees import having, text

ZH, EN = Words("zh-CN"), Words("en")


def a_feed(channel=Channel.HOTLINE_12345, *, minutes=1, lamp=Lamp.OK, quiet=None):
    last = None if minutes is None else AS_OF - timedelta(minutes=minutes)
    return SourceState(
        channel=channel, last_received_at=last, expected_every_s=60, late=False, lamp=lamp,
        quiet=quiet,
    )  # fmt: skip


def drawn(*feeds, words=ZH):
    return feeds_panel(a_board(sources=feeds), words)


def test_each_feed_says_its_state_and_its_age():
    feeds = (a_feed(minutes=9), a_feed(Channel.COURT, minutes=None, lamp=Lamp.OFF))
    assert text(drawn(*feeds)) == "数据源 1/1 正常|12345 热线|9 分前|诉前调解|未接入"
    assert text(drawn(a_feed(minutes=0))).endswith("刚刚")


def test_a_dead_feed_comes_first_and_says_since_when_and_what_that_means():
    dead = a_feed(Channel.PETITION, minutes=185, lamp=Lamp.BROKEN)
    panel = drawn(a_feed(), dead)
    assert text(panel).startswith(
        "数据源 1/2 正常|数据可能不全|信访|中断，停在 11:15（已 3 小时 5 分）|12345 热线"
    )
    assert [part.children[0].className for part in having(panel, "wrong")] == ["sy red"]


def test_a_feed_that_stopped_on_another_day_says_which():
    assert "3月17日 13:20" in text(drawn(a_feed(minutes=25 * 60, lamp=Lamp.BROKEN)))


def test_a_feed_that_delivers_but_brings_no_case_is_no_better_than_late():
    quiet = Quiet(since=AS_OF - timedelta(minutes=100), usual=15.4, p=0.001, silent=True)
    panel = drawn(a_feed(quiet=quiet))
    assert text(panel) == (
        "数据源 0/1 正常|数据可能不全|12345 热线|已 1 小时 40 分 无新增（往常约 15 件）"
    )
    calm = drawn(a_feed(quiet=replace(quiet, silent=False)))
    assert text(calm) == "数据源 1/1 正常|12345 热线|1 分前"


@pytest.mark.parametrize("words", [ZH, EN], ids=["zh-CN", "en"])
def test_many_in_trouble_are_told_in_short(words):
    dead = [a_feed(channel, minutes=185, lamp=Lamp.BROKEN) for channel in list(Channel)[:9]]
    told = text(drawn(*dead, words=words))
    assert "11:15" not in told
    assert words.text("live.feed.more", n=7) in told
    assert "11:15" in text(drawn(*dead[:FULL_UP_TO], words=words))


def test_the_line_changes_with_the_minute_and_not_with_every_tick():
    feed = a_feed(minutes=9)
    boards = [a_board(sources=(feed,), as_of=AS_OF + timedelta(seconds=s)) for s in (0, 5, 10, 20)]
    assert len({str(feeds_panel(board, ZH)) for board in boards}) == 1


def test_a_centre_without_feeds_says_so():
    assert text(drawn()) == "数据源未登记"
