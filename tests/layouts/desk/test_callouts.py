"""Names outside the map: off the land, apart from each other, no line through anything."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.profile import load_profile
from geodata.boundaries import load_boundaries
from geodata.sketch import sketch
from layouts.desk.area_map import AreaMark, area_map
from layouts.desk.callouts import Box, Land, Wanted, place
from tests.layouts.trees import having, text

MAP = sketch(load_boundaries(load_profile("zhanyi").area_code), 420)
LAND = Land(MAP)


def wanted_of(areas, width):
    return tuple(Wanted(area.code, (area.x, area.y), width, 17.0) for area in areas)


@settings(max_examples=25, deadline=None)
@given(areas=st.sets(st.sampled_from(MAP.areas), max_size=6), width=st.sampled_from([60.0, 90.0]))
def test_names_outside_touch_neither_land_nor_each_other(areas, width):
    ordered = sorted(areas, key=lambda area: area.code)
    names = tuple(Box(area.x - 25, area.y - 15, 50, 30) for area in MAP.areas if area not in areas)
    found = place(MAP, wanted_of(ordered, width), names)
    for code, one in found.items():
        free = [(box.x, box.y) for box in LAND.free(Wanted(code, one.dot, width, 17.0))]
        assert (one.box.x, one.box.y) in free
        assert one.end == one.box.nearest(*one.dot)
        assert not any(name.is_crossed(one.dot, one.end) for name in names)
    for one, other in combinations(found.values(), 2):
        assert not one.box.meets(other.box)
        assert not one.box.is_crossed(other.dot, other.end)
        assert not other.box.is_crossed(one.dot, one.end)


def test_what_finds_no_room_is_left_out():
    (area, *_) = MAP.areas
    assert set(place(MAP, wanted_of([area], 60.0), ())) == {area.code}
    assert place(MAP, wanted_of([area], 9 * MAP.width), ()) == {}


@pytest.mark.parametrize("colour", ["", "red"])
def test_a_map_writes_every_name_once_inside_or_outside_or_by_number(colour):
    marks = {
        area.code: AreaMark(name=f"{area.name}", figure="12", shade=1, href=f"/area/{area.code}",
                            title=area.name, colour=colour)
        for area in MAP.areas
    }  # fmt: skip
    drawn = area_map(MAP, marks, ["open", "1+"], [])
    drawing, listed = drawn.children[0], drawn.children[1]
    calls = having(drawing, "call")
    written = [part for part in text(drawing).split("|") if not part.isdigit()]
    numbered = [part for part in text(listed).split("|") if part.strip() and not part.isdigit()]
    assert calls
    assert sorted([*written, *numbered]) == sorted(area.name for area in MAP.areas)
    for call in calls:
        (link,) = having(call, "go")
        assert getattr(link, "data-href").startswith("/area/")
