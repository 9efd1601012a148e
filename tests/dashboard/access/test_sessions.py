import pytest
from sqlalchemy import select

from dashboard.access.accounts import set_active
from dashboard.access.sessions import begin_session
from dashboard.database.access_tables import account, sign_in_session
from dashboard.database.engine import reading, writing
from tests.dashboard.access.conftest import results

HERE = "10.0.0.1"


@pytest.fixture
def secret(county, zhang, now) -> str:
    with writing(county) as connection:
        return begin_session(connection, connection.scalar(select(account.c.account_id)), now)


def test_half_an_hour_without_a_deed_ends_a_session_whatever_polls(door, clock, secret):
    for _ in range(359):
        clock.on(seconds=5)
        assert door.viewer(secret, acts=False) is not None
    clock.on(seconds=5)

    assert door.viewer(secret, acts=False) is None
    assert door.viewer(secret, acts=True) is None


def test_deeds_keep_a_session_alive_for_twelve_hours(door, clock, secret):
    for _ in range(12 * 60 // 29):
        clock.on(minutes=29)
        assert door.viewer(secret, acts=True) is not None
    clock.on(minutes=23)
    assert door.viewer(secret, acts=True) is not None
    clock.on(minutes=1)

    assert door.viewer(secret, acts=True) is None


def test_a_deed_in_one_process_keeps_it_alive_in_another(new_door, clock, secret):
    one, other = new_door(), new_door()
    for _ in range(3):
        clock.on(minutes=20)
        assert one.viewer(secret, acts=True) is not None
        assert other.viewer(secret, acts=False) is not None


def test_being_seen_is_written_down_once_a_minute(county, door, clock, secret):
    def seen():
        with reading(county) as connection:
            return connection.scalar(select(sign_in_session.c.seen_at))

    began = seen()
    clock.on(seconds=59)
    door.viewer(secret, acts=True)
    assert seen() == began
    clock.on(seconds=1)
    door.viewer(secret, acts=True)
    assert seen() == clock.at.replace(microsecond=0)


def test_a_copied_secret_is_dead_once_its_owner_signed_out(county, new_door, clock, secret):
    own, other = new_door(), new_door()
    viewer = own.viewer(secret, acts=True)
    assert other.viewer(secret, acts=False) == viewer
    own.sign_out(secret, viewer, HERE)

    assert own.viewer(secret, acts=True) is None
    clock.on(seconds=5)
    assert other.viewer(secret, acts=True) is None
    assert new_door().viewer(secret, acts=True) is None
    assert results(county)[-1] == ("zhang", "sign_out", "ok")


def test_a_closed_account_is_out_within_a_minute_in_every_process(county, new_door, clock, secret):
    doors = new_door(), new_door()
    assert all(each.viewer(secret, acts=True) for each in doors)
    with writing(county) as connection:
        set_active(connection, "zhang", clock.at, active=False)
    clock.on(seconds=5)

    assert [each.viewer(secret, acts=True) for each in doors] == [None, None]
    with writing(county) as connection:
        set_active(connection, "zhang", clock.at, active=True)
    assert [each.viewer(secret, acts=True) for each in doors] == [None, None]


def test_a_clock_set_back_asks_the_database_anew(county, door, clock, secret):
    assert door.viewer(secret, acts=True) is not None
    with writing(county) as connection:
        set_active(connection, "zhang", clock.at, active=False)
    clock.on(seconds=-3)

    assert door.viewer(secret, acts=True) is None


@pytest.mark.parametrize("forged", ["", "x", "\0", "\udce4", "' OR 1=1 --", "密"])
def test_what_was_never_handed_out_is_nobodys(door, secret, forged):
    assert door.viewer(forged, acts=True) is None
    assert door.viewer(f"{secret}{forged}x", acts=True) is None


def test_each_sign_in_is_a_session_of_its_own(county, door, secret, now):
    with writing(county) as connection:
        other = begin_session(connection, connection.scalar(select(account.c.account_id)), now)
    door.sign_out(secret, door.viewer(secret, acts=True), HERE)

    assert other != secret
    assert door.viewer(other, acts=True) is not None
