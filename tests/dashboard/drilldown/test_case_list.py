"""A case list is as long as its figure says, whatever the filters, and lists no case twice."""

from dataclasses import replace
from datetime import timedelta

import pytest

from dashboard.briefing.lines import lines_of
from dashboard.centre import Centre
from dashboard.database.engine import reading, writing
from dashboard.drilldown.behind import behind
from dashboard.drilldown.case_list import ListView
from dashboard.drilldown.listing import Page
from dashboard.drilldown.look import look
from dashboard.drilldown.question import Question
from dashboard.drilldown.read_case import read_case
from dashboard.drilldown.read_case_list import (
    FIGURES,
    IN_HAND_ONLY,
    period_of,
    read_case_list,
    read_whole_list,
)
from dashboard.drilldown.read_case_rows import stock_rows
from dashboard.figures.cell import Cell
from dashboard.figures.composition import Part
from dashboard.figures.filters import Filters
from dashboard.figures.measure import measure
from dashboard.figures.view import view_at
from dashboard.settings import Privacy, Settings
from layouts.pages.cases import SORTS
from tests import worlds

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FILTERS = (
    Filters(),
    Filters(area=worlds.XIPING),
    Filters(departments=frozenset({"water", ""})),
    Filters(colours=frozenset({"red"})),
    Filters(state="open", text="路灯"),
    Filters(text="100%"),
    Filters(categories=frozenset({"01"}), levels=frozenset({"general"})),
)


@pytest.fixture
def centre():
    calendar = worlds.rules().calendar
    return Centre(settings=Settings(), profile=worlds.load_profile("zhanyi"), calendar=calendar)


@pytest.fixture
def full(county, now):
    """Cases of every colour, a paused one, some that await a follow-up, some closed or gone."""
    closed = {"stage": "closed", "close_outcome": "resolved", "closed_at": now - HOUR}
    marks = {"blue_at": now - 2 * DAY, "yellow_at": now - DAY}
    with writing(county) as connection:
        for area in (worlds.XIPING, worlds.BAISHUI):
            here = {"area_code": area, "township_code": area}
            worlds.a_case(connection, **here, **marks, due_at=now - DAY, title="路灯不亮 100%")
            worlds.a_case(connection, **here, **marks, due_at=now + HOUR, lead_dept_id="water")
            worlds.a_case(connection, **here, blue_at=now - HOUR, due_at=now + DAY)
            worlds.a_case(connection, **here, due_at=now + 9 * DAY, lead_dept_id=None)
            worlds.a_case(connection, **here, due_at=None, paused_since=now - DAY)
            worlds.a_case(
                connection, **here, **marks, due_at=now - HOUR, paused_since=now - 2 * HOUR
            )
            worlds.a_case(connection, **here, stage="reported_back", due_at=now + 2 * HOUR)
            worlds.a_case(connection, **here, **closed, category_code=None)
            worlds.a_case(connection, **here, stage="merged", close_outcome="merged")
    return county


@pytest.fixture
def read(full, now, centre):
    def read(shown=ListView.OPEN, filters=None, page=None, reader=read_case_list):
        question = replace(Question.default(now, centre.zone), filters=filters or Filters())
        with reading(full) as connection:
            view = view_at(connection, now, filters=question.filters)
            return reader(view, centre, question, shown, page or Page())

    return read


@pytest.mark.parametrize("filters", FILTERS)
def test_a_list_is_as_long_as_its_figure_says(full, now, centre, read, filters):
    question = replace(Question.default(now, centre.zone), filters=filters)
    with reading(full) as connection:
        view = view_at(connection, now, filters=filters)
        for shown, figure in FIGURES.items():
            period = period_of(shown, view, centre, question)
            counted = measure(view, (figure,), (), period)[figure].get((), Cell()).numerator
            found = read_case_list(view, centre, question, shown, Page())
            assert (found.total, len(found.rows), found.views[shown]) == (counted,) * 3


@pytest.mark.parametrize("filters", FILTERS)
@pytest.mark.parametrize("shown", sorted(IN_HAND_ONLY))
def test_the_colours_add_up_to_the_number_shown(read, shown, filters):
    found = read(shown, filters)
    counts = found.colours
    parts = (counts.red, counts.yellow, counts.blue, counts.paused, counts.normal)
    assert sum(parts) == found.total
    assert min(parts) >= 0


def test_every_colour_counts_what_is_listed(read):
    found = read()
    running = [row.colour for row in found.rows if not row.paused]
    assert [running.count(colour) for colour in ("red", "yellow", "blue", "none")] == [
        found.colours.red, found.colours.yellow, found.colours.blue, found.colours.normal
    ]  # fmt: skip
    assert found.colours.paused == 4


