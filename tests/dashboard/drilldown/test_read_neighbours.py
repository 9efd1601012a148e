"""The cases beside a case are those of its list, in the list's order."""

from datetime import timedelta

import pytest

from dashboard.database.engine import reading, writing
from dashboard.database.tripwire import guard
from dashboard.drilldown.behind import behind
from dashboard.drilldown.listing import Page
from dashboard.drilldown.neighbours import Neighbour, Neighbours
from dashboard.drilldown.read_clocks import read_clocks
from dashboard.drilldown.read_neighbours import AROUND, Rows, read_neighbours
from dashboard.figures.catalogue import by_id
from dashboard.figures.composition import Part
from dashboard.figures.filters import EVERY, Filters
from dashboard.figures.scope import Scope
from dashboard.figures.view import view_at
from tests import worlds

HOUR = timedelta(hours=1)


@pytest.fixture
def beside(county, now):
    """Read the neighbours of a case, and the codes of the whole list."""

    def read(case_id, place, *, sort="left", filters=EVERY):
        rows = Rows(
            figure=by_id("open"), part=Part.COUNTED, period=None, filters=filters, sort=sort
        )
        with reading(county) as connection:
            view = view_at(connection, now)
            whole = behind(view.narrowed(filters), rows.figure, Part.COUNTED, None, Page(sort, 0))
            found = read_neighbours(view, rows, case_id, place)
        return found, whole.cases

    return read


@pytest.fixture
def cases(county, now):
    with writing(county) as connection:
        return [worlds.a_case(connection, due_at=now + n % 7 * HOUR) for n in range(12)]


@pytest.mark.parametrize("sort", ["left", "code"])
def test_every_case_of_a_list_stands_between_the_one_before_and_the_one_after(beside, cases, sort):
    _, rows = beside(cases[0], 1, sort=sort)
    assert len(rows) == 12
    for place, row in enumerate(rows, 1):
        found, _ = beside(row.id, place, sort=sort)
        before = Neighbour(rows[place - 2].code, place - 1) if place > 1 else None
        after = Neighbour(rows[place].code, place + 1) if place < 12 else None
        assert found == Neighbours(place=place, total=12, before=before, after=after)


@pytest.mark.parametrize("place", [1, 5, 12, 10 + AROUND - 1])
def test_a_case_is_found_where_the_list_has_moved_since(beside, cases, place):
    _, rows = beside(cases[0], 1)
    assert beside(rows[9].id, place)[0].place == 10


def test_a_case_that_left_the_list_or_never_was_in_it_has_no_place(beside, cases, county, now):
    with writing(county) as connection:
        closed = worlds.a_case(connection, stage="closed", closed_at=now, close_outcome="resolved")
    assert beside(closed, 3)[0] == Neighbours(place=None, total=12)
    assert beside(cases[0], 10_000)[0] == Neighbours(place=None, total=12)
    other = Filters(area=worlds.BAISHUI)
    assert beside(cases[0], 1, filters=other)[0] == Neighbours(place=None, total=0)


def test_ends_are_not_told_from_a_case_at_the_edge_of_what_was_read(beside, county, now):
    with writing(county) as connection:
        ids = [worlds.a_case(connection, due_at=now + n * HOUR) for n in range(2 * AROUND + 10)]
    place = 1 + AROUND + 3
    edge, inside = place - AROUND, place - AROUND + 1
    assert beside(ids[edge - 1], place)[0].place is None
    assert beside(ids[inside - 1], place)[0].before.place == edge


def test_who_is_bound_goes_along_what_is_theirs(county, now):
    with writing(county) as connection:
        places = (worlds.XIPING, worlds.BAISHUI, worlds.XIPING)
        first, _, _ = (
            worlds.a_case(connection, area_code=code, township_code=code, due_at=now + n * HOUR)
            for n, code in enumerate(places)
        )
    guard(county)
    rows = Rows(figure=by_id("open"), part=Part.COUNTED, period=None, filters=EVERY, sort="left")
    scope = Scope(area="530303001")
    with reading(county, scope) as connection:
        view = view_at(connection, now, scope)
        found = read_neighbours(view, rows, first, 1)
        clocks = read_clocks(view, behind(view, by_id("open"), Part.COUNTED).cases, worlds.rules())
    assert (found.place, found.total, found.after.place) == (1, 2, 2)
    assert clocks == {}


def test_a_case_listed_twice_is_not_its_own_neighbour(county, now):
    with writing(county) as connection:
        first, twice, last = (worlds.a_case(connection, due_at=now + n * HOUR) for n in range(3))
        for number, case_id in enumerate((first, twice, twice, last)):
            connection.execute(
                worlds.tables.supervision_order.insert().values(
                    case_id=case_id, number=number, issued_at=now - (9 - number) * HOUR,
                    replied_at=now - HOUR, status="replied", sheet_type="order",
                )
            )  # fmt: skip
    rows = Rows(
        figure=by_id("supervision_reply_time"), part=Part.COUNTED, period=None, filters=EVERY,
        sort="left",
    )  # fmt: skip
    with reading(county) as connection:
        view = view_at(connection, now)
        second, third = (read_neighbours(view, rows, twice, place) for place in (2, 3))
    assert (second.place, third.place, second.total) == (2, 3, 4)
    for found in (second, third):
        assert (found.before.place, found.after.place) == (1, 4)
