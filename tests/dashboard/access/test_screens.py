from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import select

from dashboard.access.accounts import AccountError, make_account
from dashboard.access.code import ALPHABET, CODE_VALID, LENGTH, code_typed, new_code
from dashboard.access.device import VALID, WARNED, Report, Why
from dashboard.access.devices import LISTED_AFTER_END, OVERLAP, ROTATED_EVERY
from dashboard.access.pairing import OF_ADDRESS
from dashboard.access.role import Right, Role
from dashboard.access.screens import KEPT, Confirmed, Screens, Told
from dashboard.access.viewer import Viewer
from dashboard.database.access_tables import wall_device
from dashboard.database.engine import open_engine, reading, writing
from dashboard.figures.scope import EVERYTHING
from tests.dashboard.access.conftest import KEY, results

HALL, DESK = "192.0.2.41", "192.0.2.7"
ROOT = Viewer(1, "root", "管理员", Role.ADMINISTRATOR, EVERYTHING)


@pytest.fixture
def screens(county, clock) -> Screens:
    return Screens(county, clock, KEY)


def begin(screens, former="", was=None):
    pending = screens.begin(former, HALL, was)
    assert pending is not None
    return pending


def paired(screens, name="1号屏") -> str:
    """Pair a screen and return its token."""
    pending = begin(screens)
    assert screens.confirm(ROOT, pending.code, name, DESK) is Confirmed.DONE
    turn = screens.poll(pending.secret, None, None)
    assert turn.token is not None
    return turn.token


def why(screens, token, address=HALL):
    return screens.standing(token, address).why


def only(screens):
    (device,) = screens.listed()
    return device


def test_a_code_has_no_letter_that_looks_like_another():
    assert len(ALPHABET) == 31
    assert not set("0O1IL") & set(ALPHABET)
    assert all(len(new_code()) == LENGTH and set(new_code()) <= set(ALPHABET) for _ in range(200))


@pytest.mark.parametrize("typed", ["7K4M2P", "7k4-m2p", " 7K4 — M2P ", "７Ｋ４ｍ２ｐ"])
def test_a_code_may_be_typed_as_people_type(typed):
    assert code_typed(typed) == "7K4M2P"


def test_a_screen_waits_is_confirmed_and_takes_its_token(screens, county, clock):
    pending = begin(screens)
    assert screens.poll(pending.secret, None, (1920, 1080)).told is Told.WAIT
    assert screens.confirm(ROOT, pending.code.lower(), " 指挥大厅 1 号屏 ", DESK) is Confirmed.DONE
    turn = screens.poll(pending.secret, None, (3840, 2160))

    standing = screens.standing(turn.token, HALL)
    viewer = standing.device.viewer
    assert (turn.told, standing.why) == (Told.GO, None)
    assert [right for right in Right if viewer.may(right)] == [Right.WALL]
    device = only(screens)
    assert (device.name, device.width, device.height) == ("指挥大厅 1 号屏", 3840, 2160)
    assert device.expires_at == clock.at + VALID
    login = f"screen-{device.device_id}"
    assert results(county) == [("root", "screen_confirm", "ok"), (login, "screen_pair", "ok")]


def test_nothing_a_browser_holds_is_stored(screens, county):
    pending = begin(screens)
    token = paired(screens)

    with reading(county) as connection:
        stored = str(connection.execute(select(wall_device)).all())
    assert not any(each in stored for each in (pending.secret, pending.code, token))


def test_a_code_is_not_what_is_polled_with(screens):
    pending = begin(screens)
    screens.confirm(ROOT, pending.code, "1号屏", DESK)

    assert screens.poll(pending.code, None, None).told is Told.RELOAD


def test_a_code_is_used_once_and_ends(screens, clock):
    pending = begin(screens)
    assert screens.confirm(ROOT, pending.code, "1号屏", DESK) is Confirmed.DONE
    assert screens.confirm(ROOT, pending.code, "2号屏", DESK) is Confirmed.WRONG

    late = begin(screens)
    clock.at += CODE_VALID
    assert screens.poll(late.secret, None, None).told is Told.RELOAD
    assert screens.confirm(ROOT, late.code, "2号屏", DESK) is Confirmed.WRONG


