"""briefings that are sealed."""

import sqlalchemy as sa
from alembic import op

from dashboard.database.types import Json, UtcDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "sealed_briefing",
        sa.Column("cycle", sa.String(length=24), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sealed_at", UtcDateTime(), nullable=False),
        sa.Column("sealed_by", sa.String(length=60), nullable=False),
        sa.Column("as_of", UtcDateTime(), nullable=False),
        sa.Column("event_id", big, nullable=True),
        sa.Column("rules", sa.String(length=60), nullable=False),
        sa.Column("format", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("cycle", "day", name=op.f("pk_sealed_briefing")),
        sa.UniqueConstraint("cycle", "year", "number", name="uq_sealed_briefing_number"),
    )
    op.create_table(
        "briefing_edit",
        sa.Column("edit_id", big, nullable=False),
        sa.Column("cycle", sa.String(length=24), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("value", Json(), nullable=False),
        sa.PrimaryKeyConstraint("edit_id", name=op.f("pk_briefing_edit")),
    )
    with op.batch_alter_table("briefing_edit", schema=None) as batch_op:
        batch_op.create_index("ix_briefing_edit_day", ["cycle", "day"], unique=False)
    op.create_table(
        "sealing_fault",
        sa.Column("cycle", sa.String(length=24), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("tried_at", UtcDateTime(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.PrimaryKeyConstraint("cycle", "day", name=op.f("pk_sealing_fault")),
    )


def downgrade() -> None:
    op.drop_table("sealing_fault")
    with op.batch_alter_table("briefing_edit", schema=None) as batch_op:
        batch_op.drop_index("ix_briefing_edit_day")
    op.drop_table("briefing_edit")
    op.drop_table("sealed_briefing")
