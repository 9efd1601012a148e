from dataclasses import replace
from datetime import timedelta

import pytest
from dash.development.base_component import Component

from dashboard.snapshots.board import Duty, Hindrance, OnTime, Warnings
from dashboard.terms import Colour, Stage
from layouts import ids
from layouts.panels import PANELS
from layouts.panels.banners import FLOOD_ABOVE, MOST, banners_panel
from layouts.panels.fault import fault_panel
from layouts.panels.header import day_panel, marks_panel
from layouts.panels.marks import sparkline
from layouts.panels.moves import moves_panel
from layouts.panels.situations import situations_panel
from layouts.panels.stages import stages_panel
from layouts.panels.tallies import tallies_panel
from layouts.panels.warnings import warnings_panel
from layouts.words import LANGUAGES, Words
from tests.boards import a_board, an_unsealed
from tests.layouts.trees import having, text, walk

ZH, EN = Words("zh-CN"), Words("en")
NONE_DUE = OnTime(met=0, due=0, pending=0, rate=None)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("panel", PANELS, ids=lambda panel: panel.id)
def test_a_panel_draws_the_same_board_the_same_way(panel, language):
    board, words = a_board(), Words(language)
    assert str(panel.draw(board, words)) == str(panel.draw(board, words))


@pytest.mark.parametrize("panel", PANELS, ids=lambda panel: panel.id)
def test_a_panel_says_nothing_in_chinese_on_an_english_wall(panel):
    board = a_board(duty=None)
    assert not [char for char in text(panel.draw(board, EN)) if "\u4e00" <= char <= "\u9fff"]


@pytest.mark.parametrize("panel", PANELS, ids=lambda panel: panel.id)
def test_no_panel_writes_none(panel):
    board = a_board()
    blank = replace(
        board,
        tallies=replace(
            board.tallies,
            accepted=replace(board.tallies.accepted, delta=None, trend=(None,) * 14),
            on_time=NONE_DUE,
            on_time_trend=(None,) * 14,
            target=None,
        ),
        situations=tuple(
            replace(one, delta=None, band=None, newest=None) for one in board.situations
        ),
        stages=tuple(replace(stage, mean_s=None) for stage in board.stages),
        moves=replace(
            board.moves,
            rows=tuple(
                replace(row, category=None, township=None, department=None)
                for row in board.moves.rows
            ),
        ),
    )
    assert "None" not in text(panel.draw(blank, ZH))


def test_overdue_cases_turn_the_tile_and_none_leaves_it_calm():
    board = a_board()
    calm = replace(board.tallies, overdue=replace(board.tallies.overdue, value=0))
    assert len(having(tallies_panel(board, ZH), "alarm")) == 1
    assert having(tallies_panel(replace(board, tallies=calm), ZH), "alarm") == []


def test_the_rate_shows_its_denominator_and_target():
    assert "目标 95.0% · 应办 1,204" in text(tallies_panel(a_board(), ZH))


def test_a_month_without_due_cases_has_no_rate():
    board = a_board()
    none = replace(board, tallies=replace(board.tallies, on_time=NONE_DUE))
    drawn = text(tallies_panel(none, ZH))
    assert "—" in drawn
    assert "本月应办 0 件，不计算" in drawn


def test_situations_are_drawn_in_the_boards_order_with_their_newest_item():
    drawn = situations_panel(a_board(), ZH)
    assert [row.children for row in having(drawn, "k")] == ["民情", "警情", "访情", "舆情", "诉情"]
    assert "14:18|白水镇 · 用水排水 · 网格上报|情报 58" in text(drawn)


def test_an_item_of_yesterday_is_not_shown_as_todays():
    board = a_board()
    first = board.situations[0]
    old = replace(first, newest=replace(first.newest, at=board.as_of - timedelta(hours=15)))
    drawn = text(situations_panel(replace(board, situations=(old,)), ZH))
    assert "今日暂无新增" in drawn
    assert "23:20" not in drawn


def test_an_unusual_situation_has_a_triangle_and_a_word():
    drawn = situations_panel(a_board(), ZH)
    assert len(having(drawn, "yellow")) == 1
    assert "偏高" in text(drawn)


def test_cases_without_a_situation_are_said():
    assert "未归类 3" in text(situations_panel(a_board(unclassified=3), ZH))
    assert "未归类" not in text(situations_panel(a_board(), ZH))


def test_a_warning_has_category_code_place_and_time_and_no_free_text():
    drawn = text(warnings_panel(a_board(), ZH))
    assert "劳动合同|D00047|白水镇 · 人社局|超 4 天|处置" in drawn
    assert "超 2 天|督办 1 次" in drawn


def test_a_case_without_category_is_called_by_its_kind():
    assert "安全隐患|H00028" in text(warnings_panel(a_board(), ZH))


def test_nothing_overdue_is_said_calmly():
    calm = Warnings(red=0, yellow=0, blue=0, rows=())
    drawn = warnings_panel(a_board(warnings=calm), ZH)
    assert "当前无超期、无预警" in text(drawn)
    assert {part.className for part in having(drawn, "sy")} == {
        f"sy {colour} off" for colour in (Colour.RED, Colour.YELLOW, Colour.BLUE)
    }


def test_stages_carry_the_profiles_words_and_one_scale():
    drawn = stages_panel(a_board(), ZH)
    names = [part.children for part in having(drawn, "k")]
    assert names == ["受理", "联合研判", "分流交办", "处置", "反馈", "回访", "办结销号"]
    widths = [part.children.style["width"] for part in having(drawn, "b")]
    assert widths[3] == "100%"
    assert "在办 312 件 · 平均停留时间 · 督办并行 3 件" in text(drawn)


