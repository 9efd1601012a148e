from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from argon2 import PasswordHasher

from dashboard.access import password
from dashboard.access.password import (
    PasswordError,
    check_new,
    hash_of,
    is_weaker_than_now,
    matches,
)

GOOD = "correct horse battery"


@pytest.mark.parametrize(
    "word, login",
    [
        (GOOD, "zhang"),
        ("a" * 8 + "bcde", "zhang"),
        ("沾益区社会治安综合治理中心", "zhang"),
        ("a reliable sentence", "li"),
        (GOOD * 6, "zhang"),
    ],
)
def test_a_password_may_be_any_long_text(word, login):
    check_new(word, login)


@pytest.mark.parametrize(
    "word, fault",
    [
        ("eleven char", "12 to 128"),
        ("", "12 to 128"),
        ("abcde" * 26, "12 to 128"),
        ("abababababab", "5 different"),
        ("my ZHANG password", "contain the login"),
        ("\udce4\udcf6 not utf-8 bytes", "UTF-8"),
    ],
)
def test_a_password_easily_guessed_is_refused(word, fault):
    with pytest.raises(PasswordError, match=fault):
        check_new(word, "zhang")


def test_a_hash_holds_for_its_password_alone():
    stored = hash_of(GOOD)

    assert GOOD not in stored
    assert matches(stored, GOOD)
    assert not matches(stored, f"{GOOD} ")
    assert hash_of(GOOD) != stored


def test_nobodys_hash_costs_what_anybodys_does():
    assert not is_weaker_than_now(password._NOBODY)
    assert not is_weaker_than_now(hash_of(GOOD))
    assert not matches(None, GOOD)


@pytest.mark.parametrize(
    "stored",
    ["", "x", "$argon2id$v=19$m=19456,t=2,p=1$xx$yy", "$argon2id$v=19$m=1,t=0,p=1$AAAA$AAAA"],
)
def test_a_damaged_hash_is_no_passwords(stored):
    assert not matches(stored, GOOD)


def test_what_is_no_text_is_no_password():
    assert not matches(hash_of(GOOD), "\udce4")


def test_a_hash_with_other_parameters_is_known():
    assert is_weaker_than_now(PasswordHasher(time_cost=1, memory_cost=8192).hash(GOOD))


class Together:
    """In argon2's place: each of two waits for the other, and looks whether a third could begin."""

    def __init__(self) -> None:
        self.both = Barrier(password.AT_ONCE, timeout=30)
        self.third: list[bool] = []

    def hash(self, word: str) -> str:
        self.both.wait()
        if password._turns.acquire(blocking=False):
            password._turns.release()
            self.third.append(True)
        self.both.wait()
        return word

    def verify(self, stored: str, word: str) -> bool:
        return self.hash(word) == stored


def test_no_third_hash_begins_while_two_are_made(monkeypatch):
    made = Together()
    monkeypatch.setattr(password, "_hasher", made)
    with ThreadPoolExecutor(password.AT_ONCE) as two:
        new, looked_at = two.submit(hash_of, GOOD), two.submit(matches, GOOD, GOOD)
        assert (new.result(), looked_at.result()) == (GOOD, True)
    assert password.AT_ONCE == 2
    assert made.third == []
