from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import select

from dashboard.access.accounts import set_active
from dashboard.access.links import VALID, make_link
from dashboard.database.access_tables import account, sign_in_link
from dashboard.database.engine import reading, writing
from tests.dashboard.access.conftest import results

HERE = "10.0.0.1"


@pytest.fixture
def link(county, zhang, now) -> str:
    with writing(county) as connection:
        account_id = connection.scalar(select(account.c.account_id))
        return make_link(connection, account_id, now + VALID)


def test_a_link_lets_in_once(county, door, link):
    secret = door.enter(link, HERE)

    assert door.viewer(secret, acts=True).login == "zhang"
    assert door.enter(link, HERE) is None
    assert results(county) == [("zhang", "sign_in", "ok"), ("?", "sign_in", "refused")]


def test_a_link_that_is_late_lets_nobody_in(door, clock, link):
    clock.at += VALID

    assert door.enter(link, HERE) is None


def test_a_link_works_until_it_ends(door, clock, link):
    clock.at += VALID - timedelta(seconds=1)

    assert door.enter(link, HERE) is not None


def test_a_link_of_a_closed_account_lets_nobody_in(county, door, now, link):
    with writing(county) as connection:
        set_active(connection, "zhang", now, active=False)

    assert door.enter(link, HERE) is None


@pytest.mark.parametrize("forged", ["", "x", "\0", "\udce4", "%"])
def test_what_is_no_link_lets_nobody_in(county, door, link, forged):
    assert door.enter(forged, HERE) is None
    with reading(county) as connection:
        assert connection.scalar(select(sign_in_link.c.used_at)) is None


def test_the_database_does_not_hold_the_link(county, link):
    with reading(county) as connection:
        assert link not in repr(connection.execute(select(sign_in_link)).all())


def test_of_many_at_once_one_is_let_in(county, new_door, link):
    threads = 6
    doors = [new_door() for _ in range(2)]
    together = Barrier(threads)

    def enter(n):
        together.wait()
        return doors[n % 2].enter(link, HERE)

    with ThreadPoolExecutor(threads) as pool:
        found = list(pool.map(enter, range(threads)))

    assert found.count(None) == threads - 1
    assert [result for *_, result in results(county)].count("ok") == 1
