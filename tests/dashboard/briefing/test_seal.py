"""Sealed briefings: numbered, unchanged, made anew with equal figures, corrected beside."""

from dataclasses import replace
from datetime import timedelta

import orjson
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from sqlalchemy import update
from sqlalchemy.exc import DBAPIError

from dashboard.briefing.archive import Which
from dashboard.briefing.compose import compose
from dashboard.briefing.corrections import corrections
from dashboard.briefing.cycle import issue_of
from dashboard.briefing.encode import FORMAT, BodyError, body_of, briefing_from, digest
from dashboard.briefing.issue import Cycle
from dashboard.briefing.read_archive import list_sealed, read_archive
from dashboard.briefing.seal import SealError, regenerate, seal
from dashboard.briefing.sealed import find_sealed, read_sealed
from dashboard.database.briefing_tables import sealed_briefing
from dashboard.database.engine import reading, writing
from dashboard.drilldown.listing import Page
from dashboard.figures.period import SECOND
from dashboard.terms import Event, Risk
from tests import worlds
from tests.briefings import a_briefing
from tests.dashboard.briefing.world import (
    CENTRE,
    DAY,
    HOUR,
    MORNING,
    RULES,
    found,
    story,
    tell,
)
from tests.dashboard.cases.strategies import stocks
from tests.dashboard.snapshots.test_fortnight import live