def test_of_many_confirmations_at_once_one_counts(screens, county):
    pending = begin(screens)
    barrier = Barrier(4)

    def confirm(number):
        engine = open_engine(county.url.render_as_string(hide_password=False))
        other = Screens(engine, screens._now, KEY)
        barrier.wait()
        try:
            return other.confirm(ROOT, pending.code, f"{number}号屏", DESK)
        finally:
            engine.dispose()

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(confirm, range(4)))

    assert answers.count(Confirmed.DONE) == 1
    assert len(screens.listed()) == 1


def test_an_answer_that_was_lost_is_given_again_until_the_screen_was_seen(screens):
    pending = begin(screens)
    screens.confirm(ROOT, pending.code, "1号屏", DESK)
    lost = screens.poll(pending.secret, None, None).token
    token = screens.poll(pending.secret, None, None).token
    assert screens.standing(lost, HALL) is None
    assert why(screens, token) is None

    screens.note(token, Report())
    assert screens.poll(pending.secret, None, None).token is None
    assert why(screens, token) is None


def test_a_confirmed_screen_that_comes_too_late_gets_no_token(screens, clock):
    pending = begin(screens)
    screens.confirm(ROOT, pending.code, "1号屏", DESK)
    clock.at += CODE_VALID

    assert screens.poll(pending.secret, None, None).told is Told.RELOAD


def test_guessing_codes_is_locked_and_written_down(screens, county, clock):
    pending = begin(screens)
    answers = [screens.confirm(ROOT, "222222", "屏", DESK) for _ in range(6)]

    assert answers == [Confirmed.WRONG] * 5 + [Confirmed.LOCKED]
    assert screens.confirm(ROOT, pending.code, "屏", DESK) is Confirmed.LOCKED
    assert [result for _, _, result in results(county)] == ["wrong"] * 5 + ["locked"] * 2
    clock.on(minutes=15)
    assert screens.confirm(ROOT, begin(screens).code, "屏", DESK) is Confirmed.DONE


@pytest.mark.parametrize("name", ["", "  ", "x" * 51, "a\nb"])
def test_a_screen_needs_a_name(screens, name):
    assert screens.confirm(ROOT, begin(screens).code, name, DESK) is Confirmed.UNNAMED


def test_two_screens_have_two_names(screens):
    paired(screens)
    pending = begin(screens)

    assert screens.confirm(ROOT, pending.code, "1号屏", DESK) is Confirmed.TAKEN
    assert screens.confirm(ROOT, pending.code, "2号屏", DESK) is Confirmed.DONE


def test_too_many_that_wait_at_one_address_get_no_code_and_another_address_does(screens, clock):
    for _ in range(OF_ADDRESS):
        begin(screens)

    assert screens.begin("", HALL, None) is None
    assert screens.begin("", "192.0.2.42", None) is not None
    clock.at += CODE_VALID
    assert screens.begin("", HALL, None) is not None


def test_a_page_loaded_again_waits_once(screens, county):
    secret = ""
    for _ in range(OF_ADDRESS + 5):
        secret = begin(screens, secret).secret

    with reading(county) as connection:
        assert len(connection.execute(select(wall_device)).all()) == 1


def test_it_ends_after_its_time_and_is_renewed_without_pairing(screens, county, clock):
    token = paired(screens)
    clock.at += VALID - timedelta(seconds=1)
    assert why(screens, token) is None
    assert only(screens).ends_soon(clock.at)
    clock.on(seconds=1)
    assert [why(screens, token) for _ in range(3)] == [Why.EXPIRED] * 3
    assert screens.standing(token, HALL).since == clock.at

    assert screens.poll("", screens.standing(token, HALL), None).told is Told.WAIT
    assert screens.renew(ROOT, only(screens).device_id, DESK)
    assert screens.poll("", screens.standing(token, HALL), None).told is Told.GO
    actions = [action for _, action, _ in results(county)][2:]
    assert actions == ["screen_refused", "screen_renew"]


