"""The demo county's facts: how many places and items there are, and what they are called."""

import re
from collections import Counter

from dashboard.demo.county import TOWN_WEIGHTS, County
from dashboard.demo.responsibility import responsibility_items

HAN = re.compile(r"[一-鿿]")


def test_the_county_has_11_townships_and_135_villages(demo_county: County):
    assert len(demo_county.townships) == 11
    assert sum(len(villages) for villages in demo_county.villages.values()) == 135
    assert set(demo_county.villages) == {town.area_code for town in demo_county.townships}
    assert set(TOWN_WEIGHTS) == set(demo_county.villages)


def test_every_area_and_department_has_an_english_name_without_han(demo_county: County):
    names = [area.name_en for area in demo_county.areas]
    names += [dept.name_en for dept in demo_county.departments]
    assert all(name and not HAN.search(name) for name in names)


def test_short_names_fit_the_wall(demo_county: County):
    shorts = [area.short_name for area in demo_county.areas]
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
