"""Boards of past full hours, as they were shown."""

from contextlib import suppress
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, select

from dashboard.database.tables import snapshot_history
from dashboard.snapshots.board import Board
from dashboard.snapshots.encode import board_bytes, board_from, earlier_board_from

SCOPE = "wall"


def store(connection: Connection, board: Board) -> None:
    """Keep a board under its own instant, which must be a full hour; replaces an earlier one.

    Raises:
        ValueError: `as_of` is not a full hour.
    """
    at = board.as_of
    if at.timestamp() % 3600:
        raise ValueError(f"{at.isoformat()} is not a full hour")
    connection.execute(delete(snapshot_history).where(_is(at)))
    connection.execute(insert(snapshot_history).values(scope=SCOPE, at=at, body=board_bytes(board)))


def is_stored(connection: Connection, at: datetime) -> bool:
    """Tell whether a board of that full hour is kept."""
    query = select(snapshot_history.c.at).where(_is(at))
    return connection.execute(query).first() is not None


def board_at(connection: Connection, at: datetime) -> Board | None:
    """Return the board of that full hour, None where none is kept."""
    return boards_at(connection, (at,)).get(at)


def boards_at(connection: Connection, instants: tuple[datetime, ...]) -> dict[datetime, Board]:
    """Return the kept boards among those full hours, by their hour, in one statement.

    A board whose league had ranks comes back without its league; one of any other shape counts as
    not kept.
    """
    query = select(snapshot_history.c.at, snapshot_history.c.body).where(
        snapshot_history.c.scope == SCOPE, snapshot_history.c.at.in_(instants)
    )
    boards = {}
    for at, body in connection.execute(query):
        if (board := _opened(body)) is not None:
            boards[at] = board
    return boards


def _opened(body: bytes) -> Board | None:
    for reader in (board_from, earlier_board_from):
        with suppress(ValueError, TypeError):
            return reader(body)
    return None


def _is(at: datetime) -> ColumnElement[bool]:
    return and_(snapshot_history.c.scope == SCOPE, snapshot_history.c.at == at)
