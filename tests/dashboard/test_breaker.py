"""The breaker by its clock: when it refuses, who may try, what closes it."""

from collections import Counter
from threading import Barrier, Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.breaker import LOST_S, Breaker, Pass

ORDINARY, TRIAL, REFUSED = Pass.ORDINARY, Pass.TRIAL, Pass.REFUSED


class Clock:
    def __init__(self) -> None:
        self.at = 100.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def breaker(clock) -> Breaker:
    return Breaker(3, 5, clock)


def fail(breaker: Breaker, times: int) -> list[bool]:
    return [breaker.failed(ORDINARY) for _ in range(times)]


def test_it_opens_with_the_failure_that_is_one_too_many_and_says_so_once(breaker):
    assert fail(breaker, 5) == [False, False, True, False, False]
    assert (breaker.is_open, breaker.ask()) == (True, REFUSED)


def test_failures_that_are_not_in_a_row_do_not_count(breaker):
    fail(breaker, 2)
    assert not breaker.succeeded()
    fail(breaker, 2)

    assert breaker.ask() is ORDINARY


def test_one_tries_while_the_others_are_refused(breaker, clock):
    fail(breaker, 3)
    clock.at += 4.9
    assert breaker.ask() is REFUSED
    clock.at += 0.125

    assert [breaker.ask() for _ in range(4)] == [TRIAL, REFUSED, REFUSED, REFUSED]
    clock.at += 5
    assert breaker.ask() is REFUSED, "the trial is still under way"


def test_a_trial_that_succeeds_closes_it_and_one_that_fails_does_not(breaker, clock):
    fail(breaker, 3)
    clock.at += 5
    assert not breaker.failed(breaker.ask())
    assert breaker.ask() is REFUSED
    clock.at += 5

    assert breaker.ask() is TRIAL
    assert breaker.succeeded()
    assert [breaker.ask() for _ in range(3)] == [ORDINARY] * 3


def test_a_trial_that_says_nothing_makes_way_for_the_next(breaker, clock):
    fail(breaker, 3)
    clock.at += 5
    breaker.said_nothing(breaker.ask())

    assert [breaker.ask() for _ in range(2)] == [TRIAL, REFUSED]


@pytest.mark.parametrize("ends", [Breaker.failed, Breaker.said_nothing])
def test_calls_from_before_it_opened_bring_no_second_trial(breaker, clock, ends):
    fail(breaker, 3)
    clock.at += 5
    assert breaker.ask() is TRIAL
    ends(breaker, ORDINARY)
    clock.at += 6

    assert breaker.ask() is REFUSED


def test_a_trial_that_never_ends_does_not_close_the_way_for_ever(breaker, clock):
    fail(breaker, 3)
    clock.at += 5
    breaker.ask()
    clock.at += LOST_S

    assert breaker.ask() is TRIAL


def test_of_threads_at_once_one_tries(breaker, clock):
    fail(breaker, 3)
    clock.at += 5
    together, passed = Barrier(12), []

    def call() -> None:
        together.wait(30)
        passed.append(breaker.ask())

    threads = [Thread(target=call) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Counter(passed) == {REFUSED: 11, TRIAL: 1}


@given(st.lists(st.tuples(st.booleans(), st.floats(0, 20)), max_size=60), st.integers(1, 5))
def test_whatever_happens_it_lets_somebody_try_in_the_end_and_a_success_closes_it(calls, most):
    clock = Clock()
    breaker = Breaker(most, 5, clock)
    for works, later in calls:
        clock.at += later
        if (had := breaker.ask()) is not REFUSED:
            breaker.succeeded() if works else breaker.failed(had)
    clock.at += 5.001

    assert breaker.ask() is not REFUSED
    breaker.succeeded()
    assert breaker.ask() is ORDINARY
