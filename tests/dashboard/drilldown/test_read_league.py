"""A league is read for the units of its table; what they do not hold is nobody's."""

from datetime import date, timedelta

import pytest

from dashboard.database.engine import reading, writing
from dashboard.drilldown.league import Columns
from dashboard.drilldown.league_units import Asked, by_unit, hands_of
from dashboard.drilldown.read_league import read_league
from dashboard.figures.choice import PeriodChoice, PeriodKind
from dashboard.figures.view import view_at
from dashboard.league.balance import total
from dashboard.league.flow import COUNTIES, DEPARTMENTS, TOWNSHIPS
from dashboard.league.kind import Kind
from dashboard.league.ranking import Standing
from dashboard.terms import Event
from tests import worlds

ZONE = worlds.rules().calendar.zone
START, HOUR, DAY = worlds.ACCEPTED, timedelta(hours=1), timedelta(days=1)
MARCH = PeriodChoice.containing(PeriodKind.MONTH, date(2026, 3, 1))
NOW = START + 10 * DAY
UNITS = tuple(worlds.DEPARTMENTS)


@pytest.fixture
def league(county):
    def read(*, units=UNITS, columns=frozenset(), target=None, as_of=NOW):
        asked = Asked(
            kind=Kind.DEPARTMENTS,
            units=units,
            period=MARCH.span(ZONE),
            before=MARCH.previous().span(ZONE),
            columns=frozenset(columns),
            target=target,
        )
        with reading(county) as connection:
            view = view_at(connection, as_of, rules=worlds.rules)
            return read_league(view, asked, worlds.rules)

    return read


def closed(connection, department, n, *, late=0, month_back=0):
    for at in range(n):
        accepted = START - 30 * month_back * DAY
        done = accepted + (5 * DAY if at < late else DAY)
        row = {"accepted_at": accepted, "closed_at": done, "due_at": accepted + 3 * DAY}
        row |= {"stage": "closed", "close_outcome": "resolved"}
        worlds.a_case(connection, lead_dept_id=department, **row)


def test_units_come_by_band_then_in_their_own_order_and_small_ones_last(county, league):
    with writing(county) as connection:
        closed(connection, "hrss", 60, late=30)
        closed(connection, "housing", 4)
        closed(connection, "water", 60)
        closed(connection, "justice", 60)
    found = league()
    assert found.significant
    assert [one.line.code for one in found.lines] == ["water", "justice", "hrss", "housing"]
    assert [one.row.band for one in found.lines] == [1, 1, 2, None]
    assert found.lines[-1].row.standing is Standing.TOO_FEW
    assert found.compared == 3
    assert found.gap == pytest.approx(0.5)


def test_without_a_difference_units_keep_their_own_order(county, league):
    with writing(county) as connection:
        closed(connection, "justice", 20)
        closed(connection, "hrss", 20, late=1)
    found = league()
    assert not found.significant
    assert [one.line.code for one in found.lines] == ["hrss", "justice", "housing", "water"]
    assert (found.most_missed.unit, found.most_missed.missed) == ("hrss", 1)


def test_a_unit_is_compared_with_its_own_month_before(county, league):
    with writing(county) as connection:
        closed(connection, "hrss", 40, late=20)
        closed(connection, "hrss", 40, month_back=1)
        closed(connection, "water", 40)
    moved = {one.line.code: one.row.moved for one in league().lines}
    assert (moved["hrss"], moved["water"]) == (-1, None)


def test_cases_of_no_unit_are_nobodys_and_units_and_nobody_are_the_whole(county, league):
    with writing(county) as connection:
        worlds.a_history(connection)
        worlds.a_history(connection, Event.REPORT, Event.ACCEPT)
        closed(connection, "abolished", 2)
    found = league(columns=Columns)
    assert found.total.flow == total(one.line.flow for one in found.lines)
    assert found.nobody.on_time == (2, 3)
    assert found.total.on_time == (0, 1)
    assert (found.total.flow.closing, found.nobody.flow.closing) == (1, 1)
    assert found.nobody.flow.balances


def test_columns_are_read_when_they_are_asked_for(county, league):
    with writing(county) as connection:
        worlds.a_history(connection)
    plain, full = league().total, league(columns=Columns).total
    assert (plain.rates, plain.states, plain.times) == ((), (), None)
    assert full.states[:3] == (0, 0, 1)
    assert full.times.settling.still_open == 1
    assert full.rates[0] == (1, 1)


def test_states_at_the_end_of_a_past_period_are_those_of_its_last_second(county, league):
    with writing(county) as connection:
        worlds.a_history(connection, *worlds.TO_THE_END, start=START + 21 * DAY - 4 * HOUR)
    end = MARCH.span(ZONE).end
    found = league(columns=[Columns.STATES], as_of=end + 5 * DAY)
    assert not found.running
    assert sum(found.total.states[:1]) == found.total.flow.closing


def test_codes_a_table_lacks_are_added_up_as_nobodys():
    asked = Asked(kind=Kind.DEPARTMENTS, units=("a", "b"), period=MARCH.span(ZONE))
    assert by_unit(asked, {"a": 1, "x": 2, None: 3}, sum) == {"a": 1, "": 1, None: 5}
    assert by_unit(asked, {}, sum) == {"": 0}


def test_a_prefectures_units_are_its_counties():
    assert hands_of(Kind.TOWNSHIPS, ["420902000000", "420923000000"]) is COUNTIES
    assert hands_of(Kind.TOWNSHIPS, list(worlds.TOWNSHIPS)) is TOWNSHIPS
    assert hands_of(Kind.DEPARTMENTS, ["hrss"]) is DEPARTMENTS


def test_the_rules_of_a_table_have_a_name_that_changes_with_them(league):
    assert league().rule_version == league().rule_version
    assert league().rule_version != league(target=0.95).rule_version
