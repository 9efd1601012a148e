"""A board as bytes and back, for the rows that keep it."""

from functools import cache

import orjson
from pydantic import TypeAdapter

from dashboard.snapshots.board import Board, LeagueTable, OnTime

_UNKNOWN = LeagueTable(
    significant=False,
    p=None,
    on_time=OnTime(met=0, due=0, pending=0, rate=None),
    groups=(),
    few=(),
    few_below=0,
)


def board_bytes(board: Board) -> bytes:
    """Write the board as JSON; equal boards give equal bytes."""
    return orjson.dumps(board)


def board_from(body: bytes) -> Board:
    """Read a board back.

    Raises:
        pydantic.ValidationError: the bytes are another version's board, or no board.
    """
    return _adapter().validate_json(body)


def earlier_board_from(body: bytes) -> Board:
    """Read a board back without its league, which had ranks until tables had bands.

    Tallies are compared with those of boards up to a fortnight old; nobody asks for their league.

    Raises:
        ValueError: no board, or one of another version.
    """
    board = {**orjson.loads(body), "league": {"townships": _UNKNOWN, "departments": _UNKNOWN}}
    return board_from(orjson.dumps(board))


@cache
def _adapter() -> TypeAdapter[Board]:
    return TypeAdapter(Board)
