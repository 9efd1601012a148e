from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.settings import Wall
from dashboard.snapshots.board import Name
from dashboard.snapshots.league_table import league_table
from layouts.panels.league import league_panel
from layouts.panels.league_lines import ROOM, ROOM_WIDE, grant
from layouts.words import Words
from tests.boards import a_board, an_on_time
from tests.layouts.trees import having, text

ZH, EN = Words("zh-CN"), Words("en")
WALL = Wall(target_on_time_rate=0.95)
APART = ((300, 300), (297, 300), (180, 300), (175, 300), (170, 300), (60, 300))
"""Three bands: two units, three, and one."""


def table(*pairs, wall=WALL):
    names = tuple(
        Name(code=f"u{at}", full=f"第{at}镇", short=f"第{at}镇", en=f"Town {at}")
        for at in range(len(pairs))
    )
    cohort = {f"u{at}": an_on_time((*pair, 0)) for at, pair in enumerate(pairs)}
    return names, league_table(names, cohort, wall)


def drawn(*pairs, words=ZH):
    """The table of these townships; the board's departments are left out."""
    board = a_board()
    names, found = table(*pairs)
    board = replace(
        board,
        directory=replace(board.directory, townships=names),
        league=replace(board.league, townships=found),
    )
    return having(league_panel(board, words), "lgt")[0]


def narrow(*pairs, words=ZH):
    return having(drawn(*pairs, words=words), "narrow")[0]


def wide(*pairs):
    return having(drawn(*pairs), "wide")[0]


def test_a_table_of_units_that_may_be_equal_says_so_and_gives_no_order():
    found = drawn(*[(57, 60), (60, 60), (56, 60), (59, 60)])
    assert text(having(found, "fd")) == "本期差异不显著，不排名"
    lines = having(narrow((57, 60), (60, 60), (56, 60), (59, 60)), "lm")
    assert [text(line) for line in lines] == [
        "第0镇|95.0|第1镇|100.0", "第2镇|93.3|第3镇|98.3"
    ]  # fmt: skip
    assert not [mark for mark in having(found, "rk") if mark.children]


def test_the_head_of_a_table_adds_up_its_units():
    assert text(drawn((57, 60), (60, 60), (3, 4)).children[0]) == "|".join(
        ("乡镇（街道）", "120/124", "96.8")
    )


def test_bands_stand_with_their_cases_added_up_and_those_of_one_or_two_are_spelled_out():
    found = drawn(*APART)
    assert text(having(found, "fd")) == "差异显著，分 3 档"
    lines = [text(line) for line in narrow(*APART).children]
    assert lines == [
        "甲|第0镇|300/300|100.0",
        "|第1镇|297/300|99.0",
        "乙|3 个|525/900|58.3",
        "第2镇|60.0|第3镇|58.3",
        "第4镇|56.7",
        "丙|第5镇|60/300|20.0",
    ]


def test_the_last_band_is_spelled_out_first_and_what_has_no_room_is_counted():
    best, worst = [(300, 300)] * 20, [(150, 300)] * 5
    lines = [text(line) for line in narrow(*best, *worst).children]
    assert len(lines) == ROOM
    assert lines[0] == "甲|20 个|6,000/6,000|100.0"
    assert lines[1] == "第0镇|100.0|另有 19 个"
    assert lines[2] == "乙|5 个|750/1,500|50.0"
    assert lines[3:] == [
        "第20镇|50.0|第21镇|50.0",
        "第22镇|50.0|第23镇|50.0",
        "第24镇|50.0",
    ]


def test_a_wide_wall_has_every_unit_with_its_interval():
    rows = having(wide(*APART), "lr")
    assert [row.children[0].children for row in rows] == ["甲", "", "乙", "", "", "丙"]
    assert len(having(wide(*APART), "bar")) == len(APART)


def test_a_wide_wall_counts_what_it_has_no_room_for():
    rows = having(wide(*[(57, 60)] * 30), "lr")
    assert len(rows) == ROOM_WIDE
    assert text(rows[-1]) == "另有 9 个"


def test_units_with_too_few_due_stand_apart_with_their_counts():
    lines = [text(line) for line in narrow((57, 60), (60, 60), (3, 4), (0, 0)).children]
    assert lines == [
        "|第0镇|57/60|95.0",
        "|第1镇|60/60|100.0",
        "样本不足（应办 < 10）|2 个",
        "第2镇|3/4|第3镇|—",
    ]


def test_a_unit_that_joins_a_band_with_few_cases_shows_them_instead_of_a_rate():
    lines = [text(line) for line in narrow(*[(285, 300)] * 3, (100, 300), (8, 8)).children]
    assert lines[:3] == ["甲|4 个|863/908|95.0", "第0镇|95.0|第1镇|95.0", "第2镇|95.0|第4镇|8/8"]


def test_a_month_without_cases_due_has_nothing_to_compare():
    found = drawn((0, 0), (0, 0))
    assert text(having(found, "fd")) == "可比单位不足两个，不排名"
    assert text(found.children[0]) == "乡镇（街道）||—"
    assert len(having(found, "nd")) == 2


def test_a_difference_without_bands_says_so():
    one_band = replace(a_board().league.departments, significant=True, p=0.01)
    one_band = replace(one_band, groups=one_band.groups[:1])
    board = a_board(league=replace(a_board().league, departments=one_band))
    assert "差异显著，但还分不出档次" in text(league_panel(board, ZH))


def test_only_a_unit_that_is_below_the_target_for_certain_has_a_triangle():
    flagged = [row for row in having(wide(*APART), "lr") if having(row, "sy")]
    assert [text(row).split("|")[1] for row in flagged] == ["第2镇", "第3镇", "第4镇", "第5镇"]
    assert not having(drawn((57, 60), (54, 60), (60, 60)), "sy")


def test_a_rate_below_the_target_is_a_hollow_dot():
    rows = having(wide((57, 60), (54, 60), (60, 60)), "lr")
    assert [bool(having(row, "low")) for row in rows] == [False, True, False]


def test_a_centre_without_units_has_nothing_to_show():
    assert "未配置" in text(drawn())


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_the_board_of_the_tests_has_one_table_of_each_finding(language):
    first, second = having(league_panel(a_board(), Words(language)), "fd")
    expected = {
        "zh-CN": ("本期差异不显著，不排名", "差异显著，分 2 档"),
        "en": ("Not significant, not ranked", "Significant: 2 bands"),
    }
    assert (first.children, second.children) == expected[language]


@given(
    st.lists(st.tuples(st.integers(0, 2), st.integers(0, 9)), max_size=8), st.integers(0, 22)
)  # fmt: skip
def test_lines_are_shared_out_within_the_room(wanted, room):
    wanted = [(least, least + more) for least, more in wanted]
    granted = grant(wanted, room)
    assert sum(granted) == min(room, sum(most for _, most in wanted))
    assert all(0 <= one <= most for one, (_, most) in zip(granted, wanted, strict=True))
    if sum(least for least, _ in wanted) <= room:
        assert all(one >= least for one, (least, _) in zip(granted, wanted, strict=True))


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=1, max_size=40))
def test_no_table_takes_more_lines_than_there_are(pairs):
    pairs = [(min(pair), max(pair)) for pair in pairs]
    found = drawn(*pairs)
    assert len(having(found, "narrow")[0].children) <= ROOM
    assert len(having(found, "wide")[0].children) <= ROOM_WIDE
