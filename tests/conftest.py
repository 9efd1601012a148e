"""What the tests share: both databases, a small county, a fixed clock."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Engine

from dashboard.database.engine import open_engine, writing
from dashboard.database.schema import migrate
from tests import worlds
from tests.services import postgres

NOW = datetime(2026, 3, 18, 6, 20, 36, tzinfo=UTC)  # 14:20:36 in Shanghai, a Wednesday


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Spread the files with a browser evenly among the others, the order within both kept.

    Tests in a browser mostly wait: beside others that compute, and with a worker more than there
    are cores, nobody waits. The last third is without, so that no long file is left at the end.
    """
    files: dict[Path, list[pytest.Item]] = {}
    for item in items:
        files.setdefault(item.path, []).append(item)
    browser = [file for file in files if file.parent.name == "browser"]
    others = [file for file in files if file.parent.name != "browser"]
    step = 2 * len(others) / (3 * len(browser) or 1)
    place = {file: number * step - 0.5 for number, file in enumerate(browser)}
    place |= {file: float(number) for number, file in enumerate(others)}
    items[:] = [item for file in sorted(files, key=place.__getitem__) for item in files[file]]


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def machine_in(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """A function that puts this machine into a zone, until the test ends."""

    def put(zone: str) -> None:
        monkeypatch.setenv("TZ", zone)
        time.tzset()

    yield put
    monkeypatch.undo()
    time.tzset()


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A server with a migrated template database `blank`."""
    with postgres.server() as url:
        postgres.run(url, "CREATE DATABASE blank")
        engine = open_engine(f"{url}/blank")
        migrate(engine)
        engine.dispose()
        yield url


@pytest.fixture(scope="session")
def sqlite_blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("blank") / "blank.db"
    engine = open_engine(f"sqlite:///{file}")
    migrate(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return file


@pytest.fixture(params=["sqlite", "postgresql"])
def new_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], Engine]]:
    """A function that opens another fresh, migrated database of the kind under test."""
    engines: list[Engine] = []
    names: list[str] = []

    def on_sqlite() -> Engine:
        file = tmp_path / f"{uuid4().hex}.db"
        file.write_bytes(request.getfixturevalue("sqlite_blank").read_bytes())
        return open_engine(f"sqlite:///{file}")

    def on_postgresql() -> Engine:
        url, name = request.getfixturevalue("postgres_url"), f"t{uuid4().hex}"
        postgres.run(url, f"CREATE DATABASE {name} TEMPLATE blank")
        names.append(name)
        return open_engine(f"{url}/{name}")

    def make() -> Engine:
        engine = on_sqlite() if request.param == "sqlite" else on_postgresql()
        engines.append(engine)
        return engine

    yield make
    for engine in engines:
        engine.dispose()
    for name in names:
        postgres.run(request.getfixturevalue("postgres_url"), f"DROP DATABASE {name}")


@pytest.fixture
def blank(new_database: Callable[[], Engine]) -> Engine:
    """A migrated database without a row, on SQLite and on PostgreSQL."""
    return new_database()


@pytest.fixture
def county(blank: Engine) -> Engine:
    """A database with 沾益区, three townships, four villages and four departments."""
    with writing(blank) as connection:
        worlds.small_county(connection)
    return blank
