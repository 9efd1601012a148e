"""Alembic's entry: runs the revisions on the connection it is handed."""

from alembic import context

from dashboard.database import access_tables  # noqa: F401 -- puts its tables into `metadata`
from dashboard.database.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
