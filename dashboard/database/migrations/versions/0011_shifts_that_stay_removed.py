"""shifts that stay removed."""

import sqlalchemy as sa
from alembic import op

from dashboard.database.types import UtcDateTime

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "duty_shift_removed",
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("shift", sa.String(24), nullable=False),
        sa.Column("role", sa.String(24), nullable=False),
        sa.Column("person_name", sa.String(50), nullable=False),
        sa.Column("removed_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint(
            "date", "shift", "role", "person_name", name=op.f("pk_duty_shift_removed")
        ),
    )


def downgrade() -> None:
    op.drop_table("duty_shift_removed")
