"""Sealing by itself: at its time, once whoever looks, after downtime, and past a fault."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import exc, update

from dashboard.briefing.cycle import issue_of
from dashboard.briefing.hindrance import HINDRANCES
from dashboard.briefing.issue import Cycle
from dashboard.briefing.issued import BY_ITSELF
from dashboard.briefing.read_archive import list_sealed
from dashboard.briefing.schedule import seal_due
from dashboard.briefing.seal import seal
from dashboard.briefing.unsealed import TOLD_AFTER, read_unsealed
from dashboard.database import faults, tables
from dashboard.database.engine import reading, writing
from dashboard.snapshots.board import Hindrance
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


def late_of(engine, now, centre=CENTRE):
    with reading(engine) as connection:
        return read_unsealed(connection, centre, now)


def seals(connection):
    return [one.seal for one in list_sealed(connection)]


def days_of(engine):
    with reading(engine) as connection:
        return sorted(one.day for one in seals(connection) if one.cycle is Cycle.DAILY)


def test_it_is_sealed_at_its_time_and_not_before(lived):
    assert seal_due(lived, CENTRE, BEFORE) == ()
    (issue, *_) = seal_due(lived, CENTRE, MORNING)
    assert (issue.day, issue.cycle) == (DAY, Cycle.DAILY)
    with reading(lived) as connection:
        assert {one.sealed_by for one in seals(connection)} == {BY_ITSELF}
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
        (late, *_) = late_of(lived, MORNING)
        assert (late.cycle, late.day) == ("daily", DAY)
        assert (late.tries, late.tried_at, late.kind) == (tries, MORNING, "ValueError")
        assert late.why is Hindrance.FAULT
        assert late.due_at == MORNING - timedelta(minutes=10)  # 08:10
    set_channel(lived, "window")
    assert issue in seal_due(lived, CENTRE, MORNING)
    assert late_of(lived, MORNING) == ()


def test_a_fault_of_what_somebody_sealed_meanwhile_is_not_told(lived):
    set_channel(lived, "nobody's")
    seal_due(lived, CENTRE, MORNING)
    set_channel(lived, "window")
    told = late_of(lived, MORNING)
    with writing(lived) as connection:
        seal(connection, CENTRE, issue_of(CENTRE, Cycle.DAILY, DAY), MORNING, "duty")
    left = late_of(lived, MORNING)
    assert {one.cycle for one in told} - {one.cycle for one in left} == {"daily"}


def test_what_is_late_for_no_known_reason_is_told_after_a_while(lived):
    due = MORNING - timedelta(minutes=10)
    assert late_of(lived, due + TOLD_AFTER - timedelta(seconds=1)) == ()
    (late, *_) = late_of(lived, due + TOLD_AFTER)
    assert (late.tries, late.tried_at, late.why) == (0, None, Hindrance.UNKNOWN)
    assert late_of(lived, MORNING, a_centre()) == ()  # by hand


def test_nothing_is_late_before_its_span_is_over(lived):
    early = a_centre(seal_at="07:30")
    seal_due(lived, early, BEFORE - timedelta(minutes=20))  # 07:49, of a day until 08:00
    assert late_of(lived, BEFORE - timedelta(minutes=10), early) == ()
    assert DAY in {one.day for one in seal_due(lived, early, BEFORE)}


def test_hindrances_are_told_by_names_of_errors_there_are():
    named = [name for name in HINDRANCES if name]
    assert [name for name in named if not hasattr(faults, name) and not hasattr(exc, name)] == []


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
