"""what the meeting decided."""

import sqlalchemy as sa
from alembic import op

from dashboard.database.types import Json, UtcDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "decision",
        sa.Column("decision_id", big, nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("cycle", sa.String(length=24), nullable=False),
        sa.Column("matter_key", sa.String(length=80), nullable=True),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("ask", sa.Text(), nullable=False),
        sa.Column("case_code", sa.String(length=24), nullable=True),
        sa.Column("lead_dept_id", sa.String(length=32), nullable=True),
        sa.Column("area_code", sa.String(length=15), nullable=False),
        sa.Column("beside", Json(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("decision_id", name=op.f("pk_decision")),
    )
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.create_index("ix_decision_taken", ["taken_on"], unique=False)
    op.create_table(
        "decision_entry",
        sa.Column("entry_id", big, nullable=False),
        sa.Column("decision_id", big, nullable=False),
        sa.Column("number", big, nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=True),
        sa.Column("agreed_by", sa.String(length=50), nullable=True),
        sa.Column("recorded_by", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id"],
            ["decision.decision_id"],
            name=op.f("fk_decision_entry_decision_id"),
        ),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_decision_entry")),
        sa.UniqueConstraint("decision_id", "number", name=op.f("uq_decision_entry_decision_id")),
    )


def downgrade() -> None:
    op.drop_table("decision_entry")
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.drop_index("ix_decision_taken")
    op.drop_table("decision")
