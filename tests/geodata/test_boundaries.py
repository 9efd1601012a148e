import json
from itertools import pairwise
from pathlib import Path

import pytest

from dashboard.profile import PROFILES, load_profile
from geodata.adopt import read_areas
from geodata.boundaries import LINES, BoundaryError, load_boundaries

SQUARE = [[[0, 0], [1, 0], [1, 1], [0, 0]]]


def an_area(**changes):
    properties = {"code": "A1", "name": "Downtown", **changes.pop("properties", {})}
    geometry = {"type": "Polygon", "coordinates": SQUARE}
    return {"type": "Feature", "properties": properties, "geometry": geometry, **changes}


def written(tmp_path: Path, *features, **members) -> Path:
    file = tmp_path / "areas.geojson"
    collection = {"type": "FeatureCollection", "features": list(features), **members}
    file.write_text(json.dumps(collection), "utf-8")
    return file


@pytest.mark.parametrize("name", PROFILES)
def test_every_profile_draws_its_map(name):
    boundaries = load_boundaries(load_profile(name).area_code)
    kinds = [line["properties"]["kind"] for line in boundaries.lines["features"]]
    west, south, east, north = boundaries.box
    assert len(boundaries.codes) >= 7
    assert boundaries.schematic
    assert {"inner", "outline"} <= set(kinds)
    assert all(LINES.index(low) < LINES.index(high) for low, high in pairwise(kinds))
    assert 0 < east - west < 2
    assert 0 < north - south < 2


def test_zhanyi_has_its_eleven_townships():
    boundaries = load_boundaries("530303000000")
    names = {f["properties"]["code"]: f["properties"]["name"] for f in boundaries.areas["features"]}
    assert len(names) == 11
    assert names["530303001000"] == "西平街道"


def test_xiaogan_shows_its_seven_counties():
    assert len(load_boundaries("420900000000").codes) == 7


def test_only_code_and_name_leave_a_file(tmp_path):
    owner = an_area(properties={"owner": "Li", "html": "<b>"})
    boundaries = load_boundaries("any", written(tmp_path, owner))
    assert boundaries.areas["features"][0]["properties"] == {"code": "A1", "name": "Downtown"}
    assert set(boundaries.areas["features"][0]) == {"type", "properties", "geometry"}


def test_a_file_is_taken_as_surveyed_unless_it_says_schematic(tmp_path):
    assert not load_boundaries("any", written(tmp_path, an_area())).schematic
    assert load_boundaries("any", written(tmp_path, an_area(), schematic=True)).schematic


def test_altitudes_are_dropped_and_coordinates_rounded(tmp_path):
    ring = [[1.1234567, 2, 9], [2, 2, 9], [2, 3, 9], [1.1234567, 2, 9]]
    area = an_area(geometry={"type": "Polygon", "coordinates": [ring]})
    boundaries = load_boundaries("any", written(tmp_path, area))
    first = boundaries.areas["features"][0]["geometry"]["coordinates"][0][0]
    assert first == [1.12346, 2.0]


@pytest.mark.parametrize(
    ("feature", "fault"),
    [
        pytest.param({"type": "Feature"}, "no properties", id="no properties"),
        pytest.param(an_area(properties={"code": 7}), "'code' must be a text", id="a number"),
        pytest.param(an_area(properties={"name": " "}), "'name' must be a text", id="a blank"),
        pytest.param(an_area(properties={"name": "x" * 61}), "'name' must be a text", id="long"),
        pytest.param(an_area(geometry=None), "geometry must be one of", id="no geometry"),
        pytest.param(
            an_area(geometry={"type": "Point", "coordinates": [0, 0]}),
            "geometry must be one of MultiPolygon, Polygon, got 'Point'",
            id="a point",
        ),
        pytest.param(
            an_area(geometry={"type": ["Polygon"], "coordinates": SQUARE}),
            "geometry must be one of",
            id="a type that is no text",
        ),
        pytest.param(
            an_area(geometry={"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [0, 0]]]}),
            "fewer than 4 positions",
            id="a ring too short",
        ),
        pytest.param(
            an_area(geometry={"type": "Polygon", "coordinates": [[[236000, 900000]] * 4]}),
            "not longitude and latitude",
            id="projected metres",
        ),
        pytest.param(
            an_area(geometry={"type": "Polygon", "coordinates": [[[float("nan"), 1]] * 4]}),
            "not longitude and latitude",
            id="not a number",
        ),
        pytest.param(
            an_area(geometry={"type": "Polygon", "coordinates": [[["1", "2"]] * 4]}),
            "no position",
            id="texts",
        ),
        pytest.param(
            an_area(geometry={"type": "MultiPolygon", "coordinates": SQUARE}),
            "fewer than 4 positions",
            id="nested too flat",
        ),
    ],
)
def test_a_fault_is_told_in_a_sentence_with_the_number_of_its_feature(tmp_path, feature, fault):
    with pytest.raises(BoundaryError, match=fault) as caught:
        load_boundaries("any", written(tmp_path, an_area(properties={"code": "B"}), feature))
    assert "feature 2" in str(caught.value)


def test_a_map_of_too_many_features_or_corners_is_refused_in_words(tmp_path):
    with pytest.raises(BoundaryError, match="has 20,001 features, more than 20,000: keep areas"):
        load_boundaries("any", written(tmp_path, *[{}] * 20_001))

    rings = [[[0, 0]] * 250_000, [[1, 1]] * 250_001]
    parts = {"type": "MultiPolygon", "coordinates": [[ring] for ring in rings]}
    file = written(tmp_path, an_area(geometry=parts))
    with pytest.raises(BoundaryError, match="has 500,001 corners, more than 500,000: simplify"):
        load_boundaries("any", file)
    assert len(read_areas(file)) == 1  # what a map is made of may be finer


def test_two_areas_cannot_share_a_code(tmp_path):
    with pytest.raises(BoundaryError, match="a second area has the code 'A1'"):
        load_boundaries("any", written(tmp_path, an_area(), an_area()))


@pytest.mark.parametrize("text", ["", "[]", '{"type": "Feature"}', "[" * 100_000])
def test_what_is_no_feature_collection_is_refused(tmp_path, text):
    file = tmp_path / "wrong.geojson"
    file.write_text(text, "utf-8")
    with pytest.raises(BoundaryError, match=r"wrong\.geojson"):
        load_boundaries("any", file)


def test_a_missing_file_and_an_unknown_place_are_told_apart(tmp_path):
    with pytest.raises(BoundaryError, match=r"cannot read .*none\.geojson"):
        load_boundaries("any", tmp_path / "none.geojson")
    with pytest.raises(BoundaryError, match="no map is shipped for area '110101000000'"):
        load_boundaries("110101000000")
