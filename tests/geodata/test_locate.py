import subprocess
import sys

from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.boundaries import Boundaries, load_boundaries
from geodata.locate import Outlines


def square(code, west, south, size=1.0):
    east, north = west + size, south + size
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {
        "type": "Feature",
        "properties": {"code": code, "name": code},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def outlines(*features):
    areas = {"type": "FeatureCollection", "features": list(features)}
    empty = {"type": "FeatureCollection", "features": []}
    return Outlines(Boundaries(areas=areas, lines=empty, box=(0, 0, 2, 1), schematic=False))


def test_a_point_is_found_in_the_area_around_it():
    found = outlines(square("1", 0, 0), square("2", 1, 0))
    assert found.code_at(0.5, 0.5) == "1"
    assert found.code_at(1.5, 0.5) == "2"
    assert found.code_at(3.0, 0.5) is None
    assert found.box == (0, 0, 2, 1)


def test_a_point_on_a_shared_border_belongs_to_the_lowest_code():
    assert outlines(square("2", 0, 0), square("1", 1, 0)).code_at(1.0, 0.5) == "1"


def test_an_outline_that_crosses_itself_is_mended():
    bow = square("1", 0, 0)
    bow["geometry"]["coordinates"] = [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]
    assert outlines(bow).code_at(0.9, 0.5) == "1"


@settings(max_examples=30, deadline=None)
@given(st.floats(0.01, 3.99), st.floats(0.01, 3.99))
def test_every_point_is_in_the_square_it_was_drawn_in(lon, lat):
    squares = [square(f"{x}{y}", x, y) for x in range(4) for y in range(4)]
    code = outlines(*squares).code_at(lon, lat)
    west, south = int(code[0]), int(code[1])
    assert west <= lon <= west + 1
    assert south <= lat <= south + 1


def test_the_shipped_map_of_zhanyi_can_be_searched():
    shipped = Outlines(load_boundaries("530303000000"))
    assert shipped.code_at(103.816392, 25.607751) == "530303001000"


def test_importing_the_module_does_not_load_shapely():
    script = "import sys; sys.modules['shapely'] = None; import geodata.locate, geodata.adopt"
    subprocess.run([sys.executable, "-c", script], check=True)
