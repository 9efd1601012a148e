import pytest
from sqlalchemy import func, select

from dashboard.access.accounts import AccountError, make_account, set_active, set_password
from dashboard.access.password import PasswordError
from dashboard.access.role import BOUND, RIGHTS, Right, Role
from dashboard.access.sessions import begin_session, find_viewer
from dashboard.database.access_tables import account
from dashboard.database.engine import reading, writing
from dashboard.figures.scope import EVERYTHING, Scope
from tests.worlds import COUNTY, HUASHAN, XIPING

PASSWORD = "correct horse battery"
VILLAGE = "530303001001"
OF_ACCOUNTS = [role for role in Role if role is not Role.SCREEN]


def make(engine, now, **account_):
    row = {"login": "zhang", "name": "张三", "role": Role.LEADER, "at": now} | account_
    with writing(engine) as connection:
        return make_account(connection, **row)


def viewer(engine, now, **account_):
    account_id = make(engine, now, **account_)
    with writing(engine) as connection:
        secret = begin_session(connection, account_id, now)
        return find_viewer(connection, secret, now)[0]


def test_there_is_no_account_from_the_start(blank):
    with reading(blank) as connection:
        assert connection.scalar(select(func.count()).select_from(account)) == 0


def test_a_login_is_there_once_and_the_transaction_goes_on(county, now):
    make(county, now)
    with writing(county) as connection:
        with pytest.raises(AccountError, match="taken"):
            make_account(connection, login="zhang", name="李四", role=Role.LEADER, at=now)
        make_account(connection, login="li", name="李四", role=Role.LEADER, at=now)

    with reading(county) as connection:
        found = connection.scalars(select(account.c.login).order_by(account.c.login)).all()
    assert found == ["li", "zhang"]


@pytest.mark.parametrize(
    "login", ["", "z", "Zhang", "张三", "zhang san", "-zhang", "zhang\n", "zh\0ng", "z" * 61]
)
def test_what_is_no_login_is_refused(county, now, login):
    with pytest.raises(AccountError, match="login"):
        make(county, now, login=login)


@pytest.mark.parametrize("name", ["", " ", "名" * 51, "张\n三", "张\0三"])
def test_what_is_no_name_is_refused(county, now, name):
    with pytest.raises(AccountError, match="name"):
        make(county, now, name=name)


def test_a_bad_password_makes_no_account(county, now):
    with pytest.raises(PasswordError):
        make(county, now, password="short")
    with reading(county) as connection:
        assert connection.scalar(select(func.count()).select_from(account)) == 0


@pytest.mark.parametrize("role", sorted(BOUND))
@pytest.mark.parametrize("place", [{}, {"area_code": COUNTY}, {"departments": ()}])
def test_a_role_of_a_unit_needs_a_place_of_its_own(county, now, role, place):
    with pytest.raises(AccountError, match="needs an area below the county"):
        make(county, now, role=role, **place)


@pytest.mark.parametrize("role", sorted(set(OF_ACCOUNTS) - BOUND))
def test_a_role_of_the_centre_needs_none(county, now, role):
    assert viewer(county, now, role=role).scope == EVERYTHING


@pytest.mark.parametrize(
    "place, fault",
    [
        ({"area_code": "530303999000"}, "no area 530303999000"),
        ({"departments": ("water", "fire")}, "no department fire"),
    ],
)
def test_an_unknown_place_is_named(county, now, place, fault):
    with pytest.raises(AccountError, match=fault):
        make(county, now, role=Role.DEPT if "departments" in place else Role.TOWNSHIP, **place)


@pytest.mark.parametrize(
    "role, place, scope, names",
    [
        (Role.LEADER, {}, EVERYTHING, []),
        (Role.LEADER, {"area_code": COUNTY}, Scope("530303"), ["沾益区"]),
        (Role.TOWNSHIP, {"area_code": XIPING}, Scope("530303001"), ["西平街道"]),
        (Role.VILLAGE, {"area_code": VILLAGE}, Scope(VILLAGE), ["001村"]),
        (
            Role.DEPT,
            {"departments": ("water", "hrss", "water")},
            Scope("", frozenset({"water", "hrss"})),
            ["区人社局", "区水务局"],
        ),
        (
            Role.DEPT,
            {"area_code": HUASHAN, "departments": ("water",)},
            Scope("530303004", frozenset({"water"})),
            ["花山街道", "区水务局"],
        ),
    ],
)
def test_the_scope_of_a_viewer_is_its_accounts(county, now, role, place, scope, names):
    found = viewer(county, now, role=role, **place)

    assert (found.login, found.name, found.role) == ("zhang", "张三", role)
    assert found.scope == scope
    assert [each.zh for each in found.places] == names


def test_what_a_scope_holds(county, now):
    scope = viewer(county, now, role=Role.TOWNSHIP, area_code=XIPING).scope

    assert scope.holds(XIPING)
    assert scope.holds(VILLAGE)
    assert not scope.holds(COUNTY)
    assert not scope.holds(HUASHAN)


@pytest.mark.parametrize("role", OF_ACCOUNTS)
def test_who_sees_a_part_does_not_see_the_wall(county, now, role):
    bound = viewer(county, now, role=role, area_code=XIPING)

    assert not bound.may(Right.WALL)
    assert {each for each in Right if bound.may(each)} == RIGHTS[role] - {Right.WALL}


def test_every_role_has_its_rights():
    assert set(RIGHTS) == set(Role)
    assert all(Right.WALL not in RIGHTS[role] for role in BOUND)
    assert Right.DESK not in RIGHTS[Role.ADMINISTRATOR]


@pytest.mark.parametrize("act", ["close", "password"])
def test_closing_and_another_password_end_sessions_of_this_account_alone(county, now, act):
    mine, others = make(county, now), make(county, now, login="li")
    with writing(county) as connection:
        secrets = [begin_session(connection, each, now) for each in (mine, mine, others)]
        if act == "close":
            set_active(connection, "zhang", now, active=False)
            set_active(connection, "zhang", now, active=True)
        else:
            set_password(connection, "zhang", PASSWORD, now)

    with reading(county) as connection:
        alive = [find_viewer(connection, each, now) is not None for each in secrets]
    assert alive == [False, False, True]


def test_an_unknown_account_is_named(county, now):
    with writing(county) as connection:
        with pytest.raises(AccountError, match="no account nobody"):
            set_password(connection, "nobody", PASSWORD, now)
        with pytest.raises(AccountError, match="no account nobody"):
            set_active(connection, "nobody", now, active=False)
