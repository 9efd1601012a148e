"""accounts of other providers, refusals that are counted, and the language of an account."""

import sqlalchemy as sa
from alembic import op

from dashboard.database.types import UtcDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.add_column(sa.Column("language", sa.String(length=8), nullable=True))
    with op.batch_alter_table("sign_in_session", schema=None) as batch_op:
        batch_op.add_column(sa.Column("provider", sa.String(length=12), nullable=True))
        batch_op.create_index("ix_sign_in_session_began", ["began_at"], unique=False)
    op.create_table(
        "account_subject",
        sa.Column("provider", sa.String(length=12), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("account_id", BIG, nullable=False),
        sa.Column("linked_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.account_id"],
            name=op.f("fk_account_subject_account_id_account"),
        ),
        sa.PrimaryKeyConstraint("provider", "subject", name=op.f("pk_account_subject")),
    )
    op.create_index("ix_account_subject_account", "account_subject", ["account_id"])
    op.create_table(
        "sign_on_errand",
        sa.Column("errand_hash", sa.String(length=64), nullable=False),
        sa.Column("provider", sa.String(length=12), nullable=False),
        sa.Column("following", sa.String(length=1000), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=True),
        sa.Column("address", sa.String(length=45), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("errand_hash", name=op.f("pk_sign_on_errand")),
    )
    op.create_index("ix_sign_on_errand_address", "sign_on_errand", ["address"])
    op.create_table(
        "refusal",
        sa.Column("action", sa.String(length=24), nullable=False),
        sa.Column("actor", sa.String(length=60), nullable=False),
        sa.Column("address", sa.String(length=45), nullable=False),
        sa.Column("result", sa.String(length=24), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("began_at", UtcDateTime(), nullable=False),
        sa.Column("last_at", UtcDateTime(), nullable=False),
        sa.Column("times", BIG, nullable=False),
        sa.PrimaryKeyConstraint(
            "action", "actor", "address", "result", "subject", name=op.f("pk_refusal")
        ),
    )


def downgrade() -> None:
    op.drop_table("refusal")
    op.drop_index("ix_sign_on_errand_address", table_name="sign_on_errand")
    op.drop_table("sign_on_errand")
    op.drop_index("ix_account_subject_account", table_name="account_subject")
    op.drop_table("account_subject")
    with op.batch_alter_table("sign_in_session", schema=None) as batch_op:
        batch_op.drop_index("ix_sign_in_session_began")
        batch_op.drop_column("provider")
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.drop_column("language")
