import json
from collections import Counter
from datetime import UTC, datetime

import pytest
from dash import html
from dash.development.base_component import Component

from layouts import ids
from layouts.pages.wall import WallFrame, layout
from layouts.panels import PANELS
from layouts.words import LANGUAGES, Words
from tests.boards import a_board
from tests.layouts.trees import having, text, walk

FRAME = WallFrame(
    centre="沾益区社会治安综合治理中心",
    motto="指挥有方 调度有力",
    every_s=5,
    stale_after_s=15,
    night_from="22:00",
    night_until="06:00",
    build="b1",
)
ZH = Words("zh-CN")


def ids_in(page):
    return Counter(
        part.id for part in walk(page) if isinstance(part, Component) and getattr(part, "id", None)
    )


def test_the_first_paint_has_the_figures():
    page = layout(ZH, FRAME, a_board())
    assert "312" in text(page)
    assert having(page, "is-loading") == []
    assert having(page, "sk") == []


def test_without_a_board_the_wall_shows_its_form():
    page = layout(ZH, FRAME, None)
    assert having(page, "is-loading")
    for title in (
        "五情动态",
        "治安隐患点位",
        "超期与预警",
        "按期办结率",
        "矛盾纠纷进度",
        "群众诉求流转",
    ):
        assert title in text(page)


@pytest.mark.parametrize("board", [None, a_board()], ids=["loading", "normal"])
def test_every_panel_has_its_slot_once(board):
    found = ids_in(layout(ZH, FRAME, board))
    assert {panel.id for panel in PANELS} <= set(found)
    assert max(found.values()) == 1


def test_the_map_is_mounted_outside_the_slots():
    page = layout(ZH, FRAME, a_board(), html.Div("the map"))
    mount = next(part for part in walk(page) if getattr(part, "id", None) == ids.HAZARD_MAP)
    assert text(mount) == "the map"
    slots = [part for part in walk(page) if getattr(part, "id", None) in {p.id for p in PANELS}]
    assert all("the map" not in text(slot) for slot in slots)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_script_gets_its_texts_with_their_placeholders(language):
    page = layout(Words(language), FRAME, a_board())
    texts = json.loads(getattr(page, "data-texts"))
    assert "{t}" in texts["ok"]
    assert "{n}" in texts["lost"]
    assert "{c}" in texts["stale_cause"]
    assert "{d}" in texts["stale_cause"]
    assert "{t}" in texts["as_of"]
    assert getattr(page, "data-zone") == "Asia/Shanghai"


def test_a_set_moment_is_said_in_the_header():
    at = datetime(2011, 12, 15, 19, 20, tzinfo=UTC)
    frame = WallFrame(
        centre="x", motto=None, every_s=5, stale_after_s=15, night_from="22:00",
        night_until="06:00", build="b", at=at,
    )  # fmt: skip
    assert "按 2011年12月16日 03:20 展示" in text(layout(ZH, frame, a_board()))
    assert having(layout(ZH, FRAME, a_board()), "set-day") == []
