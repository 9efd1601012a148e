"""cases that name another: found by an index that holds only them."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

NAMING = sa.text("linked_case_ids IS NOT NULL")


def upgrade() -> None:
    op.create_index(
        "ix_cases_naming",
        "cases",
        ["id"],
        unique=False,
        postgresql_where=NAMING,
        sqlite_where=NAMING,
    )


def downgrade() -> None:
    op.drop_index(
        "ix_cases_naming", table_name="cases", postgresql_where=NAMING, sqlite_where=NAMING
    )
