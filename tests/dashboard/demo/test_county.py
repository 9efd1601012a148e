"""The demo county's facts: how many places and items there are, and what they are called."""

import re
from collections import Counter

from dashboard.cases.area import level_of, village_of
from dashboard.demo.county import TOWN_WEIGHTS, County
from dashboard.demo.grids import Grids
from dashboard.demo.responsibility import responsibility_items
from dashboard.terms import AreaLevel

HAN = re.compile(r"[一-鿿]")


def test_the_county_has_11_townships_and_135_villages(demo_county: County):
    assert len(demo_county.townships) == 11
    assert sum(len(villages) for villages in demo_county.villages.values()) == 135
    assert set(demo_county.villages) == {town.area_code for town in demo_county.townships}
    assert set(TOWN_WEIGHTS) == set(demo_county.villages)


def test_every_village_has_a_few_grids_with_codes_of_fifteen_digits(
    demo_county: County, demo_grids: Grids
):
    villages = [one.area_code for group in demo_county.villages.values() for one in group]
    assert [grid.parent_code for grid in demo_grids.areas] == [
        code for code in villages for _ in demo_grids.of(code)
    ]
    assert all(3 <= len(demo_grids.of(code)) <= 9 for code in villages)
    codes = [grid.area_code for grid in demo_grids.areas]
    assert sorted(set(codes)) == codes
    for grid in demo_grids.areas:
        assert re.fullmatch(r"\d{15}", grid.area_code)
        assert level_of(grid.area_code) is AreaLevel.GRID
        assert village_of(grid.area_code) == grid.parent_code


def test_a_village_has_the_people_of_its_grids(demo_county: County, demo_grids: Grids):
    people = demo_grids.people
    for group in demo_county.villages.values():
        for village in group:
            parts = [people[grid.area_code] for grid in demo_grids.of(village.area_code)]
            assert sum(parts) == people[village.area_code]
            assert min(parts) > 100


def test_every_area_and_department_has_an_english_name_without_han(
    demo_county: County, demo_grids: Grids
):
    names = [area.name_en for area in (*demo_county.areas, *demo_grids.areas)]
    names += [dept.name_en for dept in demo_county.departments]
    assert all(name and not HAN.search(name) for name in names)


def test_short_names_fit_the_wall(demo_county: County, demo_grids: Grids):
    shorts = [area.short_name for area in (*demo_county.areas, *demo_grids.areas)]
    shorts += [dept.short_name for dept in demo_county.departments]
    assert max(map(len, shorts)) <= 5


def test_there_are_456_responsibility_items_in_three_fields_marked_as_invented(
    demo_county: County,
):
    items = responsibility_items(demo_county)
    assert len(items) == 456
    assert Counter(item["field"] for item in items).keys() == {
        "dispute",
        "hazard",
        "special_group_service",
    }
    assert len({item["title"] for item in items}) == 456
    assert all(str(item["item_no"]).startswith("演示-") for item in items)
    assert not any(HAN.search(str(item["title_en"])) for item in items)


def test_everything_names_a_department_that_exists(demo_county: County):
    known = {dept.dept_id for dept in demo_county.departments}
    named = {matter.dept for group in demo_county.matters.values() for matter in group}
    named |= {danger.dept for group in demo_county.dangers.values() for danger in group}
    named |= {str(item["lead_dept_id"]) for item in responsibility_items(demo_county)}
    assert named <= known
