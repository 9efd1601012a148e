from collections import Counter

import pytest

from dashboard.profile import PROFILES, load_profile
from geodata.boundaries import load_boundaries
from geodata.names import SHORT_HAN, rows_for, short_village


def test_zhanyi_has_eleven_townships_and_135_villages():
    rows = rows_for("530303000000")
    assert Counter(row.level for row in rows) == {"county": 1, "township": 11, "village": 135}


@pytest.mark.parametrize("name", PROFILES)
def test_parents_come_before_children_and_every_code_once(name):
    rows = rows_for(load_profile(name).area_code)
    seen: set[str] = set()
    for row in rows:
        assert (row.parent_code is None) if not seen else (row.parent_code in seen)
        assert row.area_code not in seen
        assert len(row.area_code) == 12
        seen.add(row.area_code)
    assert [row.sort_order for row in rows] == list(range(len(rows)))


@pytest.mark.parametrize("name", PROFILES)
def test_every_short_name_fits_the_wall(name):
    rows = rows_for(load_profile(name).area_code)
    assert [row.name for row in rows if not 0 < len(row.short_name) <= SHORT_HAN] == []


@pytest.mark.parametrize("name", PROFILES)
def test_every_polygon_belongs_to_a_named_area(name):
    code = load_profile(name).area_code
    assert set(load_boundaries(code).codes) <= {row.area_code for row in rows_for(code)}


def test_the_townships_of_zhanyi_have_english_names_and_seats():
    townships = [row for row in rows_for("530303000000") if row.level == "township"]
    assert [row.name_en for row in townships][:3] == ["Xiping", "Longhua", "Jinlong"]
    assert all(row.lon and row.lat for row in townships)


def test_an_unknown_place_is_told_what_is_known():
    with pytest.raises(LookupError, match=r"known: .*530303000000"):
        rows_for("110101000000")


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("文昌社区居民委员会", "文昌社区"),
        ("勺达村民委员会", "勺达村"),
        ("新村村民委员会", "新村"),
        ("横山村村民委员会", "横山村"),
        ("红旗村委会", "红旗村"),
        ("谦泰吉社区居民委员会", "谦泰吉社区"),
        ("江汉北路社区", "江汉北路"),
        ("卢湾村委会（长阳社区）", "卢湾村"),
        ("洪淌生产大队", "洪淌"),
    ],
)
def test_villages_are_shortened(name, short):
    assert short_village(name) == short
