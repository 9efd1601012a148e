import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.snapshots.board import TownshipLoad
from geodata.boundaries import load_boundaries
from layouts.panels.hazard_map import CANVAS, STEPS, hazard_map_panel, map_data, step_bounds
from layouts.words import Words
from tests.boards import a_board

ZH, EN = Words("zh-CN"), Words("en")
ZHANYI = load_boundaries("530303000000")


def props(component):
    return component.to_plotly_json()["props"]


def test_the_map_mounts_shapes_without_tiles_figures_or_outside_addresses():
    panel = hazard_map_panel(ZHANYI, ZH)
    kinds = [child.to_plotly_json()["type"] for child in props(panel)["children"]]
    assert props(panel)["id"] == CANVAS
    assert kinds == ["GeoJSON", "GeoJSON"]
    assert not props(panel)["attributionControl"]
    assert "http" not in json.dumps(panel, default=lambda part: part.to_plotly_json())


def test_a_map_of_surveyed_borders_is_not_marked_schematic():
    assert props(hazard_map_panel(ZHANYI, ZH))["className"] == "map-canvas schematic"
    surveyed = replace(ZHANYI, schematic=False)
    assert props(hazard_map_panel(surveyed, ZH))["className"] == "map-canvas"


def test_a_place_without_boundaries_says_so():
    assert props(hazard_map_panel(None, ZH))["children"] == "未载入边界"


def test_every_area_has_its_open_cases_and_they_add_up_to_the_board():
    board = a_board()
    data = map_data(board, ZHANYI, ZH)
    assert set(data["areas"]) == set(ZHANYI.codes)
    assert data["areas"]["530303001000"]["open"] == 52
    assert data["areas"]["530303001000"]["notes"] == ["在办 52 件", "超期 1 件"]
    assert sum(area["open"] for area in data["areas"].values()) == board.tallies.open.value
    assert data["texts"]["elsewhere"] == ""


def test_the_map_speaks_the_language_of_the_words():
    board = a_board()
    chinese, english = map_data(board, ZHANYI, ZH), map_data(board, ZHANYI, EN)
    assert chinese["areas"]["530303001000"]["name"] == "西平街道"
    assert english["areas"]["530303001000"]["name"] == "Xiping"
    assert english["texts"]["risks"] == ["High", "Med", "Low"]


def test_cases_of_no_area_on_the_map_are_told_not_dropped():
    stray = TownshipLoad(code=None, open=3, overdue=0), TownshipLoad(code="9", open=1, overdue=0)
    board = a_board()
    data = map_data(replace(board, townships=board.townships + stray), ZHANYI, ZH)
    assert data["texts"]["elsewhere"] == "未定位 4"


def test_a_map_of_counties_shows_a_prefectures_board():
    boundaries = load_boundaries("420900000000")
    loads = tuple(
        TownshipLoad(code=code, open=open_, overdue=1)
        for code, open_ in (("420923000000", 12), ("420902000000", 2))
    )
    data = map_data(replace(a_board(), townships=loads), boundaries, ZH)
    assert data["areas"]["420923000000"]["open"] == 12
    assert data["areas"]["420902000000"]["open"] == 2
    assert data["texts"]["elsewhere"] == ""


def test_points_are_columns_of_equal_length_in_the_order_of_the_board():
    board = a_board()
    points = map_data(board, ZHANYI, ZH)["points"]
    assert points["id"] == [mark.id for mark in board.hazards.marks]
    assert {len(column) for column in points.values()} == {len(board.hazards.marks)}
    assert points["risk"][:3] == [0, 0, 1]
    assert points["title"][0] == "火灾隐患"
    assert points["note"][0].startswith("发现于")


def test_a_hazard_type_without_a_word_is_a_point():
    board = a_board()
    mark = replace(board.hazards.marks[0], type="77")
    data = map_data(replace(board, hazards=replace(board.hazards, marks=(mark,))), ZHANYI, ZH)
    assert data["points"]["title"] == ["隐患点位"]


def test_what_the_map_is_fed_is_json():
    data = map_data(a_board(), ZHANYI, ZH)
    assert json.loads(json.dumps(data, allow_nan=False)) == data


@pytest.mark.parametrize(
    ("counts", "bounds"),
    [
        pytest.param([52, 38, 31, 29, 47, 26, 22, 17, 24, 14, 12], (16, 26, 38), id="zhanyi"),
        pytest.param([0, 0, 0, 0], (), id="nothing"),
        pytest.param([5, 5, 5, 5], (5,), id="all the same"),
        pytest.param([0, 0, 1, 2], (1, 2), id="few"),
        pytest.param([100, 220, 347, 1234], (220, 350, 1200), id="many"),
        pytest.param([], (), id="none"),
    ],
)
def test_steps_begin_at_rounded_quartiles(counts, bounds):
    assert step_bounds(counts) == bounds


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(0, 20_000), max_size=40))
def test_steps_rise_from_above_zero(counts):
    bounds = step_bounds(counts)
    assert len(bounds) < STEPS
    assert list(bounds) == sorted(set(bounds))
    assert all(bound > 0 for bound in bounds)


def test_the_key_names_every_step_without_a_gap():
    assert map_data(a_board(), ZHANYI, ZH)["steps"] == ["0–15", "16–25", "26–37", "38+"]
