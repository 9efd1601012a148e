"""The write-ahead log of SQLite stays small, whoever reads."""

from threading import Event, Thread

import pytest
from sqlalchemy import Engine, text

from dashboard.database.engine import reading, writing
from dashboard.database.wal import keep_small, wal_bytes
from dashboard.snapshots.feed import Feed
from tests.boards import a_board
from tests.conftest import NOW

MOST, BURST, BURSTS = 1_000_000, 200_000, 60
READERS = 4

on_sqlite = pytest.mark.parametrize("new_database", ["sqlite"], indirect=True)
on_postgresql = pytest.mark.parametrize("new_database", ["postgresql"], indirect=True)


def write(engine: Engine, number: int) -> None:
    value = f'"{str(number % 10) * BURST}"'
    with writing(engine) as connection:
        connection.execute(text("DELETE FROM site WHERE key = 'filler'"))
        connection.execute(text("INSERT INTO site VALUES ('filler', :value)"), {"value": value})


class Readers:
    """Threads that read all the time, each in one transaction after the other."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._stop = Event()
        self._threads = [Thread(target=self._read) for _ in range(READERS)]
        self.reads = 0

    def _read(self) -> None:
        while not self._stop.is_set():
            with reading(self._engine) as connection:
                for _ in range(20):
                    connection.execute(text("SELECT sum(length(value)) FROM site")).all()
            self.reads += 1

    def __enter__(self) -> "Readers":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()


@on_sqlite
def test_it_does_not_grow_without_bound_under_readers(blank):
    largest = 0
    with Readers(blank) as readers:
        for number in range(BURSTS):
            write(blank, number)
            keep_small(blank, MOST)
            largest = max(largest, wal_bytes(blank))

    assert readers.reads > READERS
    assert largest <= 4 * MOST, "of 12 MB that were written"


@on_sqlite
def test_a_reader_of_an_old_state_keeps_it_and_goes_on_and_then_it_is_cut(blank):
    write(blank, 1)
    with reading(blank) as connection:
        before = connection.scalar(text("SELECT value FROM site WHERE key = 'filler'"))
        for number in range(2, 12):
            write(blank, number)
        assert not keep_small(blank, MOST)
        assert connection.scalar(text("SELECT value FROM site WHERE key = 'filler'")) == before
    size = wal_bytes(blank)

    assert keep_small(blank, MOST)
    assert size > MOST > wal_bytes(blank) == 0


@on_sqlite
def test_a_small_log_is_left_to_sqlite_and_waits_are_as_before(blank):
    with blank.connect() as connection:
        before = connection.exec_driver_sql("PRAGMA busy_timeout").scalar()
    write(blank, 1)
    assert not keep_small(blank)
    assert keep_small(blank, 0)

    with blank.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == before


@on_sqlite
def test_whoever_computes_the_board_sees_to_it(blank):
    for number in range(400):  # a reader lets SQLite write nothing back by itself
        if number == 0:
            holder = reading(blank)
            holder.__enter__().execute(text("SELECT count(*) FROM site")).all()
        write(blank, number)
    holder.__exit__(None, None, None)
    assert wal_bytes(blank) > 64 * 1024 * 1024

    Feed(blank, lambda _, as_of: a_board(as_of=as_of), lambda: NOW, every_s=5).latest()

    assert wal_bytes(blank) < MOST


@on_postgresql
def test_postgresql_has_none(blank):
    assert (wal_bytes(blank), keep_small(blank, 0)) == (0, False)
