"""Accounts: made, changed and closed by an administrator; none is there from the start."""

import re
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.exc import IntegrityError

from dashboard.access.password import check_new, hash_of
from dashboard.access.role import BOUND, Role
from dashboard.access.viewer import Place, Viewer
from dashboard.cases.area import level_of, significant
from dashboard.database.access_tables import account, sign_in_session
from dashboard.database.tables import area, department
from dashboard.figures.scope import Scope
from dashboard.terms import AreaLevel

_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,59}")
_LONGEST_NAME = 50
_WIDE = (AreaLevel.PREFECTURE, AreaLevel.COUNTY)


class AccountError(ValueError):
    """An account that cannot be; the message says why."""


def is_login(text: str) -> bool:
    """Tell whether a text could be a login at all."""
    return _LOGIN.fullmatch(text) is not None


def make_account(  # noqa: PLR0913 -- all an account is
    connection: Connection,
    *,
    login: str,
    name: str,
    role: Role,
    at: datetime,
    password: str | None = None,
    area_code: str | None = None,
    departments: tuple[str, ...] = (),
) -> int:
    """Make an account and return its id.

    Raises:
        AccountError: the login is taken or no login, the name is empty or too long, the role is a
            screen's or needs a place, the place is unknown.
        PasswordError: the password cannot be used.
    """
    if not is_login(login):
        raise AccountError("a login has 2 to 60 characters: a-z, 0-9, and . _ - after the first")
    check_role(role)
    check_name(name)
    check_place(connection, role, area_code, departments)
    if password is not None:
        check_new(password, login)
    row = {
        "login": login, "name": name.strip(), "role": str(role), "area_code": area_code,
        "departments": sorted(set(departments)) or None, "active": True, "made_at": at,
        "password": None if password is None else hash_of(password),
    }  # fmt: skip
    try:
        with connection.begin_nested():
            made = insert(account).values(**row).returning(account.c.account_id)
            return int(connection.execute(made).scalar_one())
    except IntegrityError:
        raise AccountError(f"the login {login} is taken") from None


def set_password(connection: Connection, login: str, password: str, at: datetime) -> None:
    """Give an account another password; whoever is signed in by it is signed out.

    Raises:
        AccountError: there is no such account.
        PasswordError: the password cannot be used.
    """
    check_new(password, login)
    account_id = id_of(connection, login)
    connection.execute(
        update(account).where(account.c.account_id == account_id).values(password=hash_of(password))
    )
    sign_out_everywhere(connection, account_id, at)


def set_active(connection: Connection, login: str, at: datetime, *, active: bool) -> None:
    """Close an account, which ends its sessions, or open it again.

    Raises:
        AccountError: there is no such account.
    """
    account_id = id_of(connection, login)
    connection.execute(
        update(account).where(account.c.account_id == account_id).values(active=active)
    )
    if not active:
        sign_out_everywhere(connection, account_id, at)


def viewer_of(connection: Connection, row: Any) -> Viewer:  # noqa: ANN401 -- a row of `account`
    """Make a viewer of an account's row."""
    departments = None if row.departments is None else frozenset(row.departments)
    prefix = "" if row.area_code is None else significant(row.area_code)
    bounds: list[Any] = []
    if row.area_code is not None:
        names = select(area.c.name, area.c.name_en).where(area.c.area_code == row.area_code)
        bounds += connection.execute(names).all()
    if departments is not None:
        unit = department.c
        names = select(unit.name, unit.name_en).where(unit.dept_id.in_(sorted(departments)))
        bounds += connection.execute(names.order_by(unit.sort_order)).all()
    places = tuple(Place(*names) for names in bounds)
    role, scope = Role(row.role), Scope(prefix, departments)
    return Viewer(row.account_id, row.login, row.name, role, scope, places, row.language)


def id_of(connection: Connection, login: str) -> int:
    """Return the id of an account.

    Raises:
        AccountError: there is none of that login.
    """
    found = connection.scalar(select(account.c.account_id).where(account.c.login == login))
    if found is None:
        raise AccountError(f"there is no account {login}")
    return int(found)


def sign_out_everywhere(connection: Connection, account_id: int, at: datetime) -> None:
    """End all sessions of an account."""
    mine = sign_in_session.c.account_id == account_id
    still = sign_in_session.c.ended_at.is_(None)
    connection.execute(update(sign_in_session).where(mine, still).values(ended_at=at))


def check_role(role: Role) -> None:
    """Refuse a role no account can have.

    Raises:
        AccountError: it is a screen's.
    """
    if role is Role.SCREEN:
        raise AccountError("a screen is paired; it has no account")


def check_name(name: str) -> None:
    """Refuse what is no name.

    Raises:
        AccountError: it is empty, too long, or cannot be shown.
    """
    if not 1 <= len(name.strip()) <= _LONGEST_NAME or not name.isprintable():
        raise AccountError(f"a name has 1 to {_LONGEST_NAME} characters")


def check_place(
    connection: Connection, role: Role, area_code: str | None, departments: tuple[str, ...]
) -> None:
    """Refuse bounds that do not exist, or none where a role needs some.

    Raises:
        AccountError: they are so.
    """
    if role in BOUND and not departments and (area_code is None or level_of(area_code) in _WIDE):
        raise AccountError(f"the role {role} needs an area below the county, or a department")
    if area_code is not None:
        known = select(area.c.area_code).where(area.c.area_code == area_code)
        if connection.scalar(known) is None:
            raise AccountError(f"there is no area {area_code} in this database")
    for each in departments:
        known = select(department.c.dept_id).where(department.c.dept_id == each)
        if connection.scalar(known) is None:
            raise AccountError(f"there is no department {each} in this database")
