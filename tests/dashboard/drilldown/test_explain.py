"""An explanation adds up, and lists as many rows as its number says."""

from datetime import date, timedelta

import pytest

from dashboard.centre import Centre
from dashboard.database.engine import reading, writing
from dashboard.deadlines import RuleVersion
from dashboard.drilldown.explain import RulesInForce
from dashboard.drilldown.listing import Page
from dashboard.drilldown.question import Question
from dashboard.drilldown.read_explain import read_explanation
from dashboard.drilldown.read_league_page import read_league_page
from dashboard.figures.catalogue import by_id
from dashboard.figures.cell import Cell
from dashboard.figures.composition import Part
from dashboard.figures.scope import Scope
from dashboard.figures.view import view_at
from dashboard.league.kind import Kind
from dashboard.settings import Settings
from tests import worlds

DAY = timedelta(days=1)


def a_centre(limits=()):
    return Centre(
        settings=Settings(deadlines=limits),
        profile=worlds.load_profile("zhanyi"),
        calendar=worlds.rules().calendar,
    )


@pytest.fixture
def explain(county, now):
    centre = a_centre()
    question = Question.default(now, centre.zone)

    def read(figure, part=None, page=None):
        with reading(county) as connection:
            view = view_at(connection, now)
            return read_explanation(view, centre, by_id(figure), question, part, page)

    return read


@pytest.fixture
def cohort(county, now):
    """Two met, one of them early; one closed late, one still open; one pending; one merged."""
    closed = {"stage": "closed", "close_outcome": "resolved"}
    with writing(county) as connection:
        worlds.a_case(connection, due_at=now - DAY, closed_at=now - 2 * DAY, **closed)
        worlds.a_case(connection, due_at=now + DAY, closed_at=now, **closed)
        worlds.a_case(connection, due_at=now - DAY, closed_at=now, **closed)
        worlds.a_case(connection, due_at=now - DAY)
        worlds.a_case(connection, due_at=now + DAY)
        worlds.a_case(connection, due_at=now - DAY, stage="merged", close_outcome="merged")


def test_the_parts_of_a_rate_add_up_with_their_reasons(cohort, explain):
    found = explain("on_time_rate")
    parts = {one.part: (one.count, dict(one.reasons)) for one in found.composition.parts}
    assert parts == {
        Part.COUNTED: (2, {"met_early": 1, "met": 1}),
        Part.REST: (2, {"closed_late": 1, "still_open": 1}),
        Part.OUTSIDE: (1, {"pending": 1}),
        Part.EXCLUDED: (1, {"merged": 1}),
    }
    assert found.composition.total == 6
    assert found.cell == Cell(2, 4)
    assert found.interval[0] < 0.5 < found.interval[1]


def test_what_was_missed_is_listed_first(cohort, explain):
    found = explain("on_time_rate")
    assert found.part is Part.REST
    assert (found.listing.total, len(found.listing.cases)) == (2, 2)


@pytest.mark.parametrize("part", list(Part))
def test_every_part_can_be_listed_and_paged(cohort, explain, part):
    whole = explain("on_time_rate", part)
    ones = [
        explain("on_time_rate", part, Page(offset=place, limit=1)).listing.cases
        for place in range(whole.listing.total)
    ]
    assert [row.id for (row,) in ones] == [row.id for row in whole.listing.cases]
    assert whole.listing.total == whole.composition.count(part)


def test_a_stock_has_no_period_and_no_change(cohort, explain):
    found = explain("open")
    assert (found.period, found.change, found.year, found.cell) == (None, None, None, Cell(2))


def test_a_flow_compares_with_the_same_part_of_the_month_and_of_the_year_before(
    county, now, explain
):
    with writing(county) as connection:
        for days, count in ((0, 3), (28, 2), (365, 1), (20, 5)):
            for _ in range(count):
                worlds.a_case(connection, accepted_at=now - days * DAY)
    found = explain("accepted")
    assert (found.change.now, found.change.before) == (3, 2)
    assert (found.year.now, found.year.before) == (3, 1)


def test_an_amount_says_how_it_is_spread(county, now, explain):
    with writing(county) as connection:
        for hours in (1, 2, 9):
            worlds.a_case(connection, accepted_at=now - timedelta(hours=hours))
    found = explain("open_age")
    assert (found.spread.n, found.spread.median, found.spread.p90) == (3, 7200, 32400)


def test_a_stretch_of_a_case_since_gone_to_others_is_counted_and_not_listed(county, now):
    """What a unit had remains its number; whose case it is now alone may see it."""
    with writing(county) as connection:
        mine, theirs = (
            worlds.a_case(connection, area_code=area, township_code=area)
            for area in (worlds.XIPING, worlds.HUASHAN)
        )
        for case in (mine, theirs):
            connection.execute(
                worlds.tables.case_hold.insert().values(
                    case_id=case, number=1, began="accept", area_code=worlds.XIPING,
                    township_code=worlds.XIPING, from_at=now - 2 * DAY, until_at=now - DAY,
                )
            )  # fmt: skip
    scope, centre = Scope(area=worlds.XIPING[:9]), a_centre()
    question = Question.default(now, centre.zone)
    with reading(county, scope) as connection:
        view = view_at(connection, now, scope)
        found = read_explanation(view, centre, by_id("held_time"), question)
    assert (found.composition.total, found.spread.n) == (2, 2)
    assert (found.listing.total, found.listing.gone) == (1, 1)
    assert [row.id for row in found.listing.cases] == [mine]


def test_nothing_due_is_undefined(explain):
    found = explain("on_time_rate")
    assert (found.cell, found.cell.ratio, found.interval) == (Cell(0, 0), None, None)
    assert found.listing.total == 0


def test_the_rules_in_force_are_those_of_the_last_day_counted(county, now):
    first = worlds.rules().deadlines.rules[2]
    since = date(2026, 3, 1)
    limits = (
        first.model_copy(update={"valid_until": since - DAY}),
        first.model_copy(update={"amount": 5, "valid_from": since}),
    )
    centre = a_centre(limits)
    month = Question.default(now, centre.zone)

    def rules(figure, question=month):
        with reading(county) as connection:
            return read_explanation(view_at(connection, now), centre, by_id(figure), question).rules

    assert rules("accepted").limits == RuleVersion(number=2, since=since)
    february = month.over(month.period.previous())
    assert rules("accepted", february).limits == RuleVersion(number=1, since=None)
    assert rules("accepted").league is None
    assert rules("hazards") == RulesInForce()
    with reading(county) as connection:
        shown = read_league_page(view_at(connection, now), centre, month, Kind.DEPARTMENTS)
    assert rules("on_time_rate").league == shown.found.rule_version


def test_items_that_are_no_cases_are_listed_too(county, now, explain):
    with writing(county) as connection:
        connection.execute(
            worlds.tables.hazard_point.insert().values(
                point_id="P1", name="点位", risk_level="high", area_code=worlds.BAISHUI,
                township_code=worlds.BAISHUI, found_at=now - DAY, status="open", updated_at=now,
            )
        )  # fmt: skip
    (item,) = explain("hazards").listing.items
    assert (item.id, item.title, item.township) == ("P1", "点位", worlds.BAISHUI)
