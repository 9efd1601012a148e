"""A county whose cases have parties, seen through a view; Wednesday afternoon."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import Engine, insert

from dashboard.calendar import WorkCalendar
from dashboard.database import tables
from dashboard.database.engine import reading, writing
from dashboard.figures.view import View, view_at
from dashboard.settings import Settings
from tests.worlds import a_case


@pytest.fixture(scope="session")
def calendar() -> WorkCalendar:
    return WorkCalendar.load(Settings().zone)


@pytest.fixture
def add(county: Engine) -> Callable[..., int]:
    """Insert a case; `key` is that of its applicant."""

    def insert_case(key: str | None = None, **columns: Any) -> int:
        with writing(county) as connection:
            case_id = a_case(connection, **columns)
            if key is not None:
                row = {"case_id": case_id, "role": "applicant", "party_key": key}
                connection.execute(insert(tables.party).values(row))
        return case_id

    return insert_case


@pytest.fixture
def put(county: Engine) -> Callable[..., None]:
    """Insert rows of a table beside the cases."""

    def insert_rows(table: str, *rows: dict[str, Any]) -> None:
        with writing(county) as connection:
            connection.execute(insert(tables.metadata.tables[table]), list(rows))

    return insert_rows


@pytest.fixture
def look(county: Engine, now: datetime) -> Callable[..., Any]:
    """Call a reader with a fresh view of now, or of `at`."""

    def run(read: Callable[[View], Any], at: datetime = now) -> Any:
        with reading(county) as connection:
            return read(view_at(connection, at))

    return run
