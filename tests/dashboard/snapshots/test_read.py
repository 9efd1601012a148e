import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, event, insert

from dashboard.calendar import WorkCalendar
from dashboard.database import tables
from dashboard.database.engine import open_engine, reading, writing
from dashboard.profile import PROFILES, load_profile
from dashboard.settings import Privacy, Settings, Wall
from dashboard.snapshots import history
from dashboard.snapshots.board import Board, OnTime
from dashboard.snapshots.encode import board_bytes
from dashboard.snapshots.read import read_board
from dashboard.terms import Channel, Colour, Event, Risk, Situation, Stage
from tests.dashboard.snapshots.random_worlds import fill, worlds
from tests.services import postgres
from tests.worlds import BAISHUI, HUASHAN, XIPING, a_case, small_county

SHANGHAI = ZoneInfo("Asia/Shanghai")
CALENDAR = WorkCalendar.load(SHANGHAI)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FEW = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def board_of(
    engine, as_of, profile="zhanyi", wall=None, calendar=CALENDAR, sensitive=frozenset()
) -> Board:
    with reading(engine) as connection:
        return read_board(
            connection,
            profile=load_profile(profile),
            settings=Settings(wall=wall or Wall(), privacy=Privacy(sensitive_categories=sensitive)),
            calendar=calendar,
            as_of=as_of,
        )


@pytest.fixture
def add(county):
    """Insert one case; the keyword arguments are its columns."""

    def insert_case(**columns):
        with writing(county) as connection:
            return a_case(connection, **columns)

    return insert_case


@pytest.fixture
def put(county):
    """Insert one row into another table."""

    def insert_row(table, **columns):
        with writing(county) as connection:
            connection.execute(insert(table).values(**columns))

    return insert_row


def test_an_empty_database_has_a_board_of_zeros_and_undefined_rates(blank, now):
    board = board_of(blank, now)
    assert board.tallies.accepted.value == board.tallies.open.value == 0
    assert board.tallies.accepted.delta == 0
    assert board.tallies.open.delta is None
    assert board.tallies.open.trend == (None,) * 13 + (0,)
    assert board.tallies.on_time.rate is None
    assert board.tallies.on_time_trend == (None,) * 14
    assert [one.code for one in board.situations] == list(load_profile("zhanyi").situations)
    assert board.directory.county.full == "沾益区"
    assert (board.townships, board.duty, board.sources, board.synthetic) == ((), None, (), False)


def test_flows_compare_with_the_same_clock_time_yesterday(county, add, now):
    add(accepted_at=now - HOUR)
    add(accepted_at=now - DAY)
    add(accepted_at=now - DAY - HOUR)
    add(accepted_at=now - DAY + HOUR)
    accepted = board_of(county, now).tallies.accepted
    assert (accepted.value, accepted.delta) == (1, 1 - 2)
    assert accepted.trend == (0,) * 12 + (3, 1)


def test_closures_count_by_the_day_they_closed(county, add, now):
    add(accepted_at=now - 9 * DAY, closed_at=now, stage="closed", close_outcome="resolved")
    add(accepted_at=now - 9 * DAY, closed_at=now - DAY, stage="closed", close_outcome="diverted")
    add(accepted_at=now - 9 * DAY, stage_since=now, stage="withdrawn", close_outcome="withdrawn")
    board = board_of(county, now)
    assert (board.tallies.closed.value, board.tallies.closed.delta) == (1, 0)
    assert board.tallies.closed.trend[-2:] == (1, 1)
    assert board.stages[-1].code is Stage.CLOSED
    assert board.stages[-1].count == 1
    assert board.tallies.open.value == 0


def test_a_day_begins_at_midnight_of_the_zone(county, add):
    midnight = datetime(2026, 3, 17, 16, tzinfo=UTC)
    add(accepted_at=midnight - timedelta(seconds=1))
    add(accepted_at=midnight)
    assert board_of(county, midnight).tallies.accepted.trend[-2:] == (1, 1)


