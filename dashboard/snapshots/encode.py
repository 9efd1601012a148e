"""A board as bytes and back, for the rows that keep it."""

from functools import cache

import orjson
from pydantic import TypeAdapter

from dashboard.snapshots.board import Board


def board_bytes(board: Board) -> bytes:
    """Write the board as JSON; equal boards give equal bytes."""
    return orjson.dumps(board)


def board_from(body: bytes) -> Board:
    """Read a board back.

    Raises:
        pydantic.ValidationError: the bytes are another version's board, or no board.
    """
    return _adapter().validate_json(body)


@cache
def _adapter() -> TypeAdapter[Board]:
    return TypeAdapter(Board)
