from dataclasses import is_dataclass, replace
from datetime import UTC, date, datetime, timedelta
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import insert

from dashboard.database.engine import reading, writing
from dashboard.database.tables import snapshot_history
from dashboard.snapshots.board import Board
from dashboard.snapshots.encode import board_bytes, board_from
from dashboard.snapshots.history import board_at, boards_at, is_stored, store
from tests.boards import a_board

HOUR = datetime(2026, 3, 18, 6, tzinfo=UTC)

LONG_AGO, FAR_OFF = 1293840000, 2208988800  # 2011 and 2040, seconds
LEAVES = {
    datetime: st.integers(LONG_AGO, FAR_OFF).map(lambda s: datetime.fromtimestamp(s, UTC)),
    date: st.dates(date(2011, 1, 1), date(2040, 1, 1)),
    float: st.floats(allow_nan=False, allow_infinity=False),
    int: st.integers(-(2**53), 2**53),
    bool: st.booleans(),
    str: st.text(max_size=5),
    NoneType: st.none(),
}


def any_of(shape: Any) -> st.SearchStrategy[Any]:
    """Every value a field of this type can have."""
    if is_dataclass(shape):
        hints = get_type_hints(shape)
        return st.builds(shape, **{name: any_of(hint) for name, hint in hints.items()})
    if get_origin(shape) is tuple:
        first, *rest = get_args(shape)
        if rest == [...]:
            return st.lists(any_of(first), max_size=2).map(tuple)
        return st.tuples(*map(any_of, get_args(shape)))
    if get_origin(shape) is UnionType:
        return st.one_of(*map(any_of, get_args(shape)))
    return LEAVES[shape] if shape in LEAVES else st.sampled_from(shape)


@settings(max_examples=40, deadline=None)
@given(any_of(Board))
def test_a_board_is_the_same_after_it_was_written_and_read(board: Board):
    assert board_from(board_bytes(board)) == board
    assert board_bytes(board_from(board_bytes(board))) == board_bytes(board)


def test_a_stored_board_comes_back_by_its_hour(blank):
    board = a_board(as_of=HOUR)
    with writing(blank) as connection:
        store(connection, board)

    with reading(blank) as connection:
        assert board_at(connection, HOUR) == board
        assert board_at(connection, HOUR - timedelta(hours=1)) is None
        assert is_stored(connection, HOUR)
        assert not is_stored(connection, HOUR - timedelta(hours=1))


def test_storing_an_hour_again_replaces_it(blank):
    with writing(blank) as connection:
        store(connection, a_board(as_of=HOUR, supervised=1))
        store(connection, a_board(as_of=HOUR, supervised=2))

    with reading(blank) as connection:
        found = board_at(connection, HOUR)
    assert found is not None
    assert found.supervised == 2


def test_only_full_hours_are_kept(blank):
    with writing(blank) as connection, pytest.raises(ValueError, match="not a full hour"):
        store(connection, a_board(as_of=HOUR + timedelta(seconds=1)))


def test_several_hours_come_in_one_go_without_those_that_are_not_kept(blank):
    days = tuple(HOUR - timedelta(days=n) for n in range(4))
    with writing(blank) as connection:
        for at in (days[0], days[2]):
            store(connection, a_board(as_of=at))

    with reading(blank) as connection:
        assert set(boards_at(connection, days)) == {days[0], days[2]}


def test_a_board_from_when_leagues_had_ranks_comes_back_without_its_league(blank):
    board = a_board(as_of=HOUR)
    body = orjson.loads(board_bytes(board))
    on_time = body["league"]["townships"]["on_time"]
    row = {"unit": "530303001000", "on_time": on_time, "rank": 1}
    body["league"] = {"townships": [row], "departments": [], "rank_from_due": 10}
    with writing(blank) as connection:
        row = {"scope": "wall", "at": HOUR, "body": orjson.dumps(body)}
        connection.execute(insert(snapshot_history).values(row))

    with reading(blank) as connection:
        found = board_at(connection, HOUR)
    assert found is not None
    assert replace(found, league=board.league) == board
    assert found.league.townships.groups == found.league.departments.groups == ()


def test_a_board_from_before_briefings_could_be_late_has_none_that_is():
    body = orjson.loads(board_bytes(a_board()))
    del body["unsealed"]
    assert board_from(orjson.dumps(body)) == a_board()


def test_a_board_of_another_shape_counts_as_not_kept(blank):
    with writing(blank) as connection:
        row = {"scope": "wall", "at": HOUR, "body": b'{"as_of": "2026-03-18T06:00:00Z"}'}
        connection.execute(insert(snapshot_history).values(row))

    with reading(blank) as connection:
        assert board_at(connection, HOUR) is None
