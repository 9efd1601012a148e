"""Sealing by itself: at its time, once whoever looks, after downtime, and past a fault."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import update

from dashboard.briefing.briefing import Cycle
from dashboard.briefing.cycle import issue_of
from dashboard.briefing.schedule import failed, seal_due
from dashboard.briefing.seal import BY_ITSELF, seal
from dashboard.briefing.sealed import list_sealed
from dashboard.database import tables
from dashboard.database.engine import reading, writing
from dashboard.terms import Event
from tests.dashboard.briefing.world import DAY, MORNING, a_centre, found, story, tell

CENTRE = a_centre(seal_at="08:10")
BEFORE = MORNING - timedelta(minutes=11)  # 08:09


@pytest.fixture
def lived(new_database):
    engine = new_database()
    found(engine)
    tell(engine, story(Event.REGISTER, Event.ACCEPT, start=MORNING - timedelta(hours=20)))
    return engine


def days_of(engine):
    with reading(engine) as connection:
        return sorted(one.day for one in list_sealed(connection) if one.cycle is Cycle.DAILY)


def test_it_is_sealed_at_its_time_and_not_before(lived):
    assert seal_due(lived, CENTRE, BEFORE) == ()
    (issue, *_) = seal_due(lived, CENTRE, MORNING)
    assert (issue.day, issue.cycle) == (DAY, Cycle.DAILY)
    with reading(lived) as connection:
        assert {one.sealed_by for one in list_sealed(connection)} == {BY_ITSELF}
    assert seal_due(lived, CENTRE, MORNING + timedelta(minutes=1)) == ()


def test_by_hand_alone_where_no_time_is_set(lived):
    assert seal_due(lived, a_centre(), MORNING) == ()
    assert days_of(lived) == []


def test_what_was_missed_is_caught_up_day_by_day(lived):
    seal_due(lived, CENTRE, MORNING)
    later = MORNING + timedelta(days=3)
    assert len([one for one in seal_due(lived, CENTRE, later) if one.cycle is Cycle.DAILY]) == 3
    assert days_of(lived) == [DAY + timedelta(days=n) for n in range(4)]


def test_a_centre_that_never_sealed_begins_today(lived):
    seal_due(lived, CENTRE, MORNING + timedelta(days=200))
    assert days_of(lived) == [DAY + timedelta(days=200)]


def test_of_many_who_look_at_once_one_seals(lived):
    with ThreadPoolExecutor(4) as pool:
        found_ = list(pool.map(lambda _: seal_due(lived, CENTRE, MORNING), range(4)))
    sealed = [issue for issues in found_ for issue in issues if issue.cycle is Cycle.DAILY]
    assert len(sealed) == 1
    assert days_of(lived) == [DAY]


def test_a_fault_is_kept_by_its_kind_and_tried_again(lived):
    issue = issue_of(CENTRE, Cycle.DAILY, DAY)
    set_channel(lived, "nobody's")
    for tries in (1, 2):
        assert seal_due(lived, CENTRE, MORNING) == ()
        with reading(lived) as connection:
            assert failed(connection, issue) == (tries, MORNING, "ValueError")
    set_channel(lived, "window")
    assert issue in seal_due(lived, CENTRE, MORNING)
    with reading(lived) as connection:
        assert failed(connection, issue) is None


def test_one_that_failed_is_made_up_for_after_a_later_one_went_well(lived):
    seal_due(lived, CENTRE, MORNING)
    missed = MORNING + timedelta(days=1)
    tell(lived, story(Event.REGISTER, Event.ACCEPT, start=missed - timedelta(hours=20)))
    set_channel(lived, "nobody's")
    assert seal_due(lived, CENTRE, missed) == ()
    set_channel(lived, "window")
    by_hand = issue_of(CENTRE, Cycle.DAILY, DAY + timedelta(days=2))
    with writing(lived) as connection:
        seal(connection, CENTRE, by_hand, missed + timedelta(days=1), "duty")
    seal_due(lived, CENTRE, missed + timedelta(days=1))
    assert days_of(lived) == [DAY, DAY + timedelta(days=1), DAY + timedelta(days=2)]


def set_channel(engine, channel):
    with writing(engine) as connection:
        connection.execute(update(tables.cases).values(source_channel=channel))
