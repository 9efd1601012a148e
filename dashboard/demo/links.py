"""Ready links into the demo county: to look at it takes one command and no password.

They exist for synthetic data on this machine alone, work once each, and end after half a day.
"""

from datetime import datetime
from functools import partial
from ipaddress import ip_address
from typing import Any

from pydantic import SecretStr
from sqlalchemy import Connection, Engine, select

from dashboard.access.accounts import make_account
from dashboard.access.audit import Deed, write_down
from dashboard.access.links import VALID, make_link
from dashboard.access.role import Role
from dashboard.database.access_tables import account
from dashboard.database.engine import writing
from dashboard.database.tables import area, site
from dashboard.settings import Settings
from dashboard.terms import AreaLevel


class DemoLinkError(Exception):
    """Links were asked for where there must be none; the message says why."""


def demo_links(engine: Engine, settings: Settings, at: datetime) -> tuple[tuple[str, str], ...]:
    """Make fresh links: (who, path), for the wall, a leader, a township and the administrator.

    Raises:
        DemoLinkError: the data are real, or other machines could come.
    """
    if not _is_loopback(settings.server.host):
        raise DemoLinkError("--demo-live opens the county by links: it serves this machine alone")
    key = settings.audit_secret
    with writing(engine) as connection:
        if connection.scalar(select(site.c.value).where(site.c.key == "synthetic")) is not True:
            raise DemoLinkError("--demo-live opens synthetic data alone; this database is no demo")
        made = partial(_account, connection, at, key)
        leader = made("demo-leader", "演示领导", Role.LEADER)
        manager = made("demo-administrator", "演示管理员", Role.ADMINISTRATOR)
        links = [("wall", leader, "/wall"), ("leader", leader, "/area/{county}")]
        county, township = _places(connection)
        if township is not None:
            bound = made("demo-township", "演示乡镇", Role.TOWNSHIP, township)
            links.append(("township", bound, "/"))
        links.append(("administrator", manager, "/"))
        return tuple(
            (who, f"/enter/{make_link(connection, whose, at + VALID)}?next={_to(path, county)}")
            for who, whose, path in links
        )


def _to(path: str, county: str | None) -> str:
    return path.format(county=county) if county else "/"


def _places(connection: Connection) -> tuple[str | None, str | None]:
    def first(level: AreaLevel) -> str | None:
        found = select(area.c.area_code).where(area.c.level == level).order_by(area.c.sort_order)
        code: str | None = connection.scalar(found.limit(1))
        return code

    return first(AreaLevel.COUNTY), first(AreaLevel.TOWNSHIP)


def _account(  # noqa: PLR0913 -- all an account is
    connection: Connection,
    at: datetime,
    key: SecretStr | None,
    login: str,
    name: str,
    role: Role,
    area_code: str | None = None,
) -> int:
    """Return the account of a link; one that is made is written down like any other."""
    known: int | None = connection.scalar(
        select(account.c.account_id).where(account.c.login == login)
    )
    if known is not None:
        return known
    detail: dict[str, Any] = {"role": role, "area": area_code, "departments": []}
    deed = Deed(actor="demo", action="add_account", subject=login, detail=detail)
    write_down(connection, deed, at, key)
    return make_account(connection, login=login, name=name, role=role, at=at, area_code=area_code)


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
