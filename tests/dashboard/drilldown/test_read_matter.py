"""件次, 件 and 人 of one matter (asks, idea 15)."""

from datetime import timedelta

import pytest
from sqlalchemy import insert

from dashboard.cases.record import record
from dashboard.database import tables
from dashboard.database.engine import reading, writing
from dashboard.drilldown.case import Matter
from dashboard.drilldown.read_matter import read_matter
from dashboard.figures.view import view_at
from dashboard.terms import Event
from tests import worlds
from tests.dashboard.cases.contents import state_of

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
START = worlds.ACCEPTED


@pytest.fixture
def brought(county):
    """Record a case brought by the applicant with this key."""

    def make(key, *, into=None, role="applicant", start=START, **facts):
        with writing(county) as connection:
            case_id = worlds.a_history(connection, start=start, **facts)
            party = {"case_id": case_id, "role": role, "name_masked": "陈某某", "party_key": key}
            connection.execute(insert(tables.party), [party])
            if into is not None:
                merge = worlds.a_happening(Event.MERGE, start + 5 * HOUR, merged_into=into)
                record(connection, merge, case_id=case_id, rules=worlds.rules(), now=merge.at)
        return case_id

    return make


@pytest.fixture
def matter(county, now):
    def read(case_id, as_of=now):
        with reading(county) as connection:
            rules = worlds.rules
            view = view_at(connection, as_of, rules=rules)
            return read_matter(view, state_of(connection, case_id) | {"id": case_id})

    return read


def test_five_calls_two_matters_three_people_from_wherever_one_looks(brought, matter):
    first = brought("k1")
    second = brought("k2", into=first)
    third = brought("k3", into=second)
    again = brought("k1", start=START + DAY)
    last = brought("k1", into=again, start=START + DAY)
    for case_id in (first, second, third, again, last):
        assert matter(case_id) == Matter(calls=5, matters=2, people=3)


def test_another_matter_of_the_same_person_and_a_shared_respondent_are_not_the_same_matter(
    brought, matter
):
    mine = brought("k1")
    brought("k1", category_code="0201")
    brought("k1", start=START - 366 * DAY)
    with_company = brought("firm", role="respondent")
    brought("firm", role="respondent")
    assert matter(mine) == Matter(calls=1, matters=1, people=1)
    assert matter(with_company) == Matter(calls=1, matters=1, people=1)


def test_what_was_merged_later_is_not_yet_one_matter(brought, matter):
    first = brought("k1")
    brought("k2", into=first)
    assert matter(first, as_of=START + 4 * HOUR) == Matter(calls=1, matters=1, people=1)
    assert matter(first).calls == 2


def test_a_party_without_a_key_is_nobody_known(brought, matter):
    assert matter(brought(None)) == Matter(calls=1, matters=1, people=0)


def test_a_case_merged_into_one_that_is_not_there_is_a_call_of_no_matter_here(brought, matter):
    assert matter(brought("k1", into=999_999)) == Matter(calls=1, matters=0, people=1)
