"""The drawings of leaders' pages: what is where, and what is not drawn."""

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.sketch import AreaShape, Sketch
from layouts.desk.area_map import AreaMark, area_map
from layouts.desk.bars import Bar, bars
from layouts.desk.matrix import MatrixCell, MatrixRow, matrix
from layouts.desk.peers import Peer, peer_strips
from layouts.desk.tiles import Tile, tile_strip
from layouts.desk.trend import APART, FRAME, Series, Trend, trend
from layouts.desk.whisker import whisker
from tests.layouts.trees import having, text

few = settings(deadline=None, max_examples=30)
VALUES = st.lists(st.one_of(st.none(), st.integers(0, 5000)), min_size=1, max_size=40)


def a_trend(*lines: list[float | None], **more: object):
    days = [str(n) for n in range(max(map(len, lines)))]
    series = [
        Series(label=f"l{n}", values=line, written=["" if v is None else f"{v:g}" for v in line])
        for n, line in enumerate(lines)
    ]
    chart = Trend(days=days, series=series, **more)  # type: ignore[arg-type]
    return trend(chart, description="rising", table_label="as table")


def left_of(style: dict[str, str]) -> float:
    return float(style["left"].rstrip("%"))


@given(VALUES)
@few
def test_a_trend_stays_in_its_frame_with_at_most_five_steps(values):
    drawn = a_trend(values)
    [line] = having(drawn, "line")
    heights = [float(y) for y in re.findall(r"[ML][\d.]+ ([-\d.]+)", line.d)]

    assert all(0 <= y <= FRAME for y in heights)
    assert len(heights) == sum(value is not None for value in values)
    assert 2 <= len(having(drawn, "grid")) <= 6


@given(st.lists(st.integers(0, 100), min_size=2, max_size=5))
@few
def test_labels_at_the_right_end_keep_apart_and_off_the_days(ends):
    labels = having(a_trend(*[[0, end] for end in ends]), "label")
    heights = sorted(float(label.y.rstrip("%")) for label in labels)

    assert len(heights) == len(ends)
    assert all(b - a >= APART - 0.011 for a, b in pairwise(heights))
    assert heights[-1] < FRAME


def test_a_trend_breaks_where_a_value_is_missing_and_says_its_values_in_a_table():
    drawn = a_trend([1, None, 3])

    [line] = having(drawn, "line")
    assert line.d.count("M") == 2
    assert text(having(drawn, "d-values")[0]) == "l0|0|1|1||2|3"
    assert getattr(having(drawn, "d-trend")[0], "aria-label") == "rising"


def test_bars_share_one_scale_from_zero_and_the_tick_counts():
    drawn = bars(
        [
            Bar(label="a", value=5, figure="5", tick=20),
            Bar(label="b", value=0, figure="0", href="/explain/open"),
        ]
    )
    assert [one.style["width"] for one in having(drawn, "fill")] == ["25.0%", "0.0%"]
    assert [one.style["left"] for one in having(drawn, "tickmark")] == ["100.0%"]
    assert [one.href for one in having(drawn, "fig")] == ["/explain/open"]


def test_a_whisker_has_an_arrow_where_its_interval_leaves_the_scale():
    target, interval, dot = whisker(0.8, (0.6, 0.9), 0.85).children

    assert interval.className.strip() == "cut"
    assert left_of(interval.style) == 0
    assert left_of(dot.style) == pytest.approx(33.3)
    assert dot.className == "low"
    assert left_of(target.style) == 50


def test_a_whisker_without_a_rate_shows_no_dot():
    assert whisker(None, None, None).children == []
    assert "faint" in whisker(0.9, None, None, faint=True).className


@pytest.mark.parametrize("better, end", [(True, 95), (False, 5), (None, 95)])
def test_right_is_better_on_a_peer_strip(better, end):
    one = Peer(label="a", value=9, others=[1, 2, 3], figure="9", note="", more_is_better=better)
    dot = having(peer_strips([one]), "line")[0].children[-1]

    assert left_of(dot.style) == end


def test_a_strip_without_peers_is_empty():
    one = Peer(label="a", value=9, others=[], figure="9", note="")
    assert having(peer_strips([one]), "line")[0].children == []


def test_the_matrix_shades_by_cases_due_and_writes_only_what_was_missed():
    cells = [MatrixCell(0, 0), MatrixCell(0, 4), MatrixCell(2, 15, "/explain/missed"),
             MatrixCell(1, 40)]  # fmt: skip
    row = MatrixRow(name="住建局", href="/department/housing", cells=cells, due="59", rate="94.9")
    sums = MatrixRow(name="合计", href=None, cells=cells, due="59", rate="94.9")

    drawn = matrix("主办", list("甲乙丙丁"), ("应办", "按期率"), [row], sums)

    [line] = drawn.children[1].children
    shown = line.children[1:5]
    assert [cell.className for cell in shown] == ["m0", "m1", "m3 ring", "m4 ring"]
    assert [text(cell) for cell in shown] == ["", "", "2", "1"]
    assert shown[2].children.href == "/explain/missed"


def test_a_tile_is_a_link_and_its_symbol_goes_with_the_figure():
    tiles = [
        Tile(label="超期", figure="7", href="/explain/overdue", mark="red", feet=("红 2",)),
        Tile(label="在办", figure="312"),
    ]
    alarm, calm = tile_strip(tiles).children

    assert alarm.className == "d-tile alarm"
    assert [one.href for one in having(alarm, "fig")] == ["/explain/overdue"]
    assert "sy red" in str(alarm)
    assert calm.className == "d-tile"
    assert having(calm, "fig") == []


def a_shape(code: str, room: float) -> AreaShape:
    return AreaShape(code=code, name=code, path="M0 0L9 9Z", x=50.0, y=50.0, room=room)


def a_mark(name: str, colour: str = "") -> AreaMark:
    return AreaMark(
        name=name, figure="12", shade=2, href=f"/area/{name}", title=name, colour=colour
    )


def test_a_map_leads_down_and_numbers_the_names_that_do_not_fit():
    sketch = Sketch(
        width=100, height=80, schematic=True, lines=(("inner", "M0 0L9 9"),),
        areas=(a_shape("a", 40), a_shape("b", 3), a_shape("c", 40)),
    )  # fmt: skip
    drawn = area_map(
        sketch, {"a": a_mark("甲乡"), "b": a_mark("乙镇", "red")}, ["在办", "0", "1+"], ["示意图"]
    )

    links = having(drawn, "go")
    assert [getattr(link, "data-href") for link in links] == ["/area/甲乡", "/area/乙镇"]
    assert text(having(drawn, "d-map-names")[0]) == "乙镇| |12"
    assert text(having(drawn, "d-map-all")[0]) == "甲乡| |12|乙镇| |12"
    assert len(having(drawn, "sign")) == 1
    assert having(drawn, "schematic")
    assert text(having(drawn, "d-key")[0]) == "在办|0|1+|示意图"
