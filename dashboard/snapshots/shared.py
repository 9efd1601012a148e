"""The row of `wall_snapshot` that processes share: the lease and the board of the last tick."""

import logging
from datetime import datetime
from uuid import uuid4

from pydantic import ValidationError
from sqlalchemy import ColumnElement, Engine, and_, case, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from dashboard.database.engine import reading, writing
from dashboard.database.tables import wall_snapshot
from dashboard.snapshots.board import Board
from dashboard.snapshots.encode import board_bytes, board_from

log = logging.getLogger(__name__)

LEASE_S = 5.0
"""After which a computation counts as lost; ten times what a board of 1e6 cases takes."""

AHEAD_S = 60
"""A row this far in the future was written by a clock that was wrong, and is computed anew."""


class SharedBoard:
    """One row, named `scope`, seen by every process that shows this database."""

    def __init__(self, engine: Engine, scope: str, every_s: int) -> None:
        self._engine = engine
        self._scope = scope
        self._owner = uuid4().hex
        self._ahead = AHEAD_S // every_s

    def is_current(self, held: int, tick: int) -> bool:
        """Tell whether a board of tick `held` will do for `tick`: other clocks may run ahead."""
        return tick <= held <= tick + self._ahead

    def is_later(self, found: int, held: int, tick: int) -> bool:
        """Tell whether a board of tick `found` comes after `held`, which may be beyond use."""
        return found > held or held > tick + self._ahead

    def newer(self, held: int, tick: int) -> tuple[int, Board] | None:
        """Return the tick and board that lie there unless they are `held`, or beyond use."""
        row = wall_snapshot.c
        with reading(self._engine) as connection:
            found = connection.execute(select(row.tick, row.body).where(self._mine())).first()
        if found is None:
            self._insert()
            return None
        if found.body is None or found.tick == held or found.tick > tick + self._ahead:
            return None
        try:
            return found.tick, board_from(found.body)
        except ValidationError:
            log.info("the stored board is another version's; it will be computed anew")
            return None

    def lease(self, tick: int, now: datetime) -> bool:
        """Try to become the one that computes `tick`; of all callers one gets True.

        A process asks from one thread at a time, so a lease of its own is one it failed to use.
        """
        row, at = wall_snapshot.c, now.timestamp()
        free = or_(row.lease_until < at, row.lease_until > at + AHEAD_S, row.owner == self._owner)
        with writing(self._engine) as connection:
            taken = connection.execute(
                update(wall_snapshot)
                .where(self._mine(), free, self._older_than(tick))
                .values(lease_until=at + LEASE_S, owner=self._owner)
            )
        return taken.rowcount == 1

    def put(self, tick: int, board: Board) -> bool:
        """Store the board for everybody and give the lease back; tell whether it was stored.

        Also when the lease ran out meanwhile, else a slow database would never show anything; but
        once somebody else took it, never over a newer board, however old this one has become.
        """
        row = wall_snapshot.c
        ours = row.owner == self._owner
        released = case((ours, 0.0), else_=row.lease_until)
        with writing(self._engine) as connection:
            stored = connection.execute(
                update(wall_snapshot)
                .where(self._mine(), or_(row.tick < tick, and_(ours, self._older_than(tick))))
                .values(tick=tick, body=board_bytes(board), lease_until=released)
            )
        return stored.rowcount == 1

    def _insert(self) -> None:
        empty = {"scope": self._scope, "tick": -1, "lease_until": 0.0}
        try:
            with writing(self._engine) as connection:
                connection.execute(insert(wall_snapshot).values(empty))
        except IntegrityError:
            log.debug("another process made the row %s", self._scope)

    def _mine(self) -> ColumnElement[bool]:
        return wall_snapshot.c.scope == self._scope

    def _older_than(self, tick: int) -> ColumnElement[bool]:
        row = wall_snapshot.c
        return or_(row.tick < tick, row.tick > tick + self._ahead)
