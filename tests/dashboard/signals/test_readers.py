"""The analyses read from the database, as of now and as of a past moment."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from dashboard.database import tables
from dashboard.database.engine import reading, writing
from dashboard.figures.catalogue.signals import INTAKE
from dashboard.figures.cell import Cell
from dashboard.figures.measure import measure
from dashboard.figures.period import Period
from dashboard.figures.scope import Scope
from dashboard.figures.view import view_at
from dashboard.profile import load_profile
from dashboard.settings import AwardRule, PointsSettings, Settings
from dashboard.signals.configured import award_rule, points_settings
from dashboard.signals.hotspots import cases_of
from dashboard.signals.read_awards import read_awards
from dashboard.signals.read_hotspots import read_clusters, read_hotspots
from dashboard.signals.read_points import read_own_points, read_points
from dashboard.signals.read_pressure import read_pressure
from dashboard.signals.read_weak_points import read_weak_points
from dashboard.signals.units import Kind
from dashboard.terms import AreaLevel, Colour, Situation
from tests.dashboard.signals.test_awards import RULE
from tests.dashboard.signals.test_points import TABLE
from tests.worlds import BAISHUI, COUNTY, HUASHAN, TOWNSHIPS, XIPING

DAY = timedelta(days=1)
MIDNIGHT = datetime(2026, 3, 17, 16, tzinfo=UTC)
"""The local midnight before now."""

MONTH = Period(datetime(2026, 2, 28, 16, tzinfo=UTC), datetime(2026, 3, 31, 16, tzinfo=UTC))
BEFORE = Period(datetime(2026, 1, 31, 16, tzinfo=UTC), MONTH.start)
ZONE = Settings().zone


@pytest.fixture
def weeks(add):
    """Two cases a week in 西平街道 for half a year, and eleven in the last seven days."""
    for week in range(26):
        for hour in (1, 2):
            add(accepted_at=MIDNIGHT - timedelta(days=7 * week + 3, hours=hour))
    for n in range(9):
        add(accepted_at=MIDNIGHT - timedelta(days=1, hours=n))


def test_a_burst_is_a_hotspot_and_opens_into_its_cases(weeks, look, calendar):
    def both(view):
        found = read_hotspots(view, calendar)
        (spot,) = found.findings.graded
        narrow = view.narrowed(cases_of(spot.area, spot.category))
        cell = measure(narrow, (INTAKE,), (), found.windows.current)[INTAKE][()]
        return found, spot, cell

    found, spot, cell = look(both)
    assert (spot.area, spot.category, spot.count, spot.colour) == (XIPING, "01", 11, Colour.RED)
    assert spot.expected == pytest.approx((8 * 2 + 2 * 2 / 3) / 10)
    assert cell == Cell(spot.count)
    assert found.windows.skipped == 1
    assert found.findings.cells == 3


def test_a_past_day_is_read_as_it_was(weeks, look, calendar):
    found = look(lambda view: read_hotspots(view, calendar), MIDNIGHT - 14 * DAY)
    assert found.findings.graded == ()
    assert [spot.count for spot in found.findings.top] == [2]


def test_a_young_database_has_counts_and_no_statistic(add, look, calendar):
    for n in range(20):
        add(accepted_at=MIDNIGHT - timedelta(days=1, hours=n))
    found = look(lambda view: read_hotspots(view, calendar))
    assert not found.findings.enough
    assert [spot.count for spot in found.findings.top] == [20]


def test_cases_without_a_township_are_told_apart_and_without_a_category_go_by_kind(
    add, look, calendar
):
    add(accepted_at=MIDNIGHT - DAY, township_code=None)
    add(accepted_at=MIDNIGHT - DAY, township_code="999999999999")
    add(accepted_at=MIDNIGHT - DAY, category_code=None)
    found = look(lambda view: read_hotspots(view, calendar))
    assert found.unplaced == 2
    (spot,) = found.findings.top
    assert spot.category == "dispute"
    assert cases_of(spot.area, spot.category).kinds == {"dispute"}


def test_a_prefecture_compares_its_counties(weeks, look, calendar):
    found = look(lambda view: read_hotspots(view, calendar, AreaLevel.COUNTY))
    (spot,) = found.findings.graded
    assert (spot.area, found.findings.cells) == (COUNTY, 1)


def test_who_may_see_one_township_compares_nothing_else(weeks, county, now, calendar):
    with reading(county) as connection:
        found = read_hotspots(view_at(connection, now, Scope(area=HUASHAN[:9])), calendar)
    assert (found.findings.cells, found.findings.top) == (0, ())


def test_hazards_found_side_by_side_are_a_cluster(add, put, look, calendar):
    add(accepted_at=MIDNIGHT - 200 * DAY)
    usual = {"name": "坑洞", "risk_level": "low", "area_code": XIPING, "township_code": XIPING,
             "status": "open", "updated_at": MIDNIGHT}  # fmt: skip
    put(
        "hazard_point",
        *(
            usual | {"point_id": f"n{n}", "lon": 103.82, "lat": 25.6 + n * 1e-4,
                     "found_at": MIDNIGHT - timedelta(hours=n + 1)}
            for n in range(6)
        ),
        usual | {"point_id": "far", "lon": 103.9, "lat": 25.6, "found_at": MIDNIGHT - 30 * DAY},
    )  # fmt: skip
    found = look(lambda view: read_clusters(view, calendar))
    (spot,) = found.findings.graded
    assert sorted(found.points[spot.area]) == [f"n{n}" for n in range(6)]


def people(county, **counts):
    with writing(county) as connection:
        for town, code in (("xiping", XIPING), ("huashan", HUASHAN), ("baishui", BAISHUI)):
            persons, households = counts.get(town, (20_000, None))
            connection.execute(
                update(tables.area)
                .where(tables.area.c.area_code == code)
                .values(population=persons, households=households)
            )


def test_pressure_weighs_the_cases_of_seven_days_by_risk(county, add, look, calendar):
    people(county)
    for risk in ("high", "medium", "low", None):
        add(accepted_at=MIDNIGHT - DAY, risk_level=risk, situation="police")
    add(accepted_at=MIDNIGHT, situation="police")
    profile = load_profile("zhanyi")
    found = look(lambda view: read_pressure(view, profile, calendar))
    first = {part.situation: part for part in found.areas[0].parts}
    assert len(found.areas) == 3
    assert list(first) == list(profile.situations)
    assert (first[Situation.POLICE].count, first[Situation.POLICE].weight) == (4, 8)
    assert first[Situation.POLICE].index == 100
    assert found.refused == ()


def test_pressure_of_unknown_inhabitants_is_refused_with_its_counts(county, add, look, calendar):
    people(county, xiping=(None, None), huashan=(None, 5_000))
    add(accepted_at=MIDNIGHT - DAY)
    found = look(lambda view: read_pressure(view, load_profile("zhanyi"), calendar))
    assert found.refused == (XIPING,)
    assert sum(part.count for part in found.areas[0].parts) == 1
    assert found.areas[1].estimated


def test_weak_points_stand_beside_the_median_of_the_units(add, look, now):
    for n in range(10):
        add(f"k{n}", accepted_at=now - 8 * DAY, due_at=now - DAY if n < 4 else now + DAY)
        add(accepted_at=now - 8 * DAY, due_at=now + DAY, township_code=HUASHAN)
        add(f"k{n}", accepted_at=now - DAY, source_channel="police_110" if n < 2 else "window")
    found = look(lambda view: read_weak_points(view, Kind.TOWNSHIPS, MONTH))
    assert [one.unit for one in found.units] == list(TOWNSHIPS)
    by_name = {one.indicator: one for one in found.units[0].indicators}
    assert (by_name["repeat_calls"].count, by_name["repeat_calls"].base) == (2, 20)
    assert by_name["repeat_calls"].median == 5
    assert by_name["overdue_open_share"].count == 4
    assert found.largest[0][0] == XIPING
    departments = look(lambda view: read_weak_points(view, Kind.DEPARTMENTS, MONTH))
    assert {one.indicator for one in departments.units[0].indicators} == {
        "repeat_calls", "petition_hits", "overdue_open_share", "unit_return_rate",
    }  # fmt: skip


def test_awards_without_a_rule_are_not_configured(county, look):
    found = look(lambda view: read_awards(view, Kind.TOWNSHIPS, None, MONTH, BEFORE))
    assert (found.rule, found.scores) == (None, ())


def test_awards_follow_the_figures_of_the_units(add, put, look, now):
    closed = {"stage": "closed", "close_outcome": "resolved"}
    for _ in range(6):
        add(due_at=now - DAY, closed_at=now - 2 * DAY, township_code=HUASHAN, **closed)
        add(due_at=now - DAY, closed_at=now, **closed)
    late = add(due_at=now - DAY, level="major")
    order = {"sheet_type": "supervision_sheet", "status": "issued", "case_id": late}
    put(
        "supervision_order",
        order | {"number": 1, "colour": "red", "issued_at": BEFORE.start},
        order | {"number": 2, "colour": "red", "issued_at": now - DAY},
    )
    found = look(lambda view: read_awards(view, Kind.TOWNSHIPS, RULE, MONTH, BEFORE))
    first, second, third = found.scores
    assert (first.unit, first.rank, first.due, first.award) == (HUASHAN, 1, 6, "good")
    assert (second.unit, second.due, second.award) == (XIPING, 7, "slow")
    assert {each.name: each.count for each in second.deductions} == {
        "yellow_orders": 0, "red_orders": 1, "overdue_open": 1, "overdue_unexplained": 1,
    }  # fmt: skip
    assert (third.unit, third.rank, third.score) == (BAISHUI, None, None)


@pytest.fixture
def grid(put):
    """Three workers of 西平街道 and one of 花山街道 with a few entries."""
    for n, town in enumerate((XIPING, XIPING, XIPING, HUASHAN)):
        put("grid_worker", {"worker_id": f"w{n}", "name": f"{n}号", "area_code": town,
                            "township_code": town})  # fmt: skip
    at = MONTH.start + DAY
    usual = {"rule_id": "valid_report", "points": 2.0, "amount_yuan": 3.0, "at": at}
    none = {"reverses": None}
    put(
        "points_entry",
        {"entry_id": 1, "worker_id": "w0", **usual, **none},
        {"entry_id": 2, "worker_id": "w0", **usual, **none},
        {"entry_id": 3, "worker_id": "w1", **usual, **none},
        {"entry_id": 4, "worker_id": "w3", **usual, **none},
        {"entry_id": 5, "worker_id": "w0", **usual, "points": -2.0, "amount_yuan": -3.0,
         "reverses": 1},
        {"entry_id": 6, "worker_id": "w1", **usual, **none, "at": BEFORE.start},
    )  # fmt: skip


def test_points_are_totals_of_areas_and_a_median_that_tells_on_nobody(grid, look):
    found = look(lambda view: read_points(view, TABLE, MONTH, ZONE))
    xiping, huashan, baishui = found.areas
    assert (xiping.workers, xiping.points, xiping.amount_yuan, xiping.accepted) == (3, 4, 6, 2)
    assert xiping.median == pytest.approx(2 * 30 / 18)
    assert (huashan.points, huashan.median) == (2, None)
    assert (baishui.workers, baishui.points) == (0, 0)


def test_without_a_table_points_are_not_configured(grid, look):
    found = look(lambda view: read_points(view, PointsSettings(), MONTH, ZONE))
    assert (found.configured, found.areas) == (False, ())


def test_a_worker_sees_their_own_points_beside_the_median(grid, look):
    own = look(lambda view: read_own_points(view, "w0", MONTH, ZONE))
    assert (own.balance.points, own.balance.accepted, own.rank) == (2, 1, 1)
    assert own.median == own.per_month
    assert look(lambda view: read_own_points(view, "w2", MONTH, ZONE)).rank is None
    assert look(lambda view: read_own_points(view, "nobody", MONTH, ZONE)) is None


def test_rules_come_from_the_settings_before_the_databases_own(county, put, look):
    def rules(settings):
        return look(
            lambda view: (
                award_rule(view.connection, settings),
                points_settings(view.connection, settings),
            )
        )

    assert rules(Settings()) == (None, PointsSettings())
    put("site", {"key": "awards", "value": RULE.model_dump()},
        {"key": "points", "value": TABLE.model_dump()})  # fmt: skip
    assert rules(Settings()) == (RULE, TABLE)
    other = AwardRule.model_validate(RULE.model_dump() | {"eligible_from_due": 9})
    mine = Settings(awards=other, points=PointsSettings(rules=TABLE.rules[:1]))
    assert rules(mine) == (other, mine.points)
