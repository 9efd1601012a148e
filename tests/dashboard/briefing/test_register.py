"""The register in the database, as of any moment and within a scope."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from dashboard.briefing.decision import EntryError, EntryKind, Owner, matter_of
from dashboard.briefing.morning import Progress
from dashboard.briefing.register import (
    follow,
    read_decided,
    read_decision,
    read_register,
    take,
)
from dashboard.database.decision_tables import decision_entry
from dashboard.database.engine import reading, writing
from dashboard.figures.scope import EVERYTHING, Scope
from tests.briefings import rich
from tests.dashboard.briefing.test_decision import DUE, TAKEN, a_decision, an_entry
from tests.worlds import a_case

TOWN, OTHER = "530303101000", "530303102000"


@pytest.fixture
def register(county):
    """Three decisions: of a department, of a township, and one long done."""
    with writing(county) as connection:
        take(connection, a_decision(matter="2026-03-18 own/1"), by="recorder")
        owner = Owner(area=TOWN)
        take(connection, a_decision(owner=owner), by="recorder")
        early = TAKEN - timedelta(days=40)
        old = a_decision(taken_on=date(2026, 2, 4), recorded_at=early)
        number = take(connection, old, by="recorder")
        done = replace(an_entry(EntryKind.DONE, text="已清"), at=early + timedelta(hours=3))
        follow(connection, number, done, EVERYTHING)
    return county


def ids(engine, *arguments, **more):
    with reading(engine) as connection:
        return [one.id for one in read_register(connection, *arguments, **more)]


def test_what_is_taken_is_read_back(register):
    with reading(register) as connection:
        found = read_decision(connection, 1, EVERYTHING)
    assert found == a_decision(id=1, matter="2026-03-18 own/1")


def test_a_matter_has_its_own_decision_else_the_open_one_about_its_case(register):
    told = rich()
    own, other = [one for one in told.matters if one.case is not None][:2]
    day, code = told.issue.day, other.case.code
    with writing(register) as connection:
        first = take(connection, a_decision(case_code=code), by="recorder")
        answer = a_decision(matter=matter_of(day, own.key), cycle=told.issue.cycle)
        mine = take(connection, answer, by="recorder")
        found = read_decided(connection, told, None)
        assert {key: one.id for key, one in found.items()} == {own.key: mine, other.key: first}
        assert read_decided(connection, told, TAKEN - timedelta(hours=1)) == {}
        for number in (first, mine):
            follow(connection, number, an_entry(EntryKind.DONE, text="已清"), EVERYTHING)
        assert list(read_decided(connection, told, None)) == [own.key]


def test_only_open_ones_and_those_of_the_span_are_listed(register):
    assert ids(register, as_of=TAKEN) == [1, 2, 3]
    assert ids(register, as_of=TAKEN, since=date(2026, 3, 1)) == [1, 2]
    assert ids(register, as_of=TAKEN - timedelta(days=40), since=date(2026, 3, 1)) == [3]


def test_the_past_has_none_of_what_came_later(register):
    with writing(register) as connection:
        follow(connection, 1, an_entry(EntryKind.DONE, 5, text="已付清"), EVERYTHING)
    with reading(register) as connection:
        before = read_register(connection, as_of=TAKEN + timedelta(hours=4))
        after = read_register(connection, as_of=TAKEN + timedelta(hours=5))
    assert [one.progress for one in before] == [Progress.OPEN, Progress.OPEN, Progress.DONE]
    assert [one.progress for one in after] == [Progress.DONE, Progress.OPEN, Progress.DONE]


def test_a_case_is_called_in_english_to_those_who_see_it(register):
    """Also an owner does not learn what a case of others is called."""
    with writing(register) as connection:
        a_case(connection, case_code="530303-20260310-D00009-0", title_en="Unpaid wages")
        about = a_decision(case_code="530303-20260310-D00009-0")
        numbers = [
            take(connection, replace(about, owner=owner), by="recorder")
            for owner in (Owner(department="hrss"), Owner(department="d1"))
        ]
        found = [
            read_decision(connection, number, scope)
            for number in numbers
            for scope in (EVERYTHING, Scope(departments=frozenset({"hrss", "d1"})))
        ]
        assert {one.case_title_en for one in found} == {"Unpaid wages"}
        others = read_decision(connection, numbers[1], Scope(departments=frozenset({"d1"})))
        assert (others.title, others.case_title_en) == (about.title, None)


@pytest.mark.parametrize(
    ("scope", "theirs"),
    [
        (Scope(departments=frozenset({"d1"})), [1, 3]),
        (Scope(departments=frozenset({"d2"})), []),
        (Scope(area="530303101"), [2]),
        (Scope(area=OTHER), []),
    ],
)
def test_owners_see_and_answer_theirs_alone(register, scope, theirs):
    assert ids(register, scope, as_of=DUE) == theirs
    with writing(register) as connection:
        for number in (1, 2):
            reply = an_entry(EntryKind.REPLY, text="已约谈")
            found = follow(connection, number, reply, scope)
            assert (found is not None) == (number in theirs)


def test_a_refused_entry_writes_nothing(register):
    with writing(register) as connection, pytest.raises(EntryError):
        follow(connection, 1, an_entry(EntryKind.DONE), EVERYTHING)
    with reading(register) as connection:
        assert connection.scalar(select(func.count()).select_from(decision_entry)) == 1


@pytest.mark.parametrize(
    "wrong",
    [{"owner": Owner()}, {"owner": Owner(department="d1", area=TOWN)}, {"asked_due_at": TAKEN}],
)
def test_a_decision_has_one_owner_and_a_time_to_come(county, wrong):
    with writing(county) as connection, pytest.raises(ValueError, match="decision"):
        take(connection, a_decision(**wrong), by="recorder")
