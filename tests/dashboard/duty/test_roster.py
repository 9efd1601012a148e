"""The roster: every shift once, read alike by wall and briefing, and no telephone anywhere."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, select, text

from dashboard.database.engine import reading, writing
from dashboard.database.schema import migrate
from dashboard.database.tables import duty_shift
from dashboard.duty.roster import (
    add_shift,
    change_shift,
    leader_of,
    put_shifts,
    read_shifts,
    remove_shift,
)
from dashboard.duty.shift import Shift, ShiftError, name_of

ZONE = ZoneInfo("Asia/Shanghai")
MORNING = datetime(2026, 3, 18, tzinfo=UTC)  # 08:00 in Shanghai
HOUR = timedelta(hours=1)


def a_shift(**changes):
    usual = {
        "day": date(2026, 3, 18), "shift": "day", "role": "duty_leader", "name": "李主任",
        "department": None, "starts_at": MORNING, "ends_at": MORNING + 12 * HOUR,
    }  # fmt: skip
    return Shift(**usual | changes)


def test_of_shifts_that_overlap_whose_began_last_leads(blank):
    late = a_shift(name="王主任", shift="2", starts_at=MORNING + HOUR, ends_at=MORNING + 2 * HOUR)
    with writing(blank) as connection:
        assert put_shifts(connection, [late, a_shift(), a_shift(role="operator")]) == (3, 0, 0)
        assert put_shifts(connection, [a_shift(), late]) == (0, 0, 0)
        assert put_shifts(connection, [a_shift(ends_at=MORNING + 10 * HOUR)]) == (0, 1, 0)
        with pytest.raises(ShiftError, match="twice"), connection.begin_nested():
            add_shift(connection, a_shift())
    with reading(blank) as connection:
        leaders = [
            leader_of(read_shifts(connection, at, at + HOUR))
            for at in (MORNING, MORNING + HOUR, MORNING + 2 * HOUR, MORNING + 10 * HOUR)
        ]
    assert [one and one.name for one in leaders] == ["李主任", "王主任", "李主任", None]


def names(connection):
    return [one.name for one in read_shifts(connection, MORNING, MORNING + HOUR)]


def test_what_was_taken_off_by_hand_no_import_brings_back_until_a_hand_does(blank):
    other = a_shift(role="operator", name="王敏")
    with writing(blank) as connection:
        number = add_shift(connection, a_shift())
        assert remove_shift(connection, number, MORNING)
        assert not remove_shift(connection, number, MORNING)
        for _ in range(2):
            assert put_shifts(connection, [a_shift(), other])[2] == 1
            assert names(connection) == ["王敏"]
        again = add_shift(connection, a_shift())
        assert put_shifts(connection, [a_shift(ends_at=MORNING + HOUR)]) == (0, 1, 0)
        assert remove_shift(connection, again, MORNING + HOUR)
        assert put_shifts(connection, [a_shift()]) == (0, 0, 1)


def test_a_shift_said_anew_under_another_name_is_not_brought_back_under_the_first(blank):
    with writing(blank) as connection:
        number = add_shift(connection, a_shift())
        assert change_shift(connection, number, a_shift(name="王主任"), MORNING)
        assert put_shifts(connection, [a_shift()]) == (0, 0, 1)
        assert names(connection) == ["王主任"]
        assert change_shift(connection, number, a_shift(), MORNING)
        assert put_shifts(connection, [a_shift()]) == (0, 0, 0)
        assert put_shifts(connection, [a_shift(name="王主任")]) == (0, 0, 1)
        longer = a_shift(ends_at=MORNING + 14 * HOUR)
        assert change_shift(connection, number, longer, MORNING)
        assert put_shifts(connection, [a_shift()]) == (0, 1, 0)


def a_row(**changes):
    usual = {
        "date": date(2026, 3, 18), "shift": "day", "role": "duty_leader", "person_name": "李主任",
        "starts_at": MORNING, "ends_at": MORNING + HOUR,
    }  # fmt: skip
    return usual | changes


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"day": date(2026, 3, 17)}, "wrong_day"),
        ({"starts_at": MORNING - 9 * HOUR}, "wrong_day"),
        ({"ends_at": MORNING}, "ends_before"),
        ({"shift": "0"}, "no_shift"),
        ({"role": "cook"}, "no_role"),
        ({"name": name_of("13812345678")}, "no_name"),
        ({"name": "名" * 51}, "name_too_long"),
    ],
)
def test_what_no_roster_may_say(change, fault):
    assert a_shift().checked(ZONE) == a_shift()
    with pytest.raises(ShiftError, match=fault):
        a_shift(**change).checked(ZONE)


@given(
    st.lists(st.sampled_from("0123456789"), min_size=5, max_size=13),
    st.sampled_from(["", " ", "-", " - ", "·"]),
    st.sampled_from(["李主任{}", "{}李主任", "李主任（{}）", "李主任 电话:{} 王", "李主任+86{}"]),
)
def test_no_run_of_digits_stays_in_a_name_however_it_is_set(digits, between, around):
    name = name_of(around.format(between.join(digits)))
    assert sum(letter.isdigit() for letter in name) < 5
    assert "李主任" in name


def test_a_number_that_stands_in_a_row_of_old_is_not_read(blank):
    with writing(blank) as connection:
        connection.execute(insert(duty_shift).values(a_row(person_name="李主任８７１２３４５")))
        (found,) = read_shifts(connection, MORNING, MORNING + HOUR)
    assert found.name == "李主任***"


def test_rows_of_old_that_say_the_same_become_the_newest(new_database):
    engine = new_database()
    with engine.begin() as connection:  # as the version before left it
        connection.execute(text("DROP INDEX uq_duty_shift_key"))
        connection.execute(text("DROP TABLE duty_shift_removed"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0008'"))
    rows = [a_row(ends_at=MORNING + 8 * HOUR), a_row(ends_at=MORNING + 12 * HOUR),
            a_row(shift="night")]  # fmt: skip
    with writing(engine) as connection:
        connection.execute(insert(duty_shift), rows)
    migrate(engine)
    with reading(engine) as connection:
        left = connection.execute(
            select(duty_shift.c.shift, duty_shift.c.ends_at).order_by(duty_shift.c.shift_id)
        ).all()
    assert left == [("day", MORNING + 12 * HOUR), ("night", MORNING + HOUR)]
