"""A month's league is closed once; what is learned later is listed beside it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from dashboard.calendar import WorkCalendar
from dashboard.cases.record import record
from dashboard.centre import Centre
from dashboard.database import tables
from dashboard.database.engine import reading, writing
from dashboard.drilldown.sealed import SealError, read_sealed, seal_month
from dashboard.figures.choice import PeriodChoice, PeriodKind
from dashboard.league.kind import Kind
from dashboard.profile import load_profile
from dashboard.settings import DeadlineSetting, Settings
from dashboard.terms import Event
from tests import worlds

DAYS = (DeadlineSetting(level="general", amount=3, unit="day"),)
SETTINGS = Settings(profile="zhanyi", deadlines=DAYS)
CENTRE = Centre(
    settings=SETTINGS,
    profile=load_profile("zhanyi"),
    calendar=WorkCalendar.load(SETTINGS.zone),
)
MARCH = PeriodChoice.containing(PeriodKind.MONTH, date(2026, 3, 1))
APRIL = datetime(2026, 4, 1, 1, 0, tzinfo=UTC)
START, HOUR = worlds.ACCEPTED, timedelta(hours=1)


def seal(engine, now=APRIL):
    with writing(engine) as connection:
        return seal_month(connection, MARCH, CENTRE, now)


def sealed(engine, kind=Kind.DEPARTMENTS):
    with reading(engine) as connection:
        return read_sealed(
            connection, kind, MARCH.first, lambda: CENTRE.rules_of(connection)
        )  # fmt: skip


def line(league, code):
    return next(one.line for one in league.lines if one.line.code == code)


@pytest.fixture
def march(county):
    """Three cases closed on the day of acceptance, two left open beyond their deadline."""
    with writing(county) as connection:
        for _ in range(3):
            worlds.a_history(connection, *worlds.TO_THE_END)
        for _ in range(2):
            worlds.a_history(connection)
    return county


def test_a_month_is_closed_for_both_kinds_of_units_and_only_once(march):
    assert seal(march) == tuple(Kind)
    assert seal(march, APRIL + HOUR) == ()
    with reading(march) as connection:
        rows = connection.execute(select(tables.sealed_league)).all()
    assert {row.sealed_at for row in rows} == {APRIL}
    assert {row.as_of for row in rows} == {MARCH.span(CENTRE.zone).end - timedelta(seconds=1)}


def test_a_month_that_runs_cannot_be_closed(march):
    with pytest.raises(SealError, match="2026-03 is not over"):
        seal(march, START)


def test_a_month_that_was_not_closed_has_no_closed_table(march):
    assert sealed(march) is None


def test_a_closed_month_shows_what_was_known_when_it_was_closed(march):
    seal(march)
    found = sealed(march)
    assert line(found, "hrss").on_time == (3, 5)
    assert line(found, "hrss").flow.closing == 2
    assert found.total.on_time == (3, 5)
    assert (found.seal.sealed_at, found.seal.corrections) == (APRIL, ())
    assert found.total.times is not None
    assert found.total.states != ()


def test_what_happens_in_the_next_month_corrects_nothing(march):
    seal(march)
    with writing(march) as connection:
        late = worlds.a_happening(Event.REPORT_BACK, APRIL + HOUR)
        record(connection, late, case_id=4, rules=worlds.rules(), now=APRIL + HOUR)
    assert sealed(march).seal.corrections == ()


def test_a_closing_recorded_late_is_listed_with_its_case(march):
    seal(march)
    with writing(march) as connection:
        for n, event in enumerate((Event.REPORT_BACK, Event.FOLLOW_UP, Event.CLOSE)):
            told = worlds.a_happening(event, START + (5 + n) * HOUR)
            record(connection, told, case_id=4, rules=worlds.rules(), now=APRIL + HOUR)
        code = connection.execute(
            select(tables.cases.c.case_code).where(tables.cases.c.id == 4)
        ).scalar()
    found = sealed(march)
    assert line(found, "hrss").on_time == (3, 5)
    changed = {one.column: (one.sealed, one.now) for one in found.seal.corrections}
    assert changed == {"closed": (3, 4), "closing": (2, 1), "met": (3, 4)}
    assert {one.unit for one in found.seal.corrections} == {"hrss"}
    assert {one.cases for one in found.seal.corrections} == {(code,)}


def test_a_case_told_late_to_another_department_changes_both(march):
    seal(march)
    with writing(march) as connection:
        told = worlds.a_happening(Event.REASSIGN, START + 9 * HOUR, dept_id="water")
        record(connection, told, case_id=5, rules=worlds.rules(), now=APRIL + HOUR)
    found = {(one.unit, one.column): (one.sealed, one.now, len(one.cases))
             for one in sealed(march).seal.corrections}  # fmt: skip
    assert found["hrss", "closing"] == (2, 1, 1)
    assert found["hrss", "due"] == (5, 4, 1)
    assert found["water", "transferred_in"] == (0, 1, 1)
    assert found["water", "closing"] == (0, 1, 1)
    assert found["water", "due"] == (0, 1, 1)