def test_stocks_compare_with_the_boards_that_were_shown(county, add, now):
    first = add(accepted_at=now - 5 * DAY, due_at=now - 4 * DAY)
    hour = now.replace(minute=0, second=0)
    midnight = datetime(2026, 3, 15, 16, tzinfo=UTC)
    shown = board_of(county, now)
    with writing(county) as connection:
        for at in (hour - DAY, midnight):
            history.store(connection, replace(shown, as_of=at))
        connection.execute(delete(tables.cases).where(tables.cases.c.id == first))
    tallies = board_of(county, now).tallies
    assert (tallies.open.value, tallies.open.delta) == (0, -1)
    assert (tallies.overdue.value, tallies.overdue.delta) == (0, -1)
    assert tallies.open.trend == (None,) * 10 + (1, None, None, 0)


def test_the_month_counts_what_is_due_in_it(county, add, now):
    add(accepted_at=now - 40 * DAY, due_at=now - 30 * DAY)  # last month's
    add(due_at=now - DAY)
    add(due_at=now + DAY)
    add(due_at=now + 2 * DAY, closed_at=now - DAY, stage="closed", close_outcome="resolved")
    add(due_at=now + 20 * DAY)  # next month's
    board = board_of(county, now)
    assert board.tallies.on_time == OnTime(met=1, due=2, pending=1, rate=0.5)
    assert board.tallies.on_time_trend[-2:] == (0.0, None)


def test_units_that_do_not_differ_for_certain_have_no_order_and_few_cases_stand_apart(
    county, add, now
):
    for township, met, missed in ((BAISHUI, 6, 0), (HUASHAN, 5, 1), (XIPING, 6, 0)):
        for _ in range(met):
            add(township_code=township, lead_dept_id=None, due_at=now - HOUR,
                closed_at=now - DAY, stage="closed", close_outcome="resolved")  # fmt: skip
        for _ in range(missed):
            add(township_code=township, lead_dept_id="water", due_at=now - HOUR)
    league = board_of(county, now, wall=Wall(rank_from_due=6)).league
    [group] = league.townships.groups
    assert not league.townships.significant
    assert (group.band, [row.unit for row in group.rows]) == (None, [XIPING, HUASHAN, BAISHUI])
    assert group.on_time == OnTime(met=17, due=18, pending=0, rate=17 / 18)
    assert league.townships.few == ()
    assert (league.departments.p, league.departments.groups) == (None, ())
    few = {row.unit: row.on_time for row in league.departments.few}
    assert list(few) == ["hrss", "housing", "water", "justice"]
    assert few["water"] == OnTime(met=0, due=1, pending=0, rate=0.0)


def test_units_that_differ_stand_in_bands(county, add, now):
    for township, met, missed in ((XIPING, 0, 12), (HUASHAN, 12, 0), (BAISHUI, 12, 0)):
        for at in range(met + missed):
            closed = {"closed_at": now - DAY, "stage": "closed", "close_outcome": "resolved"}
            add(township_code=township, due_at=now - HOUR, **(closed if at < met else {}))
    found = board_of(county, now).league.townships
    assert found.significant
    assert [[row.unit for row in group.rows] for group in found.groups] == [
        [HUASHAN, BAISHUI], [XIPING]
    ]  # fmt: skip


def test_a_situation_has_its_hours_its_items_and_its_newest_case(county, add, put, now):
    add(accepted_at=now, situation="petition", source_channel="petition", township_code=BAISHUI,
        category_code="0701")  # fmt: skip
    add(accepted_at=now - 23 * HOUR, situation="petition")
    add(accepted_at=now - 24 * HOUR, situation="petition")
    put(tables.intelligence_item, source_channel="petition", source_no="1", received_at=now,
        situation="petition", area_code=BAISHUI, title="x", status="new")  # fmt: skip
    petition = next(
        one for one in board_of(county, now).situations if one.code is Situation.PETITION
    )
    assert (petition.cases, petition.delta, petition.intelligence) == (1, 0, 1)
    assert petition.hours == (1, *(0,) * 22, 1)
    assert (petition.band, petition.unusual) == (None, None)
    newest = petition.newest
    assert (newest.at, newest.township, newest.category) == (now, BAISHUI, "0701")
    assert newest.channel is Channel.PETITION


