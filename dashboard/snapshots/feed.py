"""The one board everybody sees: computed once a tick, however many threads and processes ask.

Who takes the lease computes; everybody else serves the board before until the new one is there.
"""

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from threading import Lock

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from dashboard.database.engine import reading, writing
from dashboard.database.faults import DiskFullError
from dashboard.database.limits import limited
from dashboard.database.wal import keep_small
from dashboard.snapshots import history
from dashboard.snapshots.board import Board
from dashboard.snapshots.shared import LEASE_S, SharedBoard

log = logging.getLogger(__name__)

LOOKS_PER_TICK = 10
"""How often a process asks, within one tick, for the board another one is computing."""


LOOK_S = 0.25
"""How long a request waits for another one that looks whether there is a newer board."""

PATIENCE = 3
"""A statement of the board may take so many times what one of a page may."""

FIRST_S = 10
"""How long a request waits for the first board there is."""


class NoBoardError(Exception):
    """Nothing to show yet: the database has not answered, or the first board is in the making."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A board and its tick; `fault`: the database has not answered since."""

    board: Board
    tick: int
    fault: bool = False


class Feed:
    """The current board of one database.

    `read` computes a board as of an instant. `scope` names the shared row: a wall with a shifted
    clock needs its own, else others would show its boards. `each_hour` does what is due once an
    hour beside keeping the board, by whoever holds the lease; it must bear being done twice.
    `go_on` makes of the last board what is shown where none can be computed: a row nobody can read
    must not take the wall and the desk down. Its figures keep their instant, so they are told as
    old; without `go_on` it stays as it is.
    """

    def __init__(  # noqa: PLR0913 -- how it reads, and what it does beside
        self,
        engine: Engine,
        read: Callable[[Connection, datetime], Board],
        now: Callable[[], datetime],
        *,
        every_s: int,
        scope: str = history.SCOPE,
        each_hour: Callable[[Connection, datetime], None] | None = None,
        go_on: Callable[[Connection, Board, datetime], Board] = lambda _connection, last, _at: last,
    ) -> None:
        self.every_s = every_s
        self._engine = engine
        self._read = read
        self._now = now
        self._shared = SharedBoard(engine, scope, every_s)
        self._one_at_a_time = Lock()
        self._held: Reading | None = None
        self._look_again_at = 0.0
        self._looking = Lock()
        self._holding = Lock()
        self._leased_until = 0.0
        self._each_hour = each_hour
        self._go_on = go_on
        self._keeps_hours = scope == history.SCOPE
        self._hour: datetime | None = None
        self._down = False
        self._full = False
        self._broken = False

    def latest(self) -> Reading:
        """Return this tick's board, or the one before while somebody computes.

        Only the caller that computes waits, and everybody while there is no board at all. Never
        older than one that any process has answered with, as far as the database tells in time.

        Raises:
            NoBoardError: nothing to show yet.
        """
        now = self._now()
        if self._held is not None and self._behind(now):
            self._look(now)
        none = self._held is None
        if (none or self._wanted(now)) and self._one_at_a_time.acquire(timeout=none * FIRST_S):
            try:
                now = self._now()
                if self._wanted(now):
                    self._renew(now)
            finally:
                self._one_at_a_time.release()
        if self._held is None:
            raise NoBoardError("no board yet")
        return self._held

    def _tick(self, now: datetime) -> int:
        return int(now.timestamp() // self.every_s)

    def _behind(self, now: datetime) -> bool:
        held = self._held
        return held is None or held.fault or not self._shared.is_current(held.tick, self._tick(now))

    def _wanted(self, now: datetime) -> bool:
        waits = 0 < self._look_again_at - now.timestamp() <= self.every_s
        return self._behind(now) and not waits

    def _look(self, now: datetime) -> None:
        """See whether another process has answered with a newer board already."""
        ours = 0 < self._leased_until - now.timestamp() <= LEASE_S  # then nobody has
        if ours or self._down or self._full or not self._looking.acquire(timeout=LOOK_S):
            return
        try:
            self._take(self._tick(now))
        except SQLAlchemyError as error:
            self._pause(now)
            self._fail(error)
        finally:
            self._looking.release()

    def _take(self, tick: int) -> None:
        """Hold what lies there, where it is newer, or ours is of a clock that was wrong."""
        held = self._held
        found = self._shared.newer(-1 if held is None else held.tick, tick)
        if found is not None:
            self._hold(Reading(found[1], found[0]), tick)

    def _hold(self, reading: Reading, tick: int) -> None:
        with self._holding:
            held = self._held
            if held is None or self._shared.is_later(reading.tick, held.tick, tick):
                self._held = reading

    def _pause(self, now: datetime) -> None:
        self._look_again_at = now.timestamp() + self.every_s / LOOKS_PER_TICK

    def _renew(self, now: datetime) -> None:
        self._pause(now)
        tick = self._tick(now)
        try:
            try:
                self._share(tick, now)
            except DiskFullError as error:
                self._compute_alone(tick, now, error)
        except SQLAlchemyError as error:
            self._pause(self._now())  # it may have taken long: who asked must not try again at once
            self._fail(error)
        except Exception as error:  # a row or the program, not the database: the last board goes on
            self._pause(self._now())
            if not self._broken:
                log.exception("no board can be computed, the last one goes on: %s", type(error))
            self._broken = True
            self._keep_last(tick, now)
        else:
            self._recover()

    def _keep_last(self, tick: int, now: datetime) -> None:
        """Share the last board for this tick, with what may be told anew."""
        if self._held is None:
            return
        try:
            with reading(self._engine) as connection, self._in_time(connection):
                board = self._go_on(connection, self._held.board, now.replace(microsecond=0))
            self._shared.put(tick, board)
            self._hold(Reading(board, tick), tick)
        except SQLAlchemyError as error:
            self._fail(error)

    def _share(self, tick: int, now: datetime) -> None:
        """Take the board another process computed, or compute it for all."""
        self._take(tick)
        current = self._held is not None and self._shared.is_current(self._held.tick, tick)
        if not current and self._shared.lease(tick, now):
            self._leased_until = now.timestamp() + LEASE_S
            try:
                self._compute(tick, now)
            finally:
                self._leased_until = 0.0
            if self._full:
                log.warning("the disk of the database has room again")
            if self._broken:
                log.warning("boards can be computed again")
            self._full = self._broken = False

    def _compute_alone(self, tick: int, now: datetime, error: DiskFullError) -> None:
        """Compute a board nobody else will see: what cannot be written can still be read."""
        if not self._full:
            log.error("the wall goes on, each process for itself: %s", error)
        self._full = True
        with reading(self._engine) as connection, self._in_time(connection):
            board = self._read(connection, now.replace(microsecond=0))
        self._hold(Reading(board, tick), tick)

    def _compute(self, tick: int, now: datetime) -> None:
        with reading(self._engine) as connection, self._in_time(connection):
            board = self._read(connection, now.replace(microsecond=0))
        if not self._shared.put(tick, board):
            log.warning("a board took longer than its lease, and another process was faster")
            self._take(self._tick(self._now()))
            return
        self._hold(Reading(board, tick), tick)
        keep_small(self._engine)
        if self._keeps_hours:
            self._keep_hour(now.replace(minute=0, second=0, microsecond=0))

    def _in_time(self, connection: Connection) -> AbstractContextManager[None]:
        """End a statement that is stuck: a request computes, which cannot wait for ever."""
        seconds = self._engine.get_execution_options().get("statement_s")
        return nullcontext() if seconds is None else limited(connection, PATIENCE * seconds)

    def _keep_hour(self, hour: datetime) -> None:
        """Once an hour, keep the board of the full hour, computed exactly as of it."""
        if hour == self._hour:
            return
        with reading(self._engine) as connection, self._in_time(connection):
            board = None if history.is_stored(connection, hour) else self._read(connection, hour)
        if board is not None:
            with writing(self._engine) as connection:
                history.store(connection, board)
        if self._each_hour is not None:
            with writing(self._engine) as connection:
                self._each_hour(connection, hour)
        self._hour = hour

    def _fail(self, error: SQLAlchemyError) -> None:
        if not self._down:
            log.error("the database does not answer, the wall keeps its last board: %s", error)
        self._down = True
        self._mark(fault=True)

    def _recover(self) -> None:
        if self._down:
            log.warning("the database answers again")
        self._down = False
        self._mark(fault=False)

    def _mark(self, *, fault: bool) -> None:
        with self._holding:
            if self._held is not None and self._held.fault is not fault:
                self._held = replace(self._held, fault=fault)
