"""A database that does not answer: refused at once, one tries, and the wall keeps its board."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from prometheus_client import generate_latest
from sqlalchemy import Engine, event, text
from sqlalchemy.exc import DBAPIError

from dashboard.breaker import LOST_S, Breaker
from dashboard.database.engine import open_engine, reading, writing
from dashboard.database.faults import BusyError, DiskFullError, DownError, TooSlowError
from dashboard.database.guarded import AGAIN_S, FAILURES, OPTION, breaker_of
from dashboard.database.limits import Limits
from dashboard.operations.meters import Meters
from dashboard.snapshots.feed import Feed
from tests.boards import a_board
from tests.services import postgres

START = datetime(2026, 3, 18, 6, 20, tzinfo=UTC)


class Seconds:
    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def clock() -> Seconds:
    return Seconds()


@pytest.fixture
def service(county, clock) -> Iterator[Engine]:
    """The engine of a service over the county, with its connections counted."""
    url = county.url.render_as_string(hide_password=False)
    engine = open_engine(url, Limits(5, 3), clock)
    yield engine
    engine.dispose()


@contextmanager
def away(engine: Engine, admin: str | None) -> Iterator[None]:
    """Let a database not answer for a while."""
    if admin is None:
        file = Path(engine.url.database)
        engine.dispose()
        names = [each for each in (file, Path(f"{file}-wal"), Path(f"{file}-shm")) if each.exists()]
        moved = [each.rename(f"{each}.away") for each in names]
        file.mkdir()
        yield
        file.rmdir()
        for each in moved:
            each.rename(str(each).removesuffix(".away"))
        return
    name = engine.url.database
    postgres.run(admin, f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
    postgres.run(
        admin, f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname='{name}'"
    )
    yield
    postgres.run(admin, f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")


@pytest.fixture
def gone(request, service) -> Callable[[], object]:
    """A context in which the service's database does not answer."""
    on_server = service.dialect.name == "postgresql"
    return lambda: away(service, request.getfixturevalue("postgres_url") if on_server else None)


def ask(engine: Engine) -> int:
    with reading(engine) as connection:
        return connection.scalar(text("SELECT count(*) FROM area"))


def attempts(engine: Engine) -> list[object]:
    made: list[object] = []
    event.listen(engine, "do_connect", lambda *each: made.append(each) and None)
    return made


def fail(engine: Engine, times: int) -> None:
    for _ in range(times):
        with pytest.raises(DownError, match="does not answer"):
            ask(engine)


def test_after_failures_in_a_row_nobody_waits_and_one_tries(service, clock, gone, caplog):
    ask(service)
    made = attempts(service)
    with gone(), caplog.at_level(logging.WARNING, "dashboard.database.guarded"):
        fail(service, FAILURES)
        before = len(made)
        fail(service, 20)
        assert len(made) == before, "the database was asked again"
        clock.at += AGAIN_S
        fail(service, 20)
        assert len(made) == before + 1, "one trial"
        clock.at += AGAIN_S
    with caplog.at_level(logging.WARNING, "dashboard.database.guarded"):
        assert [ask(service) for _ in range(3)] == [ask(service)] * 3
    said = [each.levelname for each in caplog.records if each.name.endswith("guarded")]
    assert said == ["ERROR", "WARNING"]


def test_what_was_refused_is_counted_and_that_it_is_left_alone(service, clock, gone):
    meters = Meters()
    meters.watch_breaker("database", breaker_of(service))

    def counted():
        said = generate_latest(meters.registry()).decode()
        lines = dict(line.rsplit(" ", 1) for line in said.splitlines() if 'of="database"' in line)
        return [float(lines.get(name, "0")) for name in (
            'wuqing_calls_not_answered_total{how="failed",of="database"}',
            'wuqing_calls_not_answered_total{how="refused",of="database"}',
            'wuqing_left_alone{of="database"}',
        )]  # fmt: skip

    with gone():
        fail(service, FAILURES + 7)
        assert counted() == [FAILURES, 7, 1]
        clock.at += AGAIN_S
    ask(service)
    assert counted() == [FAILURES, 7, 0]


def test_commands_are_never_refused(county):
    assert OPTION not in county.get_execution_options()


@pytest.mark.parametrize("error", [DiskFullError("x"), TooSlowError("x"), ValueError("x")])
def test_what_proves_nothing_opens_nothing(service, error):
    for _ in range(2 * FAILURES):
        with pytest.raises(type(error)), reading(service):
            raise error
    assert ask(service) > 0


def test_a_statement_that_is_wrong_opens_nothing(service):
    for _ in range(2 * FAILURES):
        with pytest.raises(DBAPIError), reading(service) as connection:
            connection.execute(text("SELECT * FROM no_such_table"))
    assert ask(service) > 0


def test_writes_are_refused_as_well(service, gone):
    with gone():
        fail(service, FAILURES)
        with pytest.raises(DownError), writing(service):
            raise AssertionError
        breaker: Breaker = service.get_execution_options()[OPTION]
        assert breaker.is_open


def test_the_feed_keeps_its_last_board_and_says_so(service, clock, gone):
    at = [START]
    feed = Feed(service, lambda _, as_of: a_board(as_of=as_of), lambda: at[0], every_s=5, scope="x")
    feed.latest()
    made = attempts(service)
    with gone():
        shown = []
        for _ in range(4 * FAILURES):
            at[0] = at[0].replace(second=(at[0].second + 1) % 60)
            shown.append(feed.latest())
        assert {(each.fault, each.board.as_of) for each in shown[5:]} == {(True, START)}
        assert len(made) <= FAILURES + 1
    clock.at += LOST_S
    at[0] = at[0].replace(minute=30)
    assert (feed.latest().fault, feed.latest().board.as_of) == (False, at[0])


on_postgresql = pytest.mark.parametrize("new_database", ["postgresql"], indirect=True)


@on_postgresql
def test_a_lock_is_waited_for_as_long_as_on_sqlite_and_then_said_to_be_busy(county, service):
    shown = [text(f"SHOW {name}") for name in ("lock_timeout", "statement_timeout")]
    with reading(service) as mine, reading(county) as commands:
        assert [mine.scalar(each) for each in shown] == ["10s", "0"]
        assert [commands.scalar(each) for each in shown] == ["0", "0"]

    for _ in range(2 * FAILURES):  # it opens nothing: the database answers
        with writing(county) as holder:
            holder.execute(text("UPDATE area SET name = name"))
            with pytest.raises(BusyError), writing(service) as waiting:
                waiting.execute(text("SET LOCAL lock_timeout = 20"))
                waiting.execute(text("UPDATE area SET name = name"))
    assert ask(service) > 0