def test_today_is_unusual_against_the_same_part_of_earlier_days(county, add, now):
    for back in range(1, 16):
        add(accepted_at=now - back * DAY - HOUR, situation="police")
        add(accepted_at=now - back * DAY + HOUR, situation="police")
    add(accepted_at=now - 2 * HOUR, situation="police")
    add(accepted_at=now - 2 * HOUR, situation="police")
    police = next(one for one in board_of(county, now).situations if one.code == "police")
    assert police.unusual == "high"
    assert police.band[-1] == (0, 0)
    low, high = police.band[-2]
    assert low <= 1 <= high


def test_the_list_begins_with_the_longest_overdue(county, add, now):
    for hours in (5, -3, -30, 2, -1, 9, 8, 7, 6, 4):
        add(due_at=now + hours * HOUR, yellow_at=now)
    add(due_at=None)
    warnings = board_of(county, now).warnings
    assert [row.left_s // 3600 for row in warnings.rows] == [-30, -3, -1, 2, 4, 5, 6, 7]
    assert [row.colour for row in warnings.rows[2:4]] == [Colour.RED, Colour.YELLOW]
    assert (warnings.red, warnings.yellow, warnings.blue) == (3, 7, 0)
    assert re.fullmatch(r"D\d{5,}", warnings.rows[0].case_tail)


def test_colours_of_the_last_ten_minutes_are_recent(county, add, now):
    minute = timedelta(minutes=1)
    add(blue_at=now, yellow_at=now + HOUR, due_at=now + 2 * HOUR)
    add(blue_at=now - HOUR, yellow_at=now - HOUR, due_at=now - 9 * minute)
    add(blue_at=now - HOUR, yellow_at=now - 10 * minute, due_at=now + HOUR)
    assert board_of(county, now).warnings.recent == 2


def test_hazard_points_without_a_place_count_and_are_not_on_the_map(county, put, now):
    for name, risk, lon in (("a", "low", 103.8), ("b", "high", 103.9), ("c", "high", None)):
        put(tables.hazard_point, point_id=name, name=name, risk_level=risk, lon=lon, lat=25.6,
            area_code=BAISHUI, township_code=BAISHUI, found_at=now - DAY, status="open",
            updated_at=now)  # fmt: skip
    hazards = board_of(county, now).hazards
    assert (hazards.high, hazards.medium, hazards.low) == (2, 0, 1)
    assert [(mark.id, mark.risk) for mark in hazards.marks] == [("b", Risk.HIGH), ("a", Risk.LOW)]


def test_a_point_is_placed_to_a_hundred_metres_and_never_where_its_case_is_sensitive(
    county, add, put, now
):
    cases = {code: add(category_code=code) for code in ("0101", "minor", "0201")}
    for n, case in enumerate([None, *cases.values()]):
        put(tables.hazard_point, point_id=str(n), name="p", risk_level="high", lon=103.80449,
            lat=25.60551, area_code=BAISHUI, township_code=BAISHUI, found_at=now - DAY,
            status="open", case_id=case, updated_at=now)  # fmt: skip
    assert [mark.id for mark in board_of(county, now).hazards.marks] == ["0", "1", "3"]
    board = board_of(county, now, sensitive=frozenset({"01"}))
    assert [(mark.id, mark.lon, mark.lat) for mark in board.hazards.marks] == [
        ("0", 103.804, 25.606), ("3", 103.804, 25.606),
    ]  # fmt: skip
    assert board.hazards.high == 4


def test_the_wall_names_no_sensitive_category(county, add, now):
    for code, due in (("minor", 1), ("0102", 2), ("0201", 3)):
        add(category_code=code, accepted_at=now - due * HOUR, due_at=now + due * HOUR)
    board = board_of(county, now, sensitive=frozenset({"0102"}))
    assert [row.category for row in board.warnings.rows] == [None, None, "0201"]
    newest = [one.newest for one in board.situations if one.newest is not None]
    assert [one.category for one in newest] == [None]


def test_moves_lead_to_the_department_addressed_newest_first(county, add, put, now):
    case = add(lead_dept_id="hrss", township_code=BAISHUI)
    for seq, (type_, hours, dept) in enumerate(
        (("dispatch", -30, None), ("dispatch", -2, "water"), ("progress", -1, None),
         ("claim", -1, None)), start=1
    ):  # fmt: skip
        put(tables.case_event, case_id=case, seq=seq, at=now + hours * HOUR, recorded_at=now,
            type=type_, to_stage="claimed", actor_role="dept", dept_id=dept, payload={}, before={},
            after={}, source="app", hash="")  # fmt: skip
    moves = board_of(county, now).moves
    assert moves.today == 2
    assert [(move.event, move.department) for move in moves.rows] == [
        (Event.CLAIM, "hrss"), (Event.DISPATCH, "water")
    ]  # fmt: skip
    assert moves.rows[0].township == BAISHUI


def test_a_silent_source_is_late_after_three_intervals(county, put, now):
    put(tables.source, channel="window", last_received_at=now - 2 * HOUR, expected_every_s=2400)
    put(tables.source, channel="police_110", last_received_at=now - 2 * HOUR, expected_every_s=2399)
    put(tables.source, channel="court", last_received_at=now - 90 * DAY)
    sources = board_of(county, now).sources
    assert [(source.channel, source.late) for source in sources] == [
        (Channel.WINDOW, False), (Channel.POLICE_110, True), (Channel.COURT, False)
    ]  # fmt: skip


def test_the_duty_leader_is_the_one_whose_shift_runs(county, put, now):
    for name, role, start in (
        ("张", "duty_leader", -9),
        ("李", "duty_leader", -1),
        ("王", "lawyer", -1),
    ):
        put(tables.duty_shift, date=date(2026, 3, 18), shift="day", role=role, person_name=name,
            starts_at=now + start * HOUR, ends_at=now + (start + 8) * HOUR)  # fmt: skip
    assert board_of(county, now).duty.name == "李"


def test_deadlines_in_an_unknown_year_are_announced(county, add):
    december = datetime(2026, 12, 30, 4, tzinfo=UTC)
    add(accepted_at=december, due_at=december + 10 * DAY, due_provisional=True)
    board = board_of(county, december)
    assert board.provisional_years == (2027,)
    assert board.day.provisional is False


def test_a_prefecture_counts_by_county(blank, now):
    with writing(blank) as connection:
        areas = (("420900000000", None, "prefecture"), ("420902000000", "420900000000", "county"),
                 ("420902001000", "420902000000", "township"))  # fmt: skip
        for code, parent, level in areas:
            connection.execute(
                insert(tables.area).values(
                    area_code=code, parent_code=parent, level=level, name=code, short_name=code
                )
            )
        a_case(connection, area_code="420902001000", township_code="420902001000", due_at=now)
        a_case(connection, area_code="420902000000", township_code=None)
        a_case(connection, area_code="420900000000", township_code=None)
    board = board_of(blank, now, "xiaogan")
    assert board.directory.county.code == "420900000000"
    assert [(load.code, load.open) for load in board.townships] == [("420902000000", 2), (None, 1)]
    assert [row.unit for row in board.league.townships.few] == ["420902000000"]
    assert {row.township for row in board.warnings.rows} == {"420902000000", None}


def test_a_county_below_a_prefecture_is_the_profile_s_own(blank, now):
    with writing(blank) as connection:
        for code, level in (("420900000000", "prefecture"), ("420902000000", "county"),
                            ("420923000000", "county")):  # fmt: skip
            connection.execute(
                insert(tables.area).values(area_code=code, level=level, name=code, short_name=code)
            )
    assert board_of(blank, now, "yunmeng").directory.county.code == "420923000000"


def test_supervision_is_called_what_the_profile_calls_it(blank, now):
    assert board_of(blank, now, "haifeng").supervision_label == "跟踪督办"


def test_synthetic_data_are_marked(county, put, now):
    put(tables.site, key="synthetic", value=True)
    assert board_of(county, now).synthetic is True


def test_a_zone_with_summer_time_keeps_its_days(county, add):
    boston = WorkCalendar.load(ZoneInfo("America/New_York"))
    after_change = datetime(2026, 3, 8, 16, tzinfo=UTC)  # 12:00 EDT; clocks went forward at 02:00
    add(accepted_at=datetime(2026, 3, 8, 5, tzinfo=UTC))  # 00:00 EST that day
    add(accepted_at=datetime(2026, 3, 8, 4, 59, tzinfo=UTC))
    board = board_of(county, after_change, calendar=boston)
    assert board.tallies.accepted.trend[-2:] == (1, 1)


@given(rows=worlds, profile=st.sampled_from(PROFILES))
@FEW
def test_the_sums_of_a_board_hold(county, now, profile, rows):
    fill(county, rows)
    board = board_of(county, now, profile)
    tallies, in_hand = board.tallies, [one for one in board.stages if one.code is not Stage.CLOSED]
    assert sum(one.cases for one in board.situations) + board.unclassified == tallies.accepted.value
    assert sum(one.count for one in in_hand) == tallies.open.value
    assert sum(one.overdue for one in board.stages) == tallies.overdue.value == board.warnings.red
    assert sum(one.open for one in board.townships) == tallies.open.value
    assert sum(one.overdue for one in board.townships) == tallies.overdue.value
    named = {name.code for name in board.directory.townships}
    assert {one.code for one in board.townships} - {None} == named
    tables = (board.league.townships, named), (board.league.departments, set())
    for table, units in tables:
        rows = [*(row for group in table.groups for row in group.rows), *table.few]
        assert units <= {row.unit for row in rows}
        assert table.on_time.due == sum(row.on_time.due for row in rows)
        assert table.on_time.met == sum(row.on_time.met for row in rows)
        assert all(row.on_time.rate is None or 0 <= row.on_time.rate <= 1 for row in rows)
    closing = [one for one in board.stages if one.code is Stage.CLOSED]
    assert [one.count for one in closing] == [tallies.closed.value]


@pytest.fixture
def two_databases(sqlite_blank, postgres_url, tmp_path):
    """The small county on SQLite and on PostgreSQL."""
    file = tmp_path / "same.db"
    file.write_bytes(sqlite_blank.read_bytes())
    postgres.run(postgres_url, "CREATE DATABASE same TEMPLATE blank")
    engines = [open_engine(f"sqlite:///{file}"), open_engine(f"{postgres_url}/same")]
    for engine in engines:
        with writing(engine) as connection:
            small_county(connection)
    yield engines
    for engine in engines:
        engine.dispose()
    postgres.run(postgres_url, "DROP DATABASE same")


@given(rows=worlds)
@FEW
def test_both_databases_give_equal_boards(two_databases, now, rows):
    for engine in two_databases:
        fill(engine, rows)
    on_sqlite, on_postgresql = (board_of(engine, now) for engine in two_databases)
    assert on_sqlite == on_postgresql


def test_the_number_of_statements_does_not_grow_with_the_cases(county, add, now):
    statements = []
    add(accepted_at=now)
    event.listen(county, "before_cursor_execute", lambda *call: statements.append(call[2]))
    board_of(county, now)
    few = len(statements)
    for back in range(30):
        add(accepted_at=now - back * DAY)
    statements.clear()
    board_of(county, now)
    assert len(statements) == few <= 25


def test_the_zone_of_the_machine_changes_no_figure(county, machine_in, add):
    midnight = datetime(2026, 3, 17, 16, tzinfo=UTC)  # of the 18th, in Shanghai
    for seconds in (-1, 0, 1, 8 * 3600 - 1, 8 * 3600):
        add(accepted_at=midnight + timedelta(seconds=seconds))
    boards = set()
    for zone in ("UTC", "Asia/Shanghai", "America/New_York"):
        machine_in(zone)
        boards.add(board_bytes(board_of(county, midnight + timedelta(hours=9))))
    assert len(boards) == 1
    assert board_of(county, midnight + timedelta(hours=9)).tallies.accepted.value == 4
