import json
from math import cos, hypot, radians
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import transform
from shapely.geometry import shape

from geodata import datum

DATA = Path(__file__).parents[3] / "shared" / "data" / "boundaries"
LONS = st.floats(min_value=75, max_value=135)
LATS = st.floats(min_value=5, max_value=53)


def metres(one, other):
    (lon, lat), (lon2, lat2) = one, other
    return 111_320 * hypot((lon - lon2) * cos(radians(lat)), lat - lat2)


@settings(max_examples=50, deadline=None)
@given(LONS, LATS)
def test_a_place_comes_back_within_a_metre(lon, lat):
    assert metres(datum.gcj02_to_wgs84(*datum.wgs84_to_gcj02(lon, lat)), (lon, lat)) < 1
    assert metres(datum.bd09_to_gcj02(*datum.gcj02_to_bd09(lon, lat)), (lon, lat)) < 1
    assert metres(datum.bd09_to_wgs84(*datum.wgs84_to_bd09(lon, lat)), (lon, lat)) < 1


@settings(max_examples=50, deadline=None)
@given(LONS, LATS)
def test_the_shift_is_some_hundred_metres_within_china(lon, lat):
    assert 20 < metres(datum.wgs84_to_gcj02(lon, lat), (lon, lat)) < 1000


def test_outside_china_nothing_is_shifted():
    assert datum.wgs84_to_gcj02(-71.06, 42.36) == (-71.06, 42.36)
    assert datum.gcj02_to_wgs84(-71.06, 42.36) == (-71.06, 42.36)


def test_the_outline_of_zhanyi_in_gcj02_fits_the_surveyed_one_better_once_converted():
    raw_file = DATA / "530303_amap_gcj02_raw.geojson"
    if not raw_file.exists():
        pytest.skip(f"needs the shared data: {raw_file}")
    raw = shape(json.loads(raw_file.read_text("utf-8")))
    counties = json.loads((DATA / "counties_tianditu_epsg4490.geojson").read_text("utf-8"))
    surveyed = next(
        shape(feature["geometry"])
        for feature in counties["features"]
        if feature["properties"]["adcode"] == "530303"
    )
    converted = transform(raw, _converted)
    assert converted.symmetric_difference(surveyed).area < raw.symmetric_difference(surveyed).area


def _converted(places):
    return [datum.gcj02_to_wgs84(lon, lat) for lon, lat in places.tolist()]
