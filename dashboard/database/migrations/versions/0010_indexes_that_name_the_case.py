"""indexes that name the case.

On PostgreSQL alone: an index of SQLite holds the row's number already.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

CLOSED = sa.text("closed_at IS NOT NULL")

COLUMNS = {
    "ix_cases_accepted": (
        "accepted_at", "situation", "township_code", "lead_dept_id", "close_outcome",
        "category_code",
    ),
    "ix_cases_closed": (
        "closed_at", "close_outcome", "township_code", "lead_dept_id", "reached_count",
        "follow_up_count", "satisfaction", "resolved_level", "handle_minutes",
    ),
    "ix_cases_due": (
        "due_at", "closed_at", "township_code", "lead_dept_id", "close_outcome", "accepted_at",
        "exclusion_reason",
    ),
    "ix_cases_first_dispatched_at": (
        "first_dispatched_at", "close_outcome", "township_code", "lead_dept_id", "accepted_at",
        "return_count",
    ),
}  # fmt: skip


def upgrade() -> None:
    _anew(["id"])


def downgrade() -> None:
    _anew([])


def _anew(beside: list[str]) -> None:
    if op.get_context().dialect.name != "postgresql":
        return
    for name, columns in COLUMNS.items():
        op.drop_index(name, table_name="cases")
        op.create_index(
            name,
            "cases",
            list(columns),
            unique=False,
            postgresql_where=CLOSED if name == "ix_cases_closed" else None,
            postgresql_include=beside,
        )
