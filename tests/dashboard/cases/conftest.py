from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Engine

from dashboard.database.engine import open_engine
from tests.services import postgres


@pytest.fixture
def both(sqlite_blank: Path, postgres_url: str, tmp_path: Path) -> Iterator[tuple[Engine, Engine]]:
    """A migrated SQLite file and a migrated PostgreSQL database, without a row."""
    file, name = tmp_path / "both.db", f"t{uuid4().hex}"
    file.write_bytes(sqlite_blank.read_bytes())
    postgres.run(postgres_url, f"CREATE DATABASE {name} TEMPLATE blank")
    engines = open_engine(f"sqlite:///{file}"), open_engine(f"{postgres_url}/{name}")
    yield engines
    for engine in engines:
        engine.dispose()
    postgres.run(postgres_url, f"DROP DATABASE {name}")
