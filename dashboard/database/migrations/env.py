"""Alembic's entry: runs the revisions on the connection it is handed."""

from alembic import context

from dashboard.database import (  # noqa: F401 -- they put their tables into `metadata`
    access_tables,
    briefing_tables,
    decision_tables,
)
from dashboard.database.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
