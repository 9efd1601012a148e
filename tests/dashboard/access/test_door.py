import pytest
from argon2 import PasswordHasher
from sqlalchemy import event, select, update

from dashboard.access.accounts import make_account, set_active
from dashboard.access.audit import verify
from dashboard.access.door import Refused
from dashboard.access.password import hash_of, is_weaker_than_now
from dashboard.access.role import Role
from dashboard.database.access_tables import account, sign_in_session
from dashboard.database.engine import reading, writing
from tests.dashboard.access.conftest import KEY, PASSWORD, results

HERE = "10.0.0.1"
WRONG = "wrong horse battery"


def stored(engine, table):
    """Everything a table holds, as text."""
    with reading(engine) as connection:
        return [repr(tuple(row)) for row in connection.exec_driver_sql(f"SELECT * FROM {table}")]


def test_a_right_password_lets_in_and_is_written_down(county, door, zhang):
    secret = door.sign_in(" ZHANG", PASSWORD, HERE)

    assert door.viewer(secret, acts=True).login == zhang
    assert results(county) == [("zhang", "sign_in", "ok")]
    with reading(county) as connection:
        assert verify(connection, KEY).altered is None


@pytest.mark.parametrize("change", ["closed", "no password", "none"])
def test_who_is_not_let_in_is_not_told_why(county, door, zhang, now, change):
    with writing(county) as connection:
        if change == "closed":
            set_active(connection, zhang, now, active=False)
        elif change == "no password":
            connection.execute(update(account).values(password=None))

    password = WRONG if change == "none" else PASSWORD
    assert door.sign_in(zhang, password, HERE) == Refused(4)
    assert door.sign_in("nobody", password, "10.0.0.2") == Refused(4)
    assert [result for *_, result in results(county)] == ["refused", "refused"]


def test_an_unknown_login_asks_the_database_the_same(county, door, zhang):
    asked = {}
    for login in (zhang, "zhong"):
        said = asked[login] = []
        engine = door._engine

        @event.listens_for(engine, "before_cursor_execute")
        def note(connection, cursor, statement, *rest, said=said):
            said.append(statement)

        door.sign_in(login, WRONG, HERE)
        event.remove(engine, "before_cursor_execute", note)

    assert asked[zhang] == asked["zhong"] != []


@pytest.mark.parametrize(
    "typed",
    [
        "my secret Passw0rd!",
        "correcthorsebattery",
        "密码1234567890",
        "zh\0ng",
        "\udce4x",
        "z" * 999,
    ],
)  # fmt: skip
def test_what_was_typed_as_a_wrong_login_is_kept_nowhere(county, door, zhang, typed):
    assert door.sign_in(typed, WRONG, HERE) == Refused(4)

    kept = stored(county, "audit_entry") + stored(county, "sign_in_failure")
    assert len(kept) == 2
    for text in kept:
        assert typed not in text
        assert typed.casefold() not in text
        assert WRONG not in text
    assert results(county) == [("?", "sign_in", "refused")]


def test_no_table_holds_a_password_or_a_secret(county, door, zhang):
    secret = door.sign_in(zhang, PASSWORD, HERE)

    for table in ("account", "sign_in_session", "audit_entry", "sign_in_failure"):
        for text in stored(county, table):
            assert PASSWORD not in text
            assert secret not in text


def test_an_older_hash_is_made_anew_when_its_owner_comes(county, door, zhang):
    older = PasswordHasher(time_cost=1, memory_cost=8192).hash(PASSWORD)
    with writing(county) as connection:
        connection.execute(update(account).values(password=older))

    door.sign_in(zhang, WRONG, HERE)
    with reading(county) as connection:
        assert connection.scalar(select(account.c.password)) == older
    assert isinstance(door.sign_in(zhang, PASSWORD, HERE), str)
    with reading(county) as connection:
        assert not is_weaker_than_now(connection.scalar(select(account.c.password)))
    assert isinstance(door.sign_in(zhang, PASSWORD, HERE), str)


@pytest.mark.parametrize("change", ["closed", "password"])
def test_an_account_changed_while_its_password_is_hashed_lets_nobody_in(
    county, door, zhang, change
):
    older = PasswordHasher(time_cost=1, memory_cost=8192).hash(PASSWORD)
    another = hash_of("another long password")
    changed = {"active": False} if change == "closed" else {"password": another}
    with writing(county) as connection:
        connection.execute(update(account).values(password=older))

    @event.listens_for(door._engine, "checkin", once=True)  # the try is counted, its hash not begun
    def meanwhile(*_):
        with writing(county) as connection:
            connection.execute(update(account).values(changed))

    assert door.sign_in(zhang, PASSWORD, HERE) == Refused(4)
    with reading(county) as connection:
        assert connection.execute(select(sign_in_session)).all() == []
        password = connection.scalar(select(account.c.password))
    assert password == (older if change == "closed" else another)


def test_one_who_is_bound_comes_in_as_that(county, door, now):
    with writing(county) as connection:
        make_account(
            connection, login="town", name="西平", role=Role.TOWNSHIP, at=now,
            password=PASSWORD, area_code="530303001000",
        )  # fmt: skip

    found = door.viewer(door.sign_in("town", PASSWORD, HERE), acts=False)
    assert (found.role, found.scope.area) == (Role.TOWNSHIP, "530303001")
