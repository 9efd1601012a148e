import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import func, insert, select

from dashboard.database import schema
from dashboard.database.engine import open_engine, reading, writing
from dashboard.database.faults import EndedError
from dashboard.database.tables import department, metadata


def test_the_migrations_lead_to_the_tables_in_the_code(blank):
    with blank.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": False})
        assert compare_metadata(context, metadata) == []


def test_migrating_twice_changes_nothing(blank):
    schema.migrate(blank)
    assert schema.schema_version(blank) == schema.newest_version()


@pytest.mark.parametrize("then", [1, 0])
def test_nothing_is_written_past_a_transaction_that_sqlite_took_back(tmp_path, then):
    """As it does on a full disk; the driver then runs each statement for itself."""
    engine = open_engine(f"sqlite:///{tmp_path / 'ended.db'}")
    schema.migrate(engine)
    with pytest.raises(EndedError, match="nothing of it was written"), writing(engine) as open_:
        open_.execute(
            insert(department).values(
                dept_id="d1", name="司法局", short_name="司法", kind="department"
            )
        )
        open_.connection.driver_connection.execute("ROLLBACK")
        for number in range(then):
            row = {"dept_id": f"e{number}", "name": "人社局", "short_name": "人社", "kind": "d"}
            open_.execute(insert(department).values(row))
    with reading(engine) as connection:
        assert connection.scalar(select(func.count()).select_from(department)) == 0
    engine.dispose()
