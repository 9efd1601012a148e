"""Ids: every one the script or a slot needs is on the wall, once."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from dash.development.base_component import Component

from layouts import ids
from layouts.pages.wall import WallFrame, layout
from layouts.panels import PANELS
from layouts.words import Words
from tests.boards import a_board

LIVE_JS = (Path(__file__).parents[1] / "layouts" / "assets").glob("live*.js")

FRAME = WallFrame(
    centre="沾益区社会治安综合治理中心",
    motto=None,
    every_s=5,
    stale_after_s=15,
    night_from="22:00",
    night_until="06:00",
    build="0",
)


def ids_in(component: object) -> Iterator[str]:
    if isinstance(component, (list, tuple)):
        for each in component:
            yield from ids_in(each)
    elif isinstance(component, Component):
        if getattr(component, "id", None):
            yield component.id
        yield from ids_in(getattr(component, "children", None))


def test_every_id_is_on_the_wall_once():
    found = Counter(ids_in(layout(Words("zh-CN"), FRAME, a_board())))

    assert max(found.values()) == 1
    assert {panel.id for panel in PANELS} <= set(found)


def test_the_frame_without_a_board_has_the_same_places():
    words = Words("zh-CN")
    empty = set(ids_in(layout(words, FRAME, None)))

    assert {panel.id for panel in PANELS} | {ids.LIVE, ids.CLOCK, ids.STALE} <= empty


def test_the_script_names_only_ids_that_exist():
    scripts = "".join(file.read_text("utf-8") for file in LIVE_JS)
    named = set(re.findall(r'\$\("([^"]+)"\)', scripts))

    known = {ids.WALL, ids.LIVE, ids.CLOCK, ids.STALE, ids.FRESH_LINK, ids.FRESH_BOARD}
    assert named == known
    assert f'"#{ids.FEEDS} .wrong"' in scripts
