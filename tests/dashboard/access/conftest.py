"""A clock that is moved by hand, and doors over the database under test."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from pydantic import SecretStr
from sqlalchemy import Engine, select

from dashboard.access.accounts import make_account
from dashboard.access.door import Door
from dashboard.access.role import Role
from dashboard.database.access_tables import audit_entry
from dashboard.database.engine import open_engine, reading, writing

KEY = SecretStr("a key for tests")
PASSWORD = "correct horse battery"


@dataclass
class Clock:
    at: datetime

    def __call__(self) -> datetime:
        return self.at

    def on(self, **by: float) -> None:
        self.at += timedelta(**by)


@pytest.fixture
def clock(now) -> Clock:
    return Clock(now)


@pytest.fixture
def new_door(county: Engine, clock: Clock) -> Iterator[Callable[[], Door]]:
    """A function that opens another door with connections of its own, as another process has."""
    engines: list[Engine] = []

    def make() -> Door:
        engines.append(open_engine(county.url.render_as_string(hide_password=False)))
        return Door(engines[-1], clock, KEY)

    yield make
    for engine in engines:
        engine.dispose()


@pytest.fixture
def door(new_door) -> Door:
    return new_door()


@pytest.fixture
def zhang(county, now) -> str:
    """The login of a leader with a password."""
    with writing(county) as connection:
        make_account(
            connection, login="zhang", name="张三", role=Role.LEADER, at=now, password=PASSWORD
        )
    return "zhang"


def results(engine: Engine) -> list[tuple[str, str, str]]:
    """Actor, action and result of every row of the log."""
    entry = audit_entry.c
    with reading(engine) as connection:
        rows = select(entry.actor, entry.action, entry.result).order_by(entry.entry_id)
        return [tuple(row) for row in connection.execute(rows)]
