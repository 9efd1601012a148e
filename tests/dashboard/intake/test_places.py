import pytest

from dashboard.intake.faults import Rejection
from dashboard.intake.mapping import Areas, Location
from dashboard.intake.places import KnownArea, Places, Points
from dashboard.terms import AreaLevel
from geodata import datum

TOWN, OTHER, VILLAGE = "530303103000", "530303001000", "530303103001"
KNOWN = (
    KnownArea(VILLAGE, AreaLevel.VILLAGE, ("白水村", "同名村", "白水镇")),
    KnownArea("530303001001", AreaLevel.VILLAGE, ("同名村",)),
    KnownArea(TOWN, AreaLevel.TOWNSHIP, ("白水镇", "Baishui")),
    KnownArea(OTHER, AreaLevel.TOWNSHIP, ("西平街道",)),
)
BOX = (103.0, 25.0, 105.0, 26.5)


def points(*, outside="drop", box=BOX, **others):
    return Points(Location(lon="x", lat="y", outside=outside, **others), box)


def places(by="name", *, unknown="unclassified", with_points=None, code_at=None):
    column = None if by == "point" else "area"
    areas = Areas(by=by, column=column, unknown=unknown)
    return Places(areas, KNOWN, with_points, code_at)


def test_a_name_is_found_in_any_spelling_and_a_township_wins_over_its_village():
    assert places().find("白水镇", "", "").area_code == TOWN
    assert places().find("BAISHUI", "", "").area_code == TOWN
    assert places().find("白水村", "", "").area_code == VILLAGE


def test_a_name_that_two_villages_share_names_neither():
    assert places().find("同名村", "", "").area_code is None


def test_a_code_may_leave_its_zeros_out():
    by_code = places("code")
    assert by_code.find("530303103", "", "").area_code == TOWN
    assert by_code.find(VILLAGE, "", "").area_code == VILLAGE
    assert by_code.find("530303999", "", "").area_code is None


@pytest.mark.parametrize("word", ["无此镇", None])
def test_an_unknown_area_is_kept_or_quarantined_as_the_mapping_says(word):
    assert places().find(word, "", "").area_code is None
    with pytest.raises(Rejection, match="area"):
        places(unknown="quarantine").find(word, "", "")


def test_by_point_the_outlines_decide():
    found = places("point", with_points=points(), code_at=lambda lon, lat: TOWN)
    assert found.find(None, "103.9", "25.7") == (TOWN, 103.9, 25.7, None)
    assert found.find(None, "", "").area_code is None


@pytest.mark.parametrize(
    ("lon", "lat", "note"),
    [
        ("0", "0.0", "point_zero"),
        ("25.7", "103.9", "point_swapped"),
        ("110.0", "30.0", "point_outside"),
        ("N/A", "25.7", "point_not_a_number"),
        ("nan", "25.7", "point_outside"),
        ("103.9", "", "point_not_a_number"),
    ],
)
def test_an_unusable_point_is_dropped_with_a_note_or_quarantined(lon, lat, note):
    assert points().read(lon, lat) == note
    if note == "point_zero":
        assert points(outside="quarantine").read(lon, lat) == note
    else:
        with pytest.raises(Rejection):
            points(outside="quarantine").read(lon, lat)


def test_a_point_that_stands_for_nowhere_is_dropped():
    assert points(blank=((103.8, 25.6),)).read("103.8", "25.6") == "point_blank"


def test_coordinates_in_another_datum_are_stored_in_wgs84():
    raw = datum.wgs84_to_gcj02(103.9, 25.7)
    lon, lat = points(datum="gcj02").read(*map(str, raw))
    assert (lon, lat) == pytest.approx((103.9, 25.7), abs=1e-6)


def test_without_any_box_only_the_globe_bounds_a_point():
    assert points(box=None).read("151.2", "-33.8") == (151.2, -33.8)
    assert points(box=None).read("-33.8", "151.2") == "point_swapped"
