from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from dashboard.database import schema
from dashboard.database.tables import metadata


def test_the_migrations_lead_to_the_tables_in_the_code(blank):
    with blank.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": False})
        assert compare_metadata(context, metadata) == []


def test_migrating_twice_changes_nothing(blank):
    schema.migrate(blank)
    assert schema.schema_version(blank) == schema.newest_version()
