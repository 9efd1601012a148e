import logging
import multiprocessing
import os
import signal
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Event, Thread

import pytest
from sqlalchemy import Connection, Engine, func, insert, select, text, update

from dashboard.database.engine import open_engine, reading, writing
from dashboard.database.tables import import_run, wall_snapshot
from dashboard.snapshots.board import Board
from dashboard.snapshots.feed import Feed, NoBoardError
from dashboard.snapshots.history import board_at
from dashboard.snapshots.shared import AHEAD_S, LEASE_S, SharedBoard
from tests.boards import a_board, an_unsealed

START = datetime(2026, 3, 18, 6, 20, tzinfo=UTC)
EVERY_S = 5
spawn = multiprocessing.get_context("spawn")


class Clock:
    def __init__(self, at: datetime = START) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def forward(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


def plain(connection: Connection, as_of: datetime) -> Board:
    return a_board(as_of=as_of)


def counted(engine: Engine) -> Callable[[Connection, datetime], Board]:
    """A `read` that leaves a row for every computation, where every process can count it."""

    def read(connection: Connection, as_of: datetime) -> Board:
        row = {"source_channel": "test", "file_name": "", "mapping_name": "", "started_at": as_of}
        with writing(engine) as own:
            own.execute(insert(import_run).values(row))
        return a_board(as_of=as_of)

    return read


def computations(engine: Engine) -> list[datetime]:
    with reading(engine) as connection:
        return list(connection.scalars(select(import_run.c.started_at)))


def a_feed(engine: Engine, clock: Clock, read: Callable[..., Board] = plain) -> Feed:
    # a scope of its own keeps no hours, so that each computation is one of a tick
    return Feed(engine, read, clock, every_s=EVERY_S, scope="counted")


def hammer(feed: Feed, threads: int = 4, calls: int = 5) -> None:
    def view() -> None:
        for _ in range(calls):
            try:
                feed.latest()
            except NoBoardError:
                continue

    viewers = [Thread(target=view) for _ in range(threads)]
    for viewer in viewers:
        viewer.start()
    for viewer in viewers:
        viewer.join()


def hammer_in_step(url: str, ticks: int, barrier) -> None:
    """The body of a process: all processes meet before and after each tick."""
    engine, clock = open_engine(url), Clock()
    feed = a_feed(engine, clock, counted(engine))
    for _ in range(ticks):
        barrier.wait()
        hammer(feed)
        barrier.wait()
        clock.forward(EVERY_S)
    engine.dispose()


def die_computing(url: str) -> None:
    def read(connection: Connection, as_of: datetime) -> Board:
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError

    a_feed(open_engine(url), Clock(), read).latest()


def url_of(engine: Engine) -> str:
    return engine.url.render_as_string(hide_password=False)


def test_threads_that_ask_at_once_cause_one_computation_a_tick(blank):
    clock = Clock()
    feed = a_feed(blank, clock, counted(blank))

    for _ in range(6):
        hammer(feed, threads=8)
        clock.forward(EVERY_S)

    assert computations(blank) == [START + timedelta(seconds=EVERY_S * n) for n in range(6)]


def test_processes_that_ask_at_once_cause_one_computation_a_tick(blank):
    ticks, barrier = 8, spawn.Barrier(3, timeout=60)
    processes = [
        spawn.Process(target=hammer_in_step, args=(url_of(blank), ticks, barrier)) for _ in range(3)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()

    assert [process.exitcode for process in processes] == [0, 0, 0]
    assert sorted(computations(blank)) == [
        START + timedelta(seconds=EVERY_S * n) for n in range(ticks)
    ]


def test_a_second_process_shows_the_board_the_first_one_stored(blank):
    clock = Clock()
    first = a_feed(blank, clock, counted(blank)).latest()

    assert a_feed(blank, clock, counted(blank)).latest() == first
    assert len(computations(blank)) == 1


def test_the_lease_of_a_dead_process_is_taken_over_when_it_runs_out(blank):
    victim = spawn.Process(target=die_computing, args=(url_of(blank),))
    victim.start()
    victim.join()
    clock = Clock()
    feed = a_feed(blank, clock)

    assert victim.exitcode == -signal.SIGKILL
    with pytest.raises(NoBoardError):
        feed.latest()
    clock.forward(LEASE_S + 1)
    assert feed.latest().board.as_of == clock.at


def test_viewers_see_the_board_before_while_the_next_is_computed(blank):
    clock, computing, go_on = Clock(), Event(), Event()

    def read(connection: Connection, as_of: datetime) -> Board:
        if as_of > START:
            computing.set()
            assert go_on.wait(60)
        return a_board(as_of=as_of)

    feed = a_feed(blank, clock, read)
    before = feed.latest()
    clock.forward(EVERY_S)
    computer = Thread(target=feed.latest)
    computer.start()
    assert computing.wait(60)

    assert feed.latest() == before
    go_on.set()
    computer.join()
    assert feed.latest().board.as_of == clock.at


def test_a_computation_that_outlives_its_lease_still_counts(blank):
    clock = Clock()

    def slow(connection: Connection, as_of: datetime) -> Board:
        clock.forward(LEASE_S + EVERY_S)
        assert SharedBoard(blank, "counted", EVERY_S).lease(tick(clock), clock())
        return a_board(as_of=as_of)

    a_feed(blank, clock, slow).latest()

    with reading(blank) as connection:
        row = connection.execute(select(wall_snapshot)).one()
    assert row.tick == tick(clock) - 2
    assert row.lease_until == clock().timestamp() + LEASE_S


def test_everybody_waits_for_the_first_board_there_is(blank):
    clock, computing, go_on, shown = Clock(), Event(), Event(), []

    def read(connection: Connection, as_of: datetime) -> Board:
        computing.set()
        assert go_on.wait(60)
        return a_board(as_of=as_of)

    feed = a_feed(blank, clock, read)
    viewers = [Thread(target=lambda: shown.append(feed.latest().board.as_of)) for _ in range(4)]
    viewers[0].start()
    assert computing.wait(60)
    for viewer in viewers[1:]:
        viewer.start()
    go_on.set()
    for viewer in viewers:
        viewer.join()
    assert shown == [START] * 4


def test_who_wakes_up_long_after_its_lease_overwrites_nothing_and_shows_what_is_newest(blank):
    ours, theirs = Clock(), Clock()

    def frozen(connection: Connection, as_of: datetime) -> Board:
        for clock in (ours, theirs):
            clock.forward(AHEAD_S + 4 * EVERY_S)
        assert a_feed(blank, theirs).latest().board.as_of == theirs.at
        return a_board(as_of=as_of)

    shown = a_feed(blank, ours, frozen).latest()

    with reading(blank) as connection:
        stored = connection.execute(select(wall_snapshot)).one()
    assert (stored.tick, shown.tick, shown.board.as_of) == (tick(theirs), tick(theirs), theirs.at)


def test_no_process_shows_an_older_board_than_another_has_shown(blank):
    clock, seen = Clock(), []
    watcher = a_feed(blank, clock)
    watcher.latest()

    def read(connection: Connection, as_of: datetime) -> Board:
        seen.append(watcher.latest().tick)  # while it is computed: the board before
        return a_board(as_of=as_of)

    clock.forward(EVERY_S)
    computed = a_feed(blank, clock, read).latest()
    seen.append(watcher.latest().tick)  # at the same instant, however lately it looked

    assert seen == [computed.tick - 1, computed.tick]


def test_a_row_from_a_clock_far_ahead_does_not_stop_the_wall(blank):
    clock = Clock(START + timedelta(days=400))
    a_feed(blank, clock).latest()
    clock.at = START

    assert a_feed(blank, clock).latest().board.as_of == START


def test_a_feed_whose_own_clock_is_put_back_goes_on(blank):
    clock = Clock()
    feed = a_feed(blank, clock)
    feed.latest()
    clock.forward(-7200)

    assert feed.latest().board.as_of == clock.at


def test_a_clock_slightly_ahead_of_ours_costs_no_further_reads(blank):
    clock = Clock()
    a_feed(blank, Clock(START + timedelta(seconds=2 * EVERY_S))).latest()
    feed = a_feed(blank, clock, counted(blank))

    assert feed.latest().board.as_of == START + timedelta(seconds=2 * EVERY_S)
    with writing(blank) as connection:
        connection.execute(text("DROP TABLE wall_snapshot"))
    assert not feed.latest().fault
    assert computations(blank) == []


def test_a_board_of_another_version_is_computed_anew(blank):
    clock = Clock()
    feed = a_feed(blank, clock)
    feed.latest()
    with writing(blank) as connection:
        connection.execute(update(wall_snapshot).values(body=b"{}"))
    clock.forward(EVERY_S)

    assert a_feed(blank, clock).latest().board.as_of == clock.at


def test_a_database_that_fails_leaves_the_last_board_with_its_time(blank, caplog):
    clock = Clock()
    feed = a_feed(blank, clock)
    feed.latest()
    rename(blank, "wall_snapshot", "gone")
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            clock.forward(EVERY_S)
            down = feed.latest()
        rename(blank, "gone", "wall_snapshot")
        clock.forward(EVERY_S)
        up = feed.latest()

    assert (down.fault, down.board.as_of) == (True, START)
    assert (up.fault, up.board.as_of) == (False, clock.at)
    assert [record.levelname for record in caplog.records] == ["ERROR", "WARNING"]


def test_a_computation_that_fails_is_tried_again_at_once_by_the_same_process(blank):
    clock = Clock()
    broken = [False]

    def read(connection: Connection, as_of: datetime) -> Board:
        if broken[0]:
            connection.execute(text("SELECT * FROM no_such_table"))
        return a_board(as_of=as_of)

    feed = a_feed(blank, clock, read)
    feed.latest()
    broken[0] = True
    clock.forward(EVERY_S)
    assert feed.latest().fault
    broken[0] = False
    clock.forward(1)

    assert feed.latest().board.as_of == clock.at


def test_who_asked_for_a_computation_that_failed_late_does_not_try_again_in_the_same_breath(blank):
    clock, tries = Clock(), [0]

    def stuck(connection: Connection, as_of: datetime) -> Board:
        tries[0] += 1
        clock.forward(2 * EVERY_S)
        connection.execute(text("SELECT * FROM no_such_table"))
        raise AssertionError

    feed = a_feed(blank, clock)
    feed.latest()
    feed = a_feed(blank, clock, stuck)
    clock.forward(1)
    feed.latest()
    clock.forward(EVERY_S)
    for _ in range(3):
        assert feed.latest().fault
    assert tries == [1]


def test_where_no_board_can_be_computed_the_last_one_goes_on_with_what_is_told_anew(blank, caplog):
    """Its figures keep their instant, whoever asks; and the next board is a whole one again."""
    clock, wrong = Clock(), [False]

    def read(connection: Connection, as_of: datetime) -> Board:
        if wrong[0]:
            raise ValueError("'nobody' is no channel")
        return a_board(as_of=as_of)

    def go_on(_connection: Connection, last: Board, at: datetime) -> Board:
        return replace(last, unsealed=(an_unsealed(tried_at=at),))

    def feed_of() -> Feed:
        return Feed(blank, read, clock, every_s=EVERY_S, scope="counted", go_on=go_on)

    feed, other = feed_of(), feed_of()
    feed.latest()
    wrong[0] = True
    for _ in range(2):
        clock.forward(EVERY_S)
        for board in (feed.latest().board, other.latest().board):
            assert board.as_of == START
            assert [late.tried_at for late in board.unsealed] == [clock()]
    wrong[0] = False
    clock.forward(EVERY_S)
    assert feed.latest().board.as_of == clock()
    assert [record.message[:24] for record in caplog.records] == [
        "no board can be computed",
        "boards can be computed a",
    ]


def test_without_a_first_board_a_row_nobody_can_read_is_no_board(blank):
    def read(connection: Connection, as_of: datetime) -> Board:
        raise ValueError("'nobody' is no channel")

    with pytest.raises(NoBoardError):
        a_feed(blank, Clock(), read).latest()


def test_a_database_without_an_answer_gives_no_board(blank):
    rename(blank, "wall_snapshot", "gone")

    with pytest.raises(NoBoardError):
        a_feed(blank, Clock()).latest()


def test_each_full_hour_is_kept_once_exactly_as_of_that_hour(blank):
    clock = Clock()
    for _ in range(3):
        Feed(blank, plain, clock, every_s=EVERY_S).latest()
        clock.forward(1200)

    with reading(blank) as connection:
        kept = [board_at(connection, START.replace(hour=hour, minute=0)) for hour in (5, 6, 7)]
    assert [board and board.as_of.hour for board in kept] == [None, 6, 7]


def test_a_wall_with_a_shifted_clock_keeps_no_hours(blank):
    a_feed(blank, Clock(START.replace(minute=0))).latest()

    with reading(blank) as connection:
        assert board_at(connection, START.replace(minute=0)) is None


def tick(clock: Clock) -> int:
    return int(clock().timestamp() // EVERY_S)


def rename(engine: Engine, old: str, new: str) -> None:
    with writing(engine) as connection:
        connection.execute(text(f"ALTER TABLE {old} RENAME TO {new}"))


def test_requests_within_a_tick_run_no_statement(blank):
    clock = Clock()
    feed = a_feed(blank, clock)
    feed.latest()
    rename(blank, "wall_snapshot", "gone")
    clock.forward(EVERY_S - 1)

    assert not feed.latest().fault
    with reading(blank) as connection:
        assert connection.scalar(select(func.count()).select_from(import_run)) == 0
