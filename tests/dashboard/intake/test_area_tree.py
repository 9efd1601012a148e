import json

import pytest
from sqlalchemy import select

from dashboard.database.engine import reading, writing
from dashboard.database.tables import area
from dashboard.intake.area_tree import (
    Properties,
    outline_areas,
    shipped_areas,
    table_areas,
    write_areas,
)
from dashboard.intake.faults import IntakeError
from dashboard.profile import load_profile
from geodata import sizes
from geodata.adopt import write_map
from geodata.boundaries import BoundaryError, load_boundaries
from geodata.locate import Outlines

HEADER = "area_code,parent_code,level,name,short_name,name_en"
RING = [[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]


def outlines(folder, *properties):
    features = [
        {
            "type": "Feature",
            "properties": one,
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[east + place, north] for east, north in RING]],
            },
        }
        for place, one in enumerate(properties)
    ]
    file = folder / "areas.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    return file


def a_profile(folder):
    file = folder / "profile.toml"
    file.write_text(
        'name="B"\nname_en="B"\nplace="B"\nplace_en="B"\nlevel="county"\n'
        'area_code="900001000000"\n',
        "utf-8",
    )
    return load_profile(str(file))


def test_the_shipped_tree_of_zhanyi_has_its_townships_and_villages():
    levels = [row["level"] for row in shipped_areas(load_profile("zhanyi"))]
    assert levels.count("county") == 1
    assert levels.count("township") == 11
    assert levels.count("village") == 135


def test_a_place_without_shipped_names_is_its_county_alone(tmp_path):
    (county,) = shipped_areas(a_profile(tmp_path))
    assert (county["area_code"], county["name"]) == ("900001000000", "B")


@pytest.mark.parametrize("code", ["02", 2, 2.0, "900001002000"])
def test_an_outlines_number_becomes_the_townships_part_of_the_code(tmp_path, code):
    file = outlines(tmp_path, {"no": code, "name": "East"})
    rows, _ = outline_areas(a_profile(tmp_path), file, Properties("no", "name"))
    assert [(row["area_code"], row["parent_code"]) for row in rows] == [
        ("900001002000", "900001000000")
    ]


@pytest.mark.parametrize(
    ("properties", "told"),
    [
        ([{"name": "x"}], "no property 'no'; it has name"),
        ([{"no": "A1", "name": "x"}], "'A1' is no area code"),
        ([{"no": 1, "name": "x"}, {"no": "001", "name": "y"}], "two outlines have the code"),
        ([], "no polygons"),
    ],
)
def test_outlines_without_usable_codes_are_refused(tmp_path, properties, told):
    with pytest.raises(IntakeError, match=told):
        outline_areas(a_profile(tmp_path), outlines(tmp_path, *properties), Properties("no"))


@pytest.mark.parametrize("content", ["", "[1]", "{", '{"features": 3}', "null"])
def test_a_file_that_is_no_geojson_is_refused(tmp_path, content):
    file = tmp_path / "areas.geojson"
    file.write_text(content)
    with pytest.raises(IntakeError, match=r"areas\.geojson"):
        outline_areas(a_profile(tmp_path), file, Properties())


@pytest.mark.parametrize(
    ("features", "told"),
    [
        ([{}] * 20_001, "20,001 features, more than 20,000"),
        ([{"properties": {}, "geometry": {"type": []}}], "no polygons"),
    ],
)
def test_outlines_that_are_too_many_or_none_are_refused(tmp_path, features, told):
    file = tmp_path / "areas.geojson"
    file.write_text(json.dumps({"features": features}))
    with pytest.raises(IntakeError, match=told):
        outline_areas(a_profile(tmp_path), file, Properties())


def test_the_map_made_of_outlines_finds_points_in_them(tmp_path, monkeypatch):
    profile = a_profile(tmp_path)
    file = outlines(tmp_path, {"code": 1, "name": "West"}, {"code": 2, "name": "East"})
    rows, areas = outline_areas(profile, file, Properties())
    drawn = [
        (row["area_code"], row["name"], one.geometry) for row, one in zip(rows, areas, strict=True)
    ]
    with monkeypatch.context() as small, pytest.raises(BoundaryError, match="corners, more than 9"):
        small.setattr(sizes, "MAX_CORNERS", 9)
        write_map(tmp_path / "map.geojson", drawn)  # no map is left that stops the start
    assert not (tmp_path / "map.geojson").exists()
    write_map(tmp_path / "map.geojson", drawn)
    boundaries = load_boundaries("", tmp_path / "map.geojson")
    assert boundaries.codes == ("900001001000", "900001002000")
    assert {line["properties"]["kind"] for line in boundaries.lines["features"]} == {
        "inner", "outline",
    }  # fmt: skip
    found = Outlines(boundaries)
    assert found.code_at(0.5, 0.5) == "900001001000"
    assert found.code_at(1.5, 0.5) == "900001002000"


def table(folder, *lines):
    file = folder / "areas.csv"
    file.write_text("\n".join([HEADER, *lines, ""]), "utf-8-sig")
    return file


def test_a_table_of_areas_gets_short_names_where_it_gives_none(tmp_path):
    file = table(tmp_path, "530303103000,530303000000,township,白水白水白水镇,,Baishui")
    (row,) = table_areas(file)
    assert (row["short_name"], row["name_en"]) == ("白水白水白", "Baishui")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("5303,,township,x,,", "line 2: needs an area_code of 12 or 15 digits"),
        ("530303103000,,town,x,,", "line 2: level 'town' is none of"),
        ("530303103000,,township,,,", "line 2"),
    ],
)
def test_a_wrong_table_of_areas_is_refused_with_its_line(tmp_path, line, told):
    with pytest.raises(IntakeError, match=told):
        table_areas(table(tmp_path, line))


def test_writing_the_tree_twice_changes_only_names(blank):
    rows = shipped_areas(load_profile("zhanyi"))
    with writing(blank) as connection:
        assert write_areas(connection, rows) == 147
        renamed = [row | {"name": "新名"} for row in rows]
        assert write_areas(connection, renamed) == 0
    with reading(blank) as connection:
        assert set(connection.scalars(select(area.c.name))) == {"新名"}
        assert len(list(connection.scalars(select(area.c.area_code)))) == 147


def test_an_area_without_its_parent_is_refused(blank):
    row = {"area_code": "900001001000", "parent_code": "900001000000", "level": "township",
           "name": "x", "short_name": "x", "name_en": None}  # fmt: skip
    with writing(blank) as connection, pytest.raises(IntakeError, match="no parent area"):
        write_areas(connection, [row])