@pytest.mark.parametrize("sort", SORTS)
def test_pages_of_any_order_show_every_case_once(read, sort):
    whole = [row.id for row in read(page=Page(sort=sort)).rows]
    paged = [
        row.id for at in range(0, 14, 3) for row in read(page=Page(sort, at, 3)).rows
    ]  # fmt: skip
    assert paged == whole
    assert len(set(whole)) == len(whole) == 14


def test_what_runs_out_first_comes_first_and_what_has_no_deadline_last(read):
    due = [row.due_at for row in read().rows]
    known = [at for at in due if at is not None]
    assert due == [*sorted(known), None, None]


def test_a_page_beyond_the_end_is_the_last_one(read):
    found = read(page=Page("left", 500, 4))
    assert (found.page.offset, len(found.rows)) == (12, 2)


@pytest.mark.parametrize("shown", [ListView.OPEN, ListView.CLOSED])
def test_the_values_offered_are_those_of_the_list_and_lead_to_as_many_cases(read, shown):
    found = read(shown)
    for key, field in (("department", "departments"), ("stage", "stages"), ("level", "levels")):
        assert sum(count for _, count in found.options[key]) == found.total
        for code, count in found.options[key]:
            assert read(shown, Filters(**{field: frozenset({code})})).total == count


def test_an_empty_list_says_what_each_filter_hides(read):
    found = read(filters=Filters(area=worlds.HUASHAN, departments=frozenset({"water"})))
    assert (found.total, found.rows) == (0, ())
    assert found.without == {"area": 2, "departments": 0}
    assert read(filters=Filters()).without == {}


@pytest.mark.parametrize("shown", ListView)
def test_a_list_is_taken_away_as_it_is_shown(read, shown):
    found = read(shown, page=Page(sort="code"))
    whole = read(shown, page=Page(sort="code", limit=None), reader=read_whole_list)
    assert (whole.rows, whole.total) == (found.rows, found.total)


def test_a_list_that_is_too_long_is_cut_and_says_how_long_it_was(read):
    whole = read(page=Page(limit=5), reader=read_whole_list)
    assert (len(whole.rows), whole.total) == (5, 14)


def test_counts_of_categories_are_not_told_where_a_sensitive_one_is_small(county, now, centre):
    with writing(county) as connection:
        for code in ("minor", "0201", "0201", "0201", "0201"):
            worlds.a_case(connection, category_code=code)
    question = Question.default(now, centre.zone)
    options = {}
    for count in (1, 3):
        with reading(county) as connection:
            found = read_case_list(
                view_at(connection, now), centre, question, ListView.OPEN, Page()
            )
            options[count] = found.options["category"]
        with writing(county) as connection:
            for _ in range(2):
                worlds.a_case(connection, category_code="minor")
    assert options == {1: (("0201", None), ("minor", None)), 3: (("0201", 4), ("minor", 3))}


def test_a_line_among_others_is_not_named_by_a_sensitive_category(county, now, centre):
    """In lists, files, explanations, overviews and briefings; on its own page it is."""
    privacy = Privacy(sensitive_categories=frozenset({"0102"}))
    own = replace(centre, settings=Settings(privacy=privacy))
    with writing(county) as connection:
        for code in ("0102", "minor", "0201"):
            worlds.a_case(connection, category_code=code)
    question = Question.default(now, centre.zone)
    with reading(county) as connection:
        view = look(connection, question, now, own)
        page = Page(sort="code")
        rows = [
            read_case_list(view, own, question, ListView.OPEN, page).rows,
            read_whole_list(view, own, question, ListView.OPEN, page).rows,
            behind(view, FIGURES[ListView.OPEN], Part.COUNTED).cases,
            stock_rows(view, FIGURES[ListView.OPEN], 9),
            [*lines_of(view, [row.id for row in behind(view, FIGURES[ListView.OPEN],
                                                       Part.COUNTED).cases]).values()],
        ]  # fmt: skip
        pages = [read_case(view, own, row.code).row.category for row in rows[0]]
        plain = behind(look(connection, question, now, centre), FIGURES[ListView.OPEN],
                       Part.COUNTED).cases  # fmt: skip
    for listed in rows:
        assert sorted(row.category or "" for row in listed) == ["", "", "0201"]
    assert sorted(pages) == ["0102", "0201", "minor"]
    assert sorted(row.category or "" for row in plain) == ["", "0102", "0201"]
