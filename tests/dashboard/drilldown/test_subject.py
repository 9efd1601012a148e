"""Whom a page is about, whatever else its address says."""

import pytest

from dashboard.database.engine import reading
from dashboard.drilldown.subject import area_subject
from tests.worlds import COUNTY, XIPING


@pytest.mark.parametrize("code, area", [(COUNTY, None), (XIPING, XIPING)])
def test_a_page_replaces_the_area_its_address_filters_by(county, code, area):
    with reading(county) as connection:
        subject = area_subject(connection, code)
    assert subject is not None
    assert subject.own == {"area": area}


def test_an_area_nobody_knows_is_nobodys_page(county):
    with reading(county) as connection:
        assert area_subject(connection, "999999999999") is None