def test_only_the_closing_column_is_todays():
    done = having(stages_panel(a_board(), ZH), "done")
    assert len(done) == 1
    assert "58|今日" in text(done[0])


def test_a_county_without_open_cases_draws_empty_bars():
    empty = tuple(replace(one, count=0, overdue=0) for one in a_board().stages)
    widths = {part.children.style["width"] for part in having(
        stages_panel(a_board(stages=empty), ZH), "b")}  # fmt: skip
    assert widths == {"0%"}


def test_moves_say_who_passed_what_to_whom():
    drawn = text(moves_panel(a_board(), ZH))
    assert "14:16|D00082|劳动合同|白水镇|→|人社局|已签收" in drawn
    assert "今日 47 次" in drawn


def test_a_quiet_day_has_no_moves():
    quiet = replace(a_board().moves, today=0, rows=())
    assert "今日暂无流转" in text(moves_panel(a_board(moves=quiet), ZH))


def test_a_rush_of_warnings_is_announced_above_the_normal_rate_only():
    def lines(recent):
        board = a_board()
        return having(
            banners_panel(replace(board, warnings=replace(board.warnings, recent=recent)), ZH),
            "ban",
        )

    assert lines(FLOOD_ABOVE) == []
    assert "10 分钟内新增 11 条" in text(lines(FLOOD_ABOVE + 1))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("why", Hindrance)
def test_a_briefing_that_was_not_sealed_is_announced_with_its_cause(language, why):
    words = Words(language)
    known = why is not Hindrance.UNKNOWN
    late = an_unsealed(why=why, **({} if known else {"tries": 0, "tried_at": None, "kind": ""}))
    drawn = text(banners_panel(a_board(unsealed=(late,)), words))
    assert words.text(f"unsealed.why.{why}", kind="ValueError") in drawn
    assert ("12" in drawn) == known


def test_the_newest_of_several_is_named_and_the_others_are_counted():
    older = an_unsealed(cycle="weekly", day=an_unsealed().day - timedelta(days=2))
    drawn = text(banners_panel(a_board(unsealed=(an_unsealed(), older, older)), ZH))
    assert "3月18日每日调度通报到时未签发|应于 08:00 签发，已试 12 次（最近 08:06）" in drawn
    assert "另有 2 期未签发" in drawn
    assert "每周" not in drawn


def test_more_lines_than_there_is_room_for_are_left_out():
    busy = replace(a_board().warnings, recent=99)
    board = a_board(warnings=busy, unsealed=(an_unsealed(),), provisional_years=(2027,))
    drawn = banners_panel(board, ZH)
    assert len(having(drawn, "ban")) == MOST
    assert "未签发" in text(drawn)


def test_a_year_without_holiday_table_is_announced():
    drawn = text(banners_panel(a_board(provisional_years=(2027, 2028)), ZH))
    assert "节假日表未载入 2027, 2028 年" in drawn


@pytest.mark.parametrize(
    ("working", "provisional", "word"),
    [(True, False, "工作日"), (False, False, "休息日"), (True, True, "未载假期表")],
)
def test_the_header_says_what_kind_of_day_it_is(working, provisional, word):
    day = replace(a_board().day, working=working, provisional=provisional)
    assert text(day_panel(a_board(day=day), ZH)).endswith(f"3月18日 周三|{word}")


@pytest.mark.parametrize(("shift", "word"), [("2", "第2班"), ("day", "白班")])
def test_the_duty_leader_is_named_with_the_shift(shift, word):
    duty = Duty(name="李主任", shift=shift)
    assert f"值班：李主任 · {word}" in text(day_panel(a_board(duty=duty), ZH))


def test_nobody_is_named_when_the_roster_is_empty():
    assert "值班" not in text(day_panel(a_board(duty=None), ZH))


def test_synthetic_data_say_so():
    assert text(marks_panel(a_board(), ZH)) == "演示数据"
    assert text(marks_panel(a_board(synthetic=False), ZH)) == ""


def test_a_sparkline_leaves_a_gap_where_a_day_is_unknown():
    drawn = [part for part in walk(sparkline((1, 2, None, 4, 5))) if isinstance(part, Component)]
    line = next(part for part in drawn if getattr(part, "className", "") == "ln")
    assert line.d.count("M") == 2


def test_one_known_day_is_no_line():
    assert having(sparkline((None, None, 3)), "spark") == []


def test_a_broken_panel_says_that_only_it_is_broken():
    assert "此板块暂时无法显示|其余板块不受影响" in text(fault_panel(ZH))


def test_a_units_markup_stays_text():
    board = a_board()
    first = replace(board.directory.departments[0], short="<img src=x onerror=1>")
    directory = replace(board.directory, departments=(first, *board.directory.departments[1:]))
    drawn = text(moves_panel(replace(board, directory=directory), ZH))
    assert "<img src=x onerror=1>" in drawn


def test_panel_ids_are_unique_and_of_the_wall():
    found = [panel.id for panel in PANELS]
    assert len(set(found)) == len(found)
    assert all(panel.startswith(f"{ids.WALL}-") for panel in found)


def test_a_stage_without_a_label_of_the_profile_has_the_catalogues():
    board = a_board()
    stages = tuple(replace(one, label="") for one in board.stages)
    drawn = having(stages_panel(replace(board, stages=stages), ZH), "k")
    assert drawn[3].children == ZH.text(f"stage.{Stage.IN_PROCESS}")


def test_supervision_has_the_profiles_word_or_the_catalogues():
    own = text(stages_panel(a_board(supervision_label="跟踪督办"), ZH))
    assert "跟踪督办并行 3 件" in own
    assert " 督办并行 3 件" in text(stages_panel(a_board(supervision_label=""), ZH))
