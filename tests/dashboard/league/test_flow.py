"""What units had, got and gave: it balances for every unit, every kind and the whole."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from dashboard.cases.record import record, record_many
from dashboard.database.engine import reading, writing
from dashboard.database.tables import case_hold
from dashboard.figures.catalogue.flow import STOCK_IN
from dashboard.figures.catalogue.league import IN_HANDS, UNCLAIMED_TIME
from dashboard.figures.catalogue.stock import IN_HAND
from dashboard.figures.dimension import DEPARTMENT
from dashboard.figures.filters import Filters
from dashboard.figures.measure import measure
from dashboard.figures.period import Period
from dashboard.figures.view import view_at
from dashboard.league.balance import Flow, ImbalanceError, total
from dashboard.league.flow import DEPARTMENTS, TOWNSHIPS, held_at, held_seconds, read_flows
from dashboard.terms import Event
from tests import worlds
from tests.dashboard.cases.strategies import stocks

RULES = worlds.rules()
START, HOUR = worlds.ACCEPTED, timedelta(hours=1)
LATER = START + timedelta(days=90)
SLOW = settings(
    max_examples=12,
    phases=[Phase.reuse, Phase.generate],
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
hours = st.integers(0, 50 * 24).map(lambda n: START + n * HOUR)


def told(engine, stock):
    with writing(engine) as connection:
        worlds.small_county(connection)
        record_many(connection, [(None, log) for log in stock], rules=RULES, now=LATER)
    return engine


@SLOW
@given(stocks(RULES), hours, hours, st.booleans())
def test_every_flow_balances_for_units_kinds_and_the_whole(
    new_database, stock, one, other, in_the_past
):
    period = Period(min(one, other), max(one, other))
    engine = told(new_database(), stock)
    with reading(engine) as connection:
        view = view_at(connection, period.end if in_the_past else LATER, rules=lambda: RULES)
        for hands in (DEPARTMENTS, TOWNSHIPS):
            flows = read_flows(view, hands, period)
            whole = total(flows.values())
            assert whole.balances
            anew = measure(view, (STOCK_IN,), (), period)[STOCK_IN][()].numerator
            assert whole.transferred_out == whole.transferred_in + whole.received - anew
        by_kind = [total(read_flows(view, hands, period).values())
                   for hands in (DEPARTMENTS, TOWNSHIPS)]  # fmt: skip
        assert by_kind[0].opening == by_kind[1].opening
        assert by_kind[0].closing == by_kind[1].closing


@SLOW
@given(stocks(RULES, late=False), hours)
def test_what_units_hold_now_is_what_is_open(new_database, stock, moment):
    engine = told(new_database(), stock)
    with reading(engine) as connection:
        view = view_at(connection, moment, rules=lambda: RULES)
        open_ = measure(view, (IN_HAND, IN_HANDS), (DEPARTMENT,))
        assert open_[IN_HAND] == open_[IN_HANDS]
        held = held_at(view, DEPARTMENT, moment + timedelta(seconds=1))
        assert held == {key: cell.numerator for (key,), cell in open_[IN_HAND].items()}


@SLOW
@given(stocks(RULES), hours, hours)
def test_the_time_held_by_all_and_nobody_is_the_whole_time_in_stock(
    new_database, stock, one, other
):
    start, end = sorted((one, other))
    engine = told(new_database(), stock)
    with reading(engine) as connection:
        view = view_at(connection, LATER)
        by_department = held_seconds(view, DEPARTMENTS.unit, Period(start, end))
        by_township = held_seconds(view, TOWNSHIPS.unit, Period(start, end))
        rows = connection.execute(select(case_hold)).all()
    spans = (min(row.until_at or end, end) - max(row.from_at, start) for row in rows)
    whole = sum(max(span.total_seconds(), 0) for span in spans)
    assert sum(by_department.values()) == sum(by_township.values()) == whole


@pytest.fixture
def flows(county):
    def read(hands, start=START, end=LATER, filters=Filters()):  # noqa: B008 -- frozen
        with reading(county) as connection:
            view = view_at(connection, LATER, filters=filters)
            return read_flows(view, hands, Period(start, end))

    return read


def test_a_case_goes_from_nobody_to_its_department_and_out(county, flows):
    with writing(county) as connection:
        worlds.a_history(connection, *worlds.TO_THE_END)
    assert flows(DEPARTMENTS) == {
        None: Flow(received=1, transferred_out=1),
        "hrss": Flow(received=1, closed=1),
    }
    assert flows(TOWNSHIPS) == {worlds.XIPING: Flow(received=1, closed=1)}


def test_a_change_of_township_is_no_transfer_between_departments(county, flows):
    with writing(county) as connection:
        case = worlds.a_history(connection)
        moved = worlds.a_happening(Event.CORRECT, START + 9 * HOUR, area_code=worlds.BAISHUI)
        record(connection, moved, case_id=case, rules=RULES, now=LATER)
    assert flows(DEPARTMENTS)["hrss"] == Flow(received=1, closing=1)
    assert flows(TOWNSHIPS) == {
        worlds.XIPING: Flow(received=1, transferred_out=1),
        worlds.BAISHUI: Flow(transferred_in=1, closing=1),
    }


def test_a_period_begins_with_what_the_one_before_left(county, flows):
    with writing(county) as connection:
        worlds.a_history(connection, *worlds.TO_THE_END, Event.REOPEN)
    noon = START + 6 * HOUR  # the hour of the closing
    before, after = flows(DEPARTMENTS, end=noon)["hrss"], flows(DEPARTMENTS, start=noon)["hrss"]
    assert before == Flow(received=1, closing=1)
    assert after == Flow(opening=1, closed=1, reopened=1, closing=1)


def test_a_department_gets_cases_from_the_centre_and_from_other_departments(county, flows):
    course = (*worlds.UP_TO_WORK[:3], Event.RETURN, Event.DISPATCH)
    with writing(county) as connection:
        case = worlds.a_history(connection, *course)
        moved = worlds.a_happening(Event.REASSIGN, START + 9 * HOUR, dept_id="water")
        record(connection, moved, case_id=case, rules=RULES, now=LATER)
    assert flows(DEPARTMENTS) == {
        None: Flow(received=1, transferred_in=1, transferred_out=2),
        "hrss": Flow(received=2, transferred_out=2),
        "water": Flow(transferred_in=1, closing=1),
    }


def test_filters_narrow_the_flow(county, flows):
    with writing(county) as connection:
        worlds.a_history(connection, area_code=worlds.XIPING)
        worlds.a_history(connection, area_code=worlds.BAISHUI)
    found = flows(DEPARTMENTS, filters=Filters(area=worlds.BAISHUI))
    assert found["hrss"] == Flow(received=1, closing=1)


@pytest.mark.parametrize(
    "course", [worlds.UP_TO_WORK, worlds.TO_THE_END, worlds.UP_TO_WORK[:2]], ids=len
)
def test_a_source_that_corrects_the_acceptance_to_a_later_hour_upsets_no_balance(
    county, flows, course
):
    source = {"source_channel": "window", "source_no": "Q1"}
    with writing(county) as connection:
        case = worlds.a_history(connection, *course, **source)
        told = worlds.a_happening(Event.ADOPT, START + 9 * HOUR, accepted_at=START + 5 * HOUR,
                                  **source)  # fmt: skip
        record(connection, told, case_id=case, rules=RULES, now=LATER)
    for start in range(0, 12, 2):
        flows(DEPARTMENTS, START + start * HOUR, START + (start + 2) * HOUR)


def test_stretches_that_do_not_fit_are_refused(county, flows):
    with writing(county) as connection:
        worlds.a_history(connection)
        connection.execute(
            case_hold.update().where(case_hold.c.number == 1).values(to_dept=None)
        )  # fmt: skip
    with pytest.raises(ImbalanceError, match="does not balance"):
        flows(DEPARTMENTS)


def test_a_department_that_does_not_sign_gets_no_fresh_clock(county):
    """Sent to and fro, the case ages on; each unit sees its own time, nobody the rest."""
    to_and_fro = (Event.DISPATCH, Event.RETURN) * 2
    course = (Event.REPORT, Event.ACCEPT, *to_and_fro, *worlds.UP_TO_WORK[2:])
    with writing(county) as connection:
        worlds.a_history(connection, *course)
    end = START + 12 * HOUR
    with reading(county) as connection:
        view = view_at(connection, end)
        held = held_seconds(view, DEPARTMENT, Period(START, end))
        waited = measure(view, (UNCLAIMED_TIME,), (DEPARTMENT,), Period(START, LATER))
    assert held == {None: 3 * 3600, "hrss": 8 * 3600}
    assert waited[UNCLAIMED_TIME]["hrss",].numerator == 3 * 3600
    assert waited[UNCLAIMED_TIME]["hrss",].denominator == 3
