from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.intake.faults import Rejection
from dashboard.intake.instants import Instants

NEW_YORK = ZoneInfo("America/New_York")


def read(text, *formats, zone=NEW_YORK):
    return Instants(formats or ("iso",), zone).read(text, "opened")


def test_a_local_time_becomes_its_utc_instant():
    assert read("2011-07-01 01:32:33") == datetime(2011, 7, 1, 5, 32, 33, tzinfo=UTC)
    assert read("01/07/2011 1:32", "%d/%m/%Y %H:%M") == datetime(2011, 7, 1, 5, 32, tzinfo=UTC)
    assert read(datetime.fromisoformat("2011-07-01 01:32")) == datetime(
        2011, 7, 1, 5, 32, tzinfo=UTC
    )


def test_an_instant_with_its_own_offset_ignores_the_zone():
    assert read("2011-07-01T01:32:33+08:00") == datetime(2011, 6, 30, 17, 32, 33, tzinfo=UTC)
    assert read("1517065554", "epoch_s") == datetime(2018, 1, 27, 15, 5, 54, tzinfo=UTC)
    assert read("1517065554000", "epoch_ms") == datetime(2018, 1, 27, 15, 5, 54, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["2011-02-30", "32/01/2011", "", "tomorrow", "2011-13-01", "99999999999999999999"]
)
def test_an_impossible_date_is_refused(text):
    for form in ("iso", "%d/%m/%Y", "epoch_s"):
        with pytest.raises(Rejection, match="declared format"):
            read(text, form)


def test_day_and_month_are_read_only_as_declared():
    assert read("03/04/2011", "%d/%m/%Y").month == 4
    assert read("03/04/2011", "%m/%d/%Y").month == 3
    with pytest.raises(Rejection, match="declared format"):
        read("31/12/2011", "%m/%d/%Y")


def test_a_date_that_fits_two_declared_formats_differently_is_ambiguous():
    both = ("%d/%m/%Y", "%m/%d/%Y")
    with pytest.raises(Rejection, match="two different dates"):
        read("03/04/2011", *both)
    assert read("04/04/2011", *both).day == 4
    assert read("31/12/2011", *both).month == 12


def test_a_time_that_the_clocks_skipped_is_refused():
    with pytest.raises(Rejection, match="does not exist in America/New_York"):
        read("2011-03-13 02:30:00")


def test_a_time_that_comes_twice_is_its_first_occurrence():
    assert read("2011-11-06 01:30:00") == datetime(2011, 11, 6, 5, 30, tzinfo=UTC)


@settings(max_examples=50, deadline=None)
@given(st.datetimes(*map(datetime.fromisoformat, ("1990-01-01", "2037-01-01"))))
def test_what_is_read_is_that_local_time(local):
    try:
        instant = read(local.isoformat())
    except Rejection:
        return
    assert instant.astimezone(NEW_YORK).replace(tzinfo=None, fold=0) == local
