"""Rows that say no area of their own lie where their case lies, for filters and for scopes."""

from datetime import timedelta

import pytest

from dashboard.database.engine import reading, writing
from dashboard.figures.catalogue import by_id
from dashboard.figures.filters import Filters
from dashboard.figures.measure import measure
from dashboard.figures.period import Period
from dashboard.figures.scope import Scope
from dashboard.figures.view import view_at
from dashboard.terms import Event
from tests import worlds

FIGURE = by_id("yellow_orders")


@pytest.fixture
def orders(county):
    """How many yellow orders a reader counts."""
    with writing(county) as connection:
        worlds.a_history(connection, *worlds.UP_TO_WORK, Event.SUPERVISE)
    at = worlds.ACCEPTED + timedelta(days=1)

    def count(scope, filters):
        with reading(county) as connection:
            view = view_at(connection, at, scope, filters=filters)
            cells = measure(view, [FIGURE], (), Period(worlds.ACCEPTED, at))
            return cells[FIGURE][()].numerator

    return count


def test_an_order_about_a_case_lies_in_the_township_of_the_case(orders):
    assert orders(Scope(), Filters(area=worlds.XIPING)) == 1
    assert orders(Scope(), Filters(area=worlds.HUASHAN)) == 0
    assert orders(Scope(area="530303001"), Filters()) == 1
    assert orders(Scope(area="530303004"), Filters()) == 0
    assert orders(Scope(departments=frozenset({"hrss"})), Filters()) == 1
    assert orders(Scope(departments=frozenset({"water"})), Filters()) == 0


def test_a_visit_has_no_colour_so_a_colour_leaves_it_out(county):
    figure = by_id("missed_visits")
    with reading(county) as connection:
        view = view_at(connection, worlds.ACCEPTED, filters=Filters(colours=frozenset({"red"})))
        period = Period(worlds.ACCEPTED - timedelta(days=1), worlds.ACCEPTED)
        assert measure(view, [figure], (), period)[figure][()].denominator == 0


def test_a_reply_given_later_is_not_yet_known(county):
    figure = by_id("supervision_reply_time")
    with writing(county) as connection:
        events = (*worlds.UP_TO_WORK, Event.SUPERVISE, Event.SUPERVISE_REPLY)
        worlds.a_history(connection, *events)
    day = Period(worlds.ACCEPTED, worlds.ACCEPTED + timedelta(days=1))
    counts = []
    for hours in (4, 5):
        with reading(county) as connection:
            view = view_at(connection, worlds.ACCEPTED + timedelta(hours=hours))
            counts.append(measure(view, [figure], (), day)[figure][()].denominator)
    assert counts == [0, 1]
