"""a roster that names each shift once."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # of rows that say the same the newest stays; the wall showed that one
    op.execute(
        sa.text(
            "DELETE FROM duty_shift WHERE shift_id NOT IN "
            "(SELECT max(shift_id) FROM duty_shift GROUP BY date, shift, role, person_name)"
        )
    )
    op.create_index(
        "uq_duty_shift_key", "duty_shift", ["date", "shift", "role", "person_name"], unique=True
    )


def downgrade() -> None:
    op.drop_index("uq_duty_shift_key", table_name="duty_shift")
