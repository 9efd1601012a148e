import pytest
from click.testing import CliRunner
from sqlalchemy import select

from dashboard.__main__ import main
from dashboard.database import tables
from dashboard.database.access_tables import audit_entry
from dashboard.database.engine import open_engine, writing
from tests.worlds import a_history, small_county


@pytest.fixture
def engine(sqlite_blank, tmp_path, monkeypatch):
    """A small county with one case; no settings file in the working directory."""
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "county.db"
    file.write_bytes(sqlite_blank.read_bytes())
    engine = open_engine(f"sqlite:///{file}")
    with writing(engine) as connection:
        small_county(connection)
        a_history(connection)
    yield engine
    engine.dispose()


def run(engine, *arguments):
    return CliRunner().invoke(main, ["seal-month", "--database", str(engine.url), *arguments])


def test_a_month_is_closed_and_a_second_run_leaves_it(engine):
    assert run(engine, "--month", "2026-03").output == "2026-03 closed townships, departments\n"
    assert run(engine, "--month", "2026-03").output == "2026-03 was closed before\n"
    with engine.connect() as connection:
        kinds = connection.scalars(select(tables.sealed_league.c.kind)).all()
        log = connection.execute(select(audit_entry.c.action, audit_entry.c.subject)).all()
    assert sorted(kinds) == ["departments", "townships"]
    assert log == [("seal_month", "2026-03")] * 2


def test_without_a_month_it_is_the_last_one_that_is_over(engine):
    assert run(engine).exit_code == 0


@pytest.mark.parametrize(
    ("month", "fault"), [("2026-13", "'2026-13' is no month"), ("2099-01", "2099-01 is not over")]
)
def test_a_month_that_cannot_be_closed_is_named(engine, month, fault):
    result = run(engine, "--month", month)
    assert result.exit_code != 0
    assert fault in result.output
