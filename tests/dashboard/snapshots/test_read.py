from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from dashboard.calendar import WorkCalendar
from dashboard.database.engine import reading, writing
from dashboard.profile import load_profile
from dashboard.settings import Settings
from dashboard.snapshots.board import Board
from dashboard.snapshots.read import read_board
from tests.worlds import a_case

SHANGHAI = ZoneInfo("Asia/Shanghai")
CALENDAR = WorkCalendar.load(SHANGHAI)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def board_of(engine, as_of, profile="zhanyi", settings=None) -> Board:
    with reading(engine) as connection:
        return read_board(
            connection,
            profile=load_profile(profile),
            settings=settings or Settings(),
            calendar=CALENDAR,
            as_of=as_of,
        )


@pytest.fixture
def add(county):
    """Insert one case; the keyword arguments are its columns."""

    def insert(**columns):
        with writing(county) as connection:
            return a_case(connection, **columns)

    return insert


def test_an_empty_database_has_a_board_of_zeros_and_undefined_rates(blank, now):
    board = board_of(blank, now)
    assert board.tallies.accepted.value == board.tallies.open.value == 0
    assert board.tallies.accepted.delta == 0
    assert board.tallies.open.delta is None
    assert board.tallies.on_time.rate is None
    assert board.tallies.on_time_trend == (None,) * 14
    assert [one.code for one in board.situations] == list(load_profile("zhanyi").situations)
    assert board.directory.county.full == "沾益区"
    assert board.townships == ()


def test_flows_compare_with_the_same_clock_time_yesterday(county, add, now):
    add(accepted_at=now - HOUR)
    add(accepted_at=now - DAY)
    add(accepted_at=now - DAY - HOUR)
    add(accepted_at=now - DAY + HOUR)
    accepted = board_of(county, now).tallies.accepted
    assert (accepted.value, accepted.delta) == (1, 1 - 2)
    assert accepted.trend == (0,) * 12 + (3, 1)
