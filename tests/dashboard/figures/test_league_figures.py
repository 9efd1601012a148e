"""What units did with the cases they were given, figure by figure."""

from datetime import timedelta

import pytest

from dashboard.cases.record import record
from dashboard.database.engine import reading, writing
from dashboard.figures.catalogue import by_id
from dashboard.figures.cell import Cell
from dashboard.figures.dimension import DEPARTMENT
from dashboard.figures.measure import measure
from dashboard.figures.period import Period
from dashboard.figures.view import view_at
from dashboard.terms import Event
from tests import worlds

START, HOUR, DAY = worlds.ACCEPTED, timedelta(hours=1), timedelta(days=1)
LATER = START + 30 * DAY
DISPATCHED = worlds.UP_TO_WORK[:3]


@pytest.fixture
def look(county):
    def run(name, as_of=LATER):
        figure = by_id(name)
        with reading(county) as connection:
            found = measure(
                view_at(connection, as_of), (figure,), (DEPARTMENT,), Period(START - DAY, LATER)
            )
        return {key: cell for (key,), cell in found[figure].items()}

    return run


@pytest.fixture
def tell(county):
    """Record a history, then single events at hours after its start."""

    def run(*course, then=(), every=HOUR):
        with writing(county) as connection:
            case = worlds.a_history(connection, *course, every=every)
            for hours, event, facts in then:
                told = worlds.a_happening(event, START + hours * HOUR, **facts)
                record(connection, told, case_id=case, rules=worlds.rules(), now=LATER)

    return run


def test_a_claim_is_in_time_within_a_day_and_judged_once_the_day_is_over(tell, look):
    tell(*DISPATCHED, then=[(2 + 24, Event.CLAIM, {})])
    tell(*DISPATCHED, then=[(2 + 25, Event.CLAIM, {})])
    tell(*DISPATCHED)
    assert look("claim_rate", START + 26 * HOUR)["hrss"] == Cell(1, 1)
    assert look("claim_rate", START + 27 * HOUR)["hrss"] == Cell(1, 3)
    assert look("claim_rate")["hrss"] == Cell(1, 3)


def test_giving_a_case_back_answers_it_and_counts_against_the_giver(tell, look):
    tell(*DISPATCHED, then=[(3, Event.RETURN, {}), (4, Event.DISPATCH, {"dept_id": "water"})])
    assert look("claim_rate")["hrss"] == Cell(1, 1)
    assert look("unit_return_rate") == {"hrss": Cell(1, 1), "water": Cell(0, 1)}


def test_waiting_counts_to_the_claim_or_until_now(tell, look):
    tell(*DISPATCHED, then=[(7, Event.CLAIM, {})])
    tell(*DISPATCHED)
    found = look("unclaimed_time", START + 12 * HOUR)["hrss"]
    assert found == Cell((5 + 10) * 3600, 2)


def test_resolved_counts_as_confirmed_only_by_the_party(tell, look, county):
    tell(*worlds.TO_THE_END)
    closed = {"stage": "closed", "closed_at": START + DAY, "close_outcome": "resolved"}
    with writing(county) as connection:
        worlds.a_case(connection, **closed, reached_count=1)
        worlds.a_case(connection, **closed, reached_count=0)
    assert look("confirmed_rate")["hrss"] == Cell(1, 2)


def test_a_case_is_handed_round_from_its_third_change_of_department(tell, look):
    departments = ("water", "housing", "justice")
    then = [(4 + n, Event.REASSIGN, {"dept_id": code}) for n, code in enumerate(departments)]
    tell(*DISPATCHED, then=then[:2])
    tell(*DISPATCHED, then=then)
    assert look("handed_round") == {"justice": Cell(1), "housing": Cell(0)}


def test_not_overdue_and_overdue_are_all_open(tell, look):
    tell()
    tell(*worlds.UP_TO_WORK, Event.PAUSE)
    for as_of in (START + DAY, LATER):
        found = [look(name, as_of)["hrss"].numerator for name in ("not_overdue", "overdue", "open")]
        assert found[0] + found[1] == found[2] == 2


def test_the_time_held_is_that_of_stretches_that_ended(tell, look):
    tell(*DISPATCHED, then=[(8, Event.REASSIGN, {"dept_id": "water"})])
    assert look("held_time") == {None: Cell(3600, 1), "hrss": Cell(6 * 3600, 1)}