SLOW = settings(
    max_examples=3,
    phases=[Phase.reuse, Phase.generate],
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def lived(new_database):
    engine = new_database()
    found(engine)
    return engine


def sealed_at(engine, now=MORNING, cycle=Cycle.DAILY, by="duty"):
    issue = issue_of(CENTRE, cycle, now.astimezone(CENTRE.zone).date())
    with writing(engine) as connection:
        return seal(connection, CENTRE, issue, now, by)


@given(told=stocks(RULES, max_size=4))
@SLOW
def test_a_months_sealed_briefings_are_made_anew_with_equal_figures(new_database, told):
    engine = new_database()
    kept = []
    live(engine, told, lambda at: kept.append(sealed_at(engine, at + SECOND)))
    for one in kept:
        with reading(engine) as connection:
            assert body_of(regenerate(connection, CENTRE, one)) == body_of(one.briefing)
            opened = read_sealed(connection, one.seal.cycle, one.seal.day)
        assert opened == one
        assert opened.intact


@given(told=stocks(RULES, max_size=4))
@SLOW
def test_corrections_are_what_the_figures_would_be_now(new_database, told):
    engine = new_database()
    kept = []
    live(engine, told, lambda at: kept.append(sealed_at(engine, at + SECOND)))
    now = kept[-1].seal.sealed_at + timedelta(days=400)
    for one in kept[::5]:
        with reading(engine) as connection:
            told_later = corrections(connection, CENTRE, one, now)
            anew = compose(connection, CENTRE, one.briefing.issue, now)
        changed = {(each.place, each.name): each for each in told_later.figures}
        for name in ("accepted", "closed", "in_hand", "overdue"):
            before = getattr(one.briefing.overall, name).value
            after = getattr(anew.overall, name).value
            each = changed.get(("overall", name))
            assert (each is not None) == (before != after)
            if each is not None:
                assert (each.sealed, each.now) == (before, after)
                assert len(each.cases) >= abs(before - after)


def test_a_late_report_is_a_correction_and_changes_nothing_sealed(lived):
    one = sealed_at(lived)
    start = MORNING - 10 * HOUR
    tell(lived, story(Event.ACCEPT, start=start), late=timedelta(days=2))
    with reading(lived) as connection:
        assert read_sealed(connection, Cycle.DAILY, DAY) == one
        assert body_of(regenerate(connection, CENTRE, one)) == body_of(one.briefing)
        found_ = corrections(connection, CENTRE, one, MORNING + timedelta(days=3))
    accepted = next(each for each in found_.figures if (each.place, each.name)
                    == ("overall", "accepted"))  # fmt: skip
    assert (accepted.sealed, accepted.now, len(accepted.cases)) == (0, 1, 1)
    assert "accepted" in found_.cases[accepted.cases[0]]


def test_a_high_risk_learned_later_is_a_correction_where_the_paper_told_of_risks(lived):
    one = sealed_at(lived)
    told = story(Event.ACCEPT, start=MORNING - 10 * HOUR, risk_level=Risk.HIGH)
    tell(lived, told, late=timedelta(days=2))
    older = replace(one, briefing=replace(one.briefing, key_moves=None))
    with reading(lived) as connection:
        risks = [
            [each for each in corrections(connection, CENTRE, paper, MORNING + timedelta(days=3))
             .figures if each.place == "risk"]
            for paper in (one, older)
        ]  # fmt: skip
    assert [[(each.sealed, each.now) for each in found] for found in risks] == [[(0, 1)], []]


def test_nothing_learned_later_is_no_correction(lived):
    one = sealed_at(lived)
    tell(lived, story(Event.ACCEPT, start=MORNING))
    with reading(lived) as connection:
        assert corrections(connection, CENTRE, one, MORNING + HOUR).figures == ()


def test_issues_are_numbered_by_cycle_and_year_and_sealed_once(lived):
    first, second = sealed_at(lived), sealed_at(lived, MORNING + timedelta(days=1))
    weekly = sealed_at(lived, cycle=Cycle.WEEKLY)
    assert [one.seal.number for one in (first, second, weekly)] == [1, 2, 1]
    assert second.briefing.issue.number == 2
    with pytest.raises(SealError, match="sealed"):
        sealed_at(lived)
    with reading(lived) as connection:
        assert find_sealed(connection, Cycle.DAILY, 2026, 2) == second
        assert len(list_sealed(connection)) == 3


def test_the_archive_is_filtered_paged_and_held_to_its_seals(lived):
    for days in range(3):
        sealed_at(lived, MORNING + timedelta(days=days))
    sealed_at(lived, cycle=Cycle.WEEKLY)
    with writing(lived) as connection:
        second = sealed_briefing.c.day == DAY + timedelta(days=1)
        connection.execute(
            update(sealed_briefing).where(second).values(body=sealed_briefing.c.body + " ")
        )
    daily = Which(cycle=Cycle.DAILY, year=2026)
    with reading(lived) as connection:
        found = read_archive(connection, CENTRE, daily, Page(offset=1, limit=5))
        every = read_archive(connection, CENTRE, Which(), Page())
        then = read_archive(connection, CENTRE, Which(by=MORNING), Page())
        none = read_archive(connection, CENTRE, Which(year=2025), Page())
    assert [(one.seal.number, one.intact) for one in found.rows] == [(2, False), (1, True)]
    assert (found.total, found.cycles, found.years) == (3, (Cycle.DAILY, Cycle.WEEKLY), (2026,))
    assert (then.total, every.total, len(every.rows)) == (2, 4, 4)
    assert (none.rows, none.total, none.years) == ((), 0, (2026,))


def test_an_issue_whose_span_runs_is_not_sealed(lived):
    with pytest.raises(SealError, match="running"):
        sealed_at(lived, MORNING - HOUR)


def test_two_numbers_alike_are_refused_by_the_table(lived):
    sealed_at(lived)
    sealed_at(lived, MORNING + timedelta(days=1))
    with pytest.raises(DBAPIError), writing(lived) as connection:
        connection.execute(
            update(sealed_briefing)
            .where(sealed_briefing.c.day == DAY + timedelta(days=1))
            .values(number=1)
        )


def test_a_body_tells_that_somebody_changed_it(lived):
    one = sealed_at(lived)
    body = body_of(replace(one.briefing, event_id=77))
    assert digest(body) != one.seal.sha256


def test_bodies_of_other_versions_open():
    newer = {"known_at": None, "lists": None, "inspections": None, "key_moves": None, "calls": None}
    briefing = replace(a_briefing(), since=(), quiet=(), **newer)
    values = orjson.loads(body_of(briefing))
    for gone in ("since", "quiet", *newer):
        del values[gone]
    values["of_a_later_version"] = {"unknown": 1}
    assert briefing_from(orjson.dumps(values).decode()) == briefing
    assert briefing_from(body_of(briefing)) == briefing
    with pytest.raises(BodyError, match="newer"):
        briefing_from(body_of(briefing), FORMAT + 1)
    with pytest.raises(BodyError):
        briefing_from("{}")


def test_the_seal_knows_the_last_second_that_is_over(lived):
    assert sealed_at(lived).seal.as_of == MORNING - SECOND
    assert worlds.ACCEPTED < MORNING
