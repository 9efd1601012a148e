from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import pairwise
from threading import Barrier

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from dashboard.access.door import Refused
from dashboard.access.throttle import OF_ADDRESS, OF_LOGIN, WINDOW, begin_try, forget_failures
from dashboard.database.access_tables import refusal, sign_in_failure
from dashboard.database.engine import open_engine, reading, writing
from tests.dashboard.access.conftest import PASSWORD, results

HERE, THERE = "10.0.0.1", "10.0.0.2"
WRONG = "wrong horse battery"


@pytest.fixture
def attempt(county):
    """A function that tries a wrong password without the cost of hashing it."""

    def at(moment, login="zhang", address=HERE):
        with writing(county) as connection:
            return begin_try(connection, login, address, moment)

    return at


def test_five_failures_lock_a_login_wherever_they_come_from(attempt, now):
    left = [attempt(now, address=f"10.0.0.{n}") for n in range(7)]

    assert left == [5, 4, 3, 2, 1, 0, 0]
    assert attempt(now, login="li") == 5


def test_twenty_failures_lock_an_address_whatever_the_login(attempt, now):
    left = [attempt(now, login=f"login{n}") for n in range(22)]

    assert left[:16] == [5] * 16
    assert left[16:] == [4, 3, 2, 1, 0, 0]
    assert attempt(now, login="zhang", address=THERE) == 5


@pytest.mark.parametrize("spread_s", [0, 200, 224])
def test_a_lock_ends_fifteen_minutes_after_the_last_failure(attempt, now, spread_s):
    for n in range(5):
        assert attempt(now + timedelta(seconds=n * spread_s)) > 0
    last = now + timedelta(seconds=4 * spread_s)

    # tries while it is locked make it no longer, or anybody could keep somebody out
    assert attempt(last + WINDOW - timedelta(seconds=1)) == 0
    assert attempt(last + WINDOW) == 5


def test_failures_further_apart_lock_nothing(attempt, now):
    left = [attempt(now + n * timedelta(minutes=4)) for n in range(20)]

    assert 0 not in left
    assert left[4:] == [2] * 16


def test_a_success_forgives_its_login_and_no_other(county, attempt, now):
    for _ in range(4):
        attempt(now)
    for n in range(10):
        attempt(now, login=f"login{n}")
    with writing(county) as connection:
        forget_failures(connection, "zhang")

    assert attempt(now) == 5
    assert [attempt(now, login=f"other{n}") for n in range(9)] == [5, 5, 5, 5, 5, 4, 3, 2, 1]
    assert attempt(now, login="another") == 0


def test_what_counts_no_more_is_forgotten(county, attempt, now):
    for n in range(9):
        attempt(now, login=f"login{n}")
    attempt(now + 2 * WINDOW)

    with writing(county) as connection:
        assert connection.scalar(select(func.count()).select_from(sign_in_failure)) == 1


def test_many_tries_at_once_are_counted_one_by_one(county, now):
    threads = 12
    together = Barrier(threads)
    engine = open_engine(county.url.render_as_string(hide_password=False))
    with engine.connect():
        pass  # the first connection sets up what all of a SQLite file share

    def guess(n):
        together.wait()
        with writing(county if n % 2 else engine) as connection:
            return begin_try(connection, "zhang", HERE, now)

    with ThreadPoolExecutor(threads) as pool:
        left = sorted(pool.map(guess, range(threads)))
    engine.dispose()

    assert left == [0] * (threads - OF_LOGIN) + [1, 2, 3, 4, 5]


@pytest.mark.parametrize("new_database", ["sqlite"], indirect=True)
def test_no_span_of_fifteen_minutes_has_more_than_five_guesses(county, now):
    @settings(max_examples=60, deadline=None)
    @given(st.lists(st.integers(0, 500), min_size=6, max_size=40))
    def check(gaps):
        moment, tried, locked = now, [], []
        with county.connect().execution_options(writes=True) as connection, connection.begin() as t:
            for gap in gaps:
                moment += timedelta(seconds=gap)
                left = begin_try(connection, "zhang", HERE, moment)
                (tried if left else locked).append(moment)
            t.rollback()
        spans = zip(tried, tried[OF_LOGIN:], strict=False)
        assert all(last - first >= WINDOW for first, last in spans)
        for moment in locked:
            before = [each for each in tried if each <= moment][-OF_LOGIN:]
            assert before[-1] - before[0] < WINDOW
            assert moment - before[-1] < WINDOW

    check()


def test_failures_are_counted_across_doors_and_a_locked_login_is_not_let_in(
    county, new_door, clock, zhang
):
    doors = new_door(), new_door()
    for n, left in enumerate([4, 3, 2, 1, 0]):
        assert doors[n % 2].sign_in(zhang, WRONG, HERE) == Refused(left)

    assert [each.sign_in("Zhang ", PASSWORD, THERE) for each in doors] == [Refused(0)] * 2
    assert results(county)[-1] == ("zhang", "sign_in", "locked")
    clock.on(minutes=15)
    assert isinstance(doors[1].sign_in(zhang, PASSWORD, HERE), str)
    assert doors[0].sign_in(zhang, WRONG, HERE) == Refused(4)


def test_an_address_is_locked_across_doors(new_door, clock, zhang):
    doors = new_door(), new_door()
    for n in range(OF_ADDRESS):
        assert doors[n % 2].sign_in(f"login{n}", WRONG, HERE).tries_left < OF_LOGIN

    assert [each.sign_in(zhang, PASSWORD, HERE) for each in doors] == [Refused(0)] * 2
    assert isinstance(doors[0].sign_in(zhang, PASSWORD, THERE), str)


def test_of_guesses_at_once_five_are_looked_at(county, new_door, zhang):
    doors = new_door(), new_door()
    together = Barrier(10)

    def guess(n):
        together.wait()
        return doors[n % 2].sign_in(zhang, WRONG, HERE)

    with ThreadPoolExecutor(10) as pool:
        answers = sorted(each.tries_left for each in pool.map(guess, range(10)))

    assert answers == [0] * 6 + [1, 2, 3, 4]
    assert sorted(results(county)) == [(zhang, "sign_in", "locked"), (zhang, "sign_in", "refused")]
    with reading(county) as connection:
        again = connection.scalars(select(refusal.c.times)).all()
    assert again == [4, 4]  # beside the first of each


def test_a_lock_is_the_same_for_a_login_nobody_has(door, zhang):
    known = [door.sign_in(zhang, WRONG, HERE) for _ in range(6)]
    unknown = [door.sign_in("zhong", WRONG, THERE) for _ in range(6)]

    assert known == unknown
    assert all(first.tries_left >= last.tries_left for first, last in pairwise(known))
