from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, insert

from dashboard.calendar import WorkCalendar
from dashboard.database.engine import reading, writing
from dashboard.database.tables import area, site
from dashboard.snapshots.read_area import read_area
from dashboard.terms import Stage
from tests import worlds

CALENDAR = WorkCalendar.load(ZoneInfo("Asia/Shanghai"))
MIDNIGHT = datetime(2026, 3, 17, 16, 0, tzinfo=UTC)


def summary_of(engine: Engine, code: str, now: datetime):
    with reading(engine) as connection:
        return read_area(connection, code, calendar=CALENDAR, as_of=now)


def test_a_township_counts_its_own_cases_and_no_others(county, now):
    with writing(county) as connection:
        worlds.a_case(connection, accepted_at=now - timedelta(hours=1))
        worlds.a_case(connection, accepted_at=MIDNIGHT - timedelta(seconds=1))
        worlds.a_case(connection, accepted_at=now - timedelta(days=5))
        worlds.a_case(
            connection,
            accepted_at=now - timedelta(days=6),
            stage=Stage.CLOSED,
            stage_since=now - timedelta(days=5),
            closed_at=now - timedelta(days=5),
        )
        worlds.a_case(connection, area_code=worlds.BAISHUI, township_code=worlds.BAISHUI)
    summary = summary_of(county, worlds.XIPING, now)
    assert (summary.accepted_today, summary.open, summary.overdue) == (1, 3, 1)
    assert (summary.on_time.met, summary.on_time.due) == (1, 2)
    assert summary.on_time.rate == 0.5


def test_a_township_without_a_case_is_all_zero_and_has_no_rate(county, now):
    summary = summary_of(county, worlds.HUASHAN, now)
    assert (summary.accepted_today, summary.open, summary.overdue) == (0, 0, 0)
    assert summary.on_time.rate is None


def test_an_area_says_what_it_lies_in_and_whether_its_data_are_invented(county, now):
    summary = summary_of(county, worlds.XIPING, now)
    assert [name.code for name in summary.parents] == [worlds.COUNTY]
    assert not summary.synthetic
    with writing(county) as connection:
        connection.execute(insert(site).values(key="synthetic", value=True))
    assert summary_of(county, worlds.XIPING, now).synthetic


def test_a_county_counts_the_cases_of_its_townships(county, now):
    with writing(county) as connection:
        worlds.a_case(connection)
        worlds.a_case(connection, area_code=worlds.BAISHUI, township_code=worlds.BAISHUI)
    assert summary_of(county, worlds.COUNTY, now).open == 2


def test_codes_that_begin_alike_are_not_mixed_up(county, now):
    rows = [
        {"area_code": code, "level": "township", "name": code, "short_name": code}
        for code in ("A1", "A15")
    ]
    with writing(county) as connection:
        connection.execute(insert(area), rows)
        worlds.a_case(connection, area_code="A15", township_code="A15")
    assert summary_of(county, "A1", now).open == 0
    assert summary_of(county, "A15", now).open == 1


def test_villages_and_strangers_have_no_page(county, now):
    assert summary_of(county, "530303001001", now) is None
    assert summary_of(county, "999999", now) is None
