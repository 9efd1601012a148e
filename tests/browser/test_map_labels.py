"""The placement of names, on the shapes of all ten places, without a server."""

from itertools import combinations
from math import cos, radians
from pathlib import Path
from random import Random

import pytest
from playwright.sync_api import Page

from dashboard.profile import PROFILES, load_profile
from geodata.boundaries import load_boundaries

pytestmark = pytest.mark.browser

ASSETS = Path(__file__).parents[2] / "layouts" / "assets"
PLACE = "scene => window.wuqing.labels.place(scene)"
COVER = "([scene, box]) => window.wuqing.ground.coverOf(scene)(box)"
STRUCK = """placed => placed.flatMap(one => !one.end ? [] : placed.filter(other =>
  other !== one && (window.wuqing.grid.strikes(one.end, one.anchor, other) || (other.end &&
  window.wuqing.grid.cross(one.end, one.anchor, other.end, other.anchor)))))"""
EM = 22


@pytest.fixture
def geometry(page: Page) -> Page:
    for name in ("map-grid.js", "map-ground.js", "map-labels.js", "map-leaders.js"):
        page.add_script_tag(path=ASSETS / name)
    return page


def a_scene(profile: str, width: int, height: int, margin: int = 12):
    """Project a place to pixels, with symbols at random points and two keys."""
    boundaries = load_boundaries(load_profile(profile).area_code)
    west, south, east, north = boundaries.box
    stretch = 1 / cos(radians((south + north) / 2))
    scale = min((width - 2 * margin) / (east - west), (height - 60) / ((north - south) * stretch))
    left = (width - scale * (east - west)) / 2

    def pixels(position):
        return [left + (position[0] - west) * scale, 48 + (north - position[1]) * scale * stretch]

    def rings(geometry):
        parts = geometry["coordinates"]
        flat = parts if geometry["type"] == "Polygon" else [ring for part in parts for ring in part]
        return [[pixels(position) for position in ring] for ring in flat]

    features = boundaries.areas["features"]
    areas = [{"id": f["properties"]["code"], "rings": rings(f["geometry"])} for f in features]
    chance = Random(profile)
    corners = [chance.choice(chance.choice(area["rings"])) for area in areas]
    names = {f["properties"]["code"]: f["properties"]["name"][:5] for f in features}
    return {
        "size": {"w": width, "h": height},
        "unit": 1,
        "whole": True,
        "areas": areas,
        "obstacles": [{"x": x, "y": y, "w": 34, "h": 34} for x, y in corners[::2]],
        "reserved": [
            {"x": width - 70, "y": height - 85, "w": 120, "h": 150},
            {"x": 110, "y": 26, "w": 190, "h": 34},
        ],
        "labels": [
            {
                "id": code,
                "inside": {"w": EM * len(name), "h": 49},
                "outside": {"w": EM * (len(name) + 2), "h": 28},
                "numbered": {"w": EM * (len(name) + 4), "h": 28},
            }
            for code, name in names.items()
        ],
    }


def meet(a, b):
    return abs(a["x"] - b["x"]) * 2 < a["w"] + b["w"] and abs(a["y"] - b["y"]) * 2 < a["h"] + b["h"]


@pytest.mark.parametrize(("width", "height"), [(504, 540), (1048, 570)])
@pytest.mark.parametrize("profile", PROFILES)
def test_every_name_has_one_place_and_nothing_covers_or_crosses(geometry, profile, width, height):
    scene = a_scene(profile, width, height)
    placed = geometry.evaluate(PLACE, scene)

    assert [one["id"] for one in placed] == [label["id"] for label in scene["labels"]]
    assert [one["id"] for one in placed if one["mode"] == "none"] == []
    for one in placed:
        assert one["w"] / 2 <= one["x"] <= width - one["w"] / 2
        assert one["h"] / 2 <= one["y"] <= height - one["h"] / 2
        for other in scene["obstacles"] + scene["reserved"]:
            assert not meet(one, other), one
    for one, other in combinations(placed, 2):
        assert not meet(one, other), (one, other)
    assert geometry.evaluate(STRUCK, placed) == []
    for one in (one for one in placed if one["mode"] == "number"):
        x, y = one["anchor"]
        assert not any(meet({"x": x, "y": y, "w": 1, "h": 1}, other) for other in placed), one


def test_a_name_inside_its_own_area_leaves_the_outline_alone(geometry):
    scene = a_scene("zhanyi", 736, 588)
    for one in geometry.evaluate(PLACE, scene):
        if one["mode"] == "in":
            assert geometry.evaluate(COVER, [scene, one]) == 1


def test_call_outs_keep_off_the_place(geometry):
    scene = a_scene("zhanyi", 736, 588)
    outside = [one for one in geometry.evaluate(PLACE, scene) if one["mode"] in ("out", "stack")]
    assert outside
    assert all(geometry.evaluate(COVER, [scene, one]) == 0 for one in outside)


def test_the_same_scene_is_placed_the_same_way(geometry):
    scene = a_scene("haifeng", 736, 588)
    assert geometry.evaluate(PLACE, scene) == geometry.evaluate(PLACE, scene)


def test_an_area_out_of_view_has_no_name_and_harms_none(geometry):
    scene = a_scene("zhanyi", 736, 588)
    first = scene["areas"][0]
    first["rings"] = [[[x + 5000, y] for x, y in ring] for ring in first["rings"]]
    placed = {one["id"]: one["mode"] for one in geometry.evaluate(PLACE, {**scene, "whole": False})}
    assert placed[first["id"]] == "none"
    assert list(placed.values()).count("none") < len(placed)
