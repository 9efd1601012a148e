"""Accounts: made, changed and closed by an administrator; none is there from the start."""

import re
from dataclasses import dataclass
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
    _check_role(role)
    _check_name(name)
    _check_place(connection, role, area_code, departments)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What becomes of an account; None leaves a part as it is, an empty one takes it away.

    `area_code` and `departments` bound what is seen, `language` is that in which somebody begins.
    """

    name: str | None = None
    role: Role | None = None
    area_code: str | None = None
    departments: tuple[str, ...] | None = None
    language: str | None = None
    active: bool | None = None


def change_account(
    connection: Connection, login: str, change: Change, at: datetime
) -> dict[str, dict[str, Any]]:
    """Change an account and return the columns that differ: what each was, and is now.

    Its sessions go on with what it is now, at the latest after a few seconds; closing ends them.

    Raises:
        AccountError: there is no such account, or it could not have been made so.
    """
    held = select(account).where(account.c.login == login).with_for_update()
    row = connection.execute(held).mappings().first()
    if row is None:
        raise AccountError(f"there is no account {login}")
    asked: dict[str, Any] = {
        "name": change.name and change.name.strip(),
        "role": change.role and str(change.role),
        "area_code": change.area_code,
        "departments": change.departments and sorted(set(change.departments)),
        "language": change.language,
        "active": change.active,
    }
    given = {name: value for name, value in asked.items() if value is not None}
    now = {name: None if value in ("", ()) else value for name, value in given.items()}
    after = dict(row) | now
    if change.name is not None:
        _check_name(change.name)
    _check_role(Role(after["role"]))
    _check_place(
        connection, Role(after["role"]), after["area_code"], tuple(after["departments"] or ())
    )
    differing = {name: value for name, value in now.items() if row[name] != value}
    if differing:
        mine = account.c.account_id == row["account_id"]
        connection.execute(update(account).where(mine).values(**differing))
    if differing.get("active") is False:
        sign_out_everywhere(connection, row["account_id"], at)
    return {name: {"was": row[name], "is": value} for name, value in differing.items()}


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


def _check_role(role: Role) -> None:
    if role is Role.SCREEN:
        raise AccountError("a screen is paired; it has no account")


def _check_name(name: str) -> None:
    if not 1 <= len(name.strip()) <= _LONGEST_NAME or not name.isprintable():
        raise AccountError(f"a name has 1 to {_LONGEST_NAME} characters")


def _check_place(
    connection: Connection, role: Role, area_code: str | None, departments: tuple[str, ...]
) -> None:
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