def test_the_warning_begins_thirty_days_before(screens, clock):
    paired(screens)
    device = only(screens)

    assert not device.ends_soon(device.expires_at - WARNED - timedelta(seconds=1))
    assert device.ends_soon(device.expires_at - WARNED)


def test_it_is_revoked_everywhere_within_seconds(screens, county, clock):
    token, other = paired(screens), Screens(county, clock, KEY)
    assert why(other, token) is None
    device_id = only(screens).device_id

    assert screens.revoke(ROOT, device_id, DESK)
    assert why(screens, token) is Why.REVOKED
    clock.at += KEPT
    assert why(other, token) is Why.REVOKED
    assert not screens.renew(ROOT, device_id, DESK)
    assert not screens.revoke(ROOT, device_id, DESK)
    clock.at += LISTED_AFTER_END
    assert screens.listed() == []


def test_a_token_works_from_where_it_was_paired_alone(screens, county):
    token = paired(screens)
    assert why(screens, token, "198.51.100.1") is Why.MOVED
    assert why(screens, token, "198.51.100.1") is Why.MOVED
    assert why(screens, token) is None

    assert [row[1:] for row in results(county)][2:] == [("screen_refused", "moved")]


def test_pairing_a_dark_screen_anew_keeps_its_name_and_ends_what_it_was(screens):
    token = paired(screens)
    standing = screens.standing(token, "198.51.100.1")
    pending = begin(screens, was=standing.device)
    assert screens.poll(pending.secret, standing, None).told is Told.WAIT

    assert screens.confirm(ROOT, pending.code, "1号屏", DESK) is Confirmed.DONE
    turn = screens.poll(pending.secret, standing, None)
    assert (turn.told, why(screens, turn.token)) == (Told.GO, None)
    assert why(screens, token) is Why.REVOKED


def test_it_survives_a_restart(screens, county, clock):
    token = paired(screens)

    assert why(Screens(county, clock, KEY), token) is None


def test_its_token_is_changed_while_it_runs_and_the_old_one_works_a_day_more(screens, clock):
    token = paired(screens)
    assert why(screens, token) is None
    assert screens.note(token, Report()) is None
    clock.at += ROTATED_EVERY
    why(screens, token)
    fresh = screens.note(token, Report())

    assert fresh not in (None, token)
    clock.at += OVERLAP - timedelta(seconds=1)
    assert (why(screens, token), why(screens, fresh)) == (None, None)
    clock.on(seconds=6)
    assert screens.standing(token, HALL) is None
    assert why(screens, fresh) is None


def test_a_new_token_that_was_lost_is_given_again_but_not_to_all_at_once(screens, county, clock):
    token, other = paired(screens), Screens(county, clock, KEY)
    clock.at += ROTATED_EVERY
    why(screens, token)
    why(other, token)
    given = [each.note(token, Report()) for each in (screens, other)]
    assert [each is None for each in given] == [False, True]

    clock.on(minutes=2)
    why(screens, token)
    again = screens.note(token, Report())
    assert again not in (None, token, given[0])
    assert screens.standing(given[0], HALL) is None
    assert why(screens, again) is None


def test_what_a_wall_says_is_kept_once_a_minute(screens, clock):
    token = paired(screens)
    for age in (3, 4, 5):
        why(screens, token)
        screens.note(token, Report("abc", age, 80))
        clock.on(seconds=20)
    first = only(screens)
    why(screens, token)
    screens.note(token, Report("abd", 6, 81))
    second = only(screens)

    assert (first.build, first.data_age_s, first.heap_mb) == ("abc", 3, 80)
    assert (second.build, second.data_age_s, second.seen_at) == ("abd", 6, clock.at)


def test_an_unknown_token_is_nobodys(screens):
    paired(screens)

    assert screens.standing("x", HALL) is None
    assert screens.note("x", Report()) is None


def test_no_account_may_be_a_screen(county, now):
    with writing(county) as connection, pytest.raises(AccountError, match="screen"):
        make_account(connection, login="wall", name="屏", role=Role.SCREEN, at=now)
