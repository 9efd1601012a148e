"""Changing an account where it is: what is given, and nothing else."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update

from dashboard.access.accounts import (
    AccountError,
    check_name,
    check_place,
    check_role,
    sign_out_everywhere,
)
from dashboard.access.role import Role
from dashboard.database.access_tables import account


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
        check_name(change.name)
    check_role(Role(after["role"]))
    check_place(
        connection, Role(after["role"]), after["area_code"], tuple(after["departments"] or ())
    )
    differing = {name: value for name, value in now.items() if row[name] != value}
    if differing:
        mine = account.c.account_id == row["account_id"]
        connection.execute(update(account).where(mine).values(**differing))
    if differing.get("active") is False:
        sign_out_everywhere(connection, row["account_id"], at)
    return {name: {"was": row[name], "is": value} for name, value in differing.items()}
