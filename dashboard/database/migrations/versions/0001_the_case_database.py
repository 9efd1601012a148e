"""the case database."""

import sqlalchemy as sa
from alembic import op

from dashboard.database.types import Json, UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "area",
        sa.Column("area_code", sa.String(length=15), nullable=False),
        sa.Column("parent_code", sa.String(length=15), nullable=True),
        sa.Column("level", sa.String(length=24), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("short_name", sa.String(length=20), nullable=False),
        sa.Column("name_en", sa.String(length=80), nullable=True),
        sa.Column("population", sa.Integer(), nullable=True),
        sa.Column("households", sa.Integer(), nullable=True),
        sa.Column("area_m2", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("sort_order", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("area_code", name=op.f("pk_area")),
    )
    with op.batch_alter_table("area", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_area_parent_code"), ["parent_code"], unique=False)

    op.create_table(
        "case_event",
        sa.Column("event_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("type", sa.String(length=24), nullable=False),
        sa.Column("from_stage", sa.String(length=24), nullable=True),
        sa.Column("to_stage", sa.String(length=24), nullable=True),
        sa.Column("actor_role", sa.String(length=24), nullable=False),
        sa.Column("actor_org_id", sa.String(length=32), nullable=True),
        sa.Column("actor_staff", sa.String(length=50), nullable=True),
        sa.Column("dept_id", sa.String(length=32), nullable=True),
        sa.Column("sheet_no", sa.String(length=40), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.Column("payload", Json(), nullable=False),
        sa.Column("before", Json(), nullable=False),
        sa.Column("after", Json(), nullable=False),
        sa.Column("source", sa.String(length=24), nullable=False),
        sa.Column("prev_hash", sa.String(length=64), nullable=True),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_case_event")),
        sa.UniqueConstraint("case_id", "seq", name="uq_case_event_seq"),
    )
    with op.batch_alter_table("case_event", schema=None) as batch_op:
        batch_op.create_index("ix_case_event_at", ["at"], unique=False)
        batch_op.create_index("ix_case_event_recorded_at", ["recorded_at"], unique=False)

    op.create_table(
        "cases",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("case_code", sa.String(length=32), nullable=False),
        sa.Column("source_channel", sa.String(length=24), nullable=False),
        sa.Column("source_no", sa.String(length=64), nullable=False),
        sa.Column("case_kind", sa.String(length=24), nullable=False),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.Column("title_en", sa.String(length=160), nullable=True),
        sa.Column("summary", sa.Text(), nullable=True),
        sa.Column("occurred_on", sa.Date(), nullable=True),
        sa.Column("reported_at", UtcDateTime(), nullable=False),
        sa.Column("accepted_at", UtcDateTime(), nullable=True),
        sa.Column("area_code", sa.String(length=15), nullable=False),
        sa.Column("township_code", sa.String(length=15), nullable=True),
        sa.Column("village_code", sa.String(length=15), nullable=True),
        sa.Column("location_text", sa.String(length=100), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("scale_code", sa.String(length=24), nullable=True),
        sa.Column("category_code", sa.String(length=24), nullable=True),
        sa.Column("hazard_type_code", sa.String(length=24), nullable=True),
        sa.Column("people_involved", sa.Integer(), nullable=True),
        sa.Column("amount_involved", sa.Float(), nullable=True),
        sa.Column("org_involved", sa.String(length=100), nullable=True),
        sa.Column("level", sa.String(length=24), nullable=True),
        sa.Column("risk_level", sa.String(length=24), nullable=True),
        sa.Column("intensity", sa.Integer(), nullable=True),
        sa.Column("situation", sa.String(length=24), nullable=True),
        sa.Column("routing_type", sa.String(length=24), nullable=True),
        sa.Column("responsibility_item_id", sa.String(length=32), nullable=True),
        sa.Column("first_receiver", sa.String(length=50), nullable=True),
        sa.Column("lead_dept_id", sa.String(length=32), nullable=True),
        sa.Column("co_dept_ids", Json(), nullable=True),
        sa.Column("handling_area_code", sa.String(length=15), nullable=True),
        sa.Column("lead_official", sa.String(length=50), nullable=True),
        sa.Column("task_force", Json(), nullable=True),
        sa.Column("plan_text", sa.Text(), nullable=True),
        sa.Column("campaign", sa.String(length=60), nullable=True),
        sa.Column("linked_case_ids", Json(), nullable=True),
        sa.Column("evidence_flags", Json(), nullable=True),
        sa.Column("rebound_watch", sa.Boolean(), nullable=True),
        sa.Column("stage", sa.String(length=24), nullable=False),
        sa.Column("stage_since", UtcDateTime(), nullable=False),
        sa.Column("first_dispatched_at", UtcDateTime(), nullable=True),
        sa.Column("first_response_at", UtcDateTime(), nullable=True),
        sa.Column("return_count", sa.Integer(), server_default="0", nullable=False),
        sa.Column("mediation_rounds", sa.Integer(), server_default="0", nullable=False),
        sa.Column("deadline_rule", sa.String(length=40), nullable=True),
        sa.Column("blue_at", UtcDateTime(), nullable=True),
        sa.Column("yellow_at", UtcDateTime(), nullable=True),
        sa.Column("due_at", UtcDateTime(), nullable=True),
        sa.Column("original_due_at", UtcDateTime(), nullable=True),
        sa.Column("extended_to", UtcDateTime(), nullable=True),
        sa.Column(
            "due_provisional", sa.Boolean(), server_default=sa.text("(false)"), nullable=False
        ),
        sa.Column("paused_since", UtcDateTime(), nullable=True),
        sa.Column("paused_s", sa.Integer(), server_default="0", nullable=False),
        sa.Column("overdue_reason", sa.String(length=500), nullable=True),
        sa.Column("open_supervisions", sa.Integer(), server_default="0", nullable=False),
        sa.Column("supervision_count", sa.Integer(), server_default="0", nullable=False),
        sa.Column("resolution_methods", Json(), nullable=True),
        sa.Column("resolving_org", sa.String(length=100), nullable=True),
        sa.Column("resolution_text", sa.Text(), nullable=True),
        sa.Column("resolved_successfully", sa.Boolean(), nullable=True),
        sa.Column("resolved_at", UtcDateTime(), nullable=True),
        sa.Column("resolved_level", sa.String(length=24), nullable=True),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("left_at", UtcDateTime(), nullable=True),
        sa.Column("close_outcome", sa.String(length=24), nullable=True),
        sa.Column("diverted_to", sa.String(length=24), nullable=True),
        sa.Column(
            "merged_into", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("handle_minutes", sa.Integer(), nullable=True),
        sa.Column("handle_working_minutes", sa.Integer(), nullable=True),
        sa.Column("satisfaction", sa.String(length=24), nullable=True),
        sa.Column("reopen_count", sa.Integer(), server_default="0", nullable=False),
        sa.Column("is_repeat", sa.Boolean(), nullable=True),
        sa.Column("memory", Json(), nullable=True),
        sa.Column(
            "last_event_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("last_event_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
        sa.UniqueConstraint("case_code", name=op.f("uq_cases_case_code")),
        sa.UniqueConstraint("source_channel", "source_no", name="uq_cases_source"),
    )
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.create_index(
            "ix_cases_accepted",
            ["accepted_at", "situation", "township_code", "lead_dept_id", "close_outcome"],
            unique=False,
        )
        batch_op.create_index(
            "ix_cases_closed",
            ["closed_at", "close_outcome", "township_code", "lead_dept_id"],
            unique=False,
            postgresql_where=sa.text("closed_at IS NOT NULL"),
            sqlite_where=sa.text("closed_at IS NOT NULL"),
        )
        batch_op.create_index("ix_cases_department", ["lead_dept_id", "accepted_at"], unique=False)
        batch_op.create_index(
            "ix_cases_due",
            [
                "due_at",
                "closed_at",
                "township_code",
                "lead_dept_id",
                "close_outcome",
                "accepted_at",
            ],
            unique=False,
        )
        batch_op.create_index(
            "ix_cases_open",
            [
                "left_at",
                "due_at",
                "id",
                "accepted_at",
                "lead_dept_id",
                "township_code",
                "stage",
                "stage_since",
                "yellow_at",
                "blue_at",
                "situation",
                "open_supervisions",
                "due_provisional",
            ],
            unique=False,
            postgresql_where=sa.text("left_at IS NULL"),
            sqlite_where=sa.text("left_at IS NULL"),
        )
        batch_op.create_index("ix_cases_township", ["township_code", "accepted_at"], unique=False)

    op.create_table(
        "department",
        sa.Column("dept_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("short_name", sa.String(length=20), nullable=False),
        sa.Column("name_en", sa.String(length=80), nullable=True),
        sa.Column("kind", sa.String(length=24), nullable=True),
        sa.Column("presence", sa.String(length=24), nullable=True),
        sa.Column("staff_count", sa.Integer(), nullable=True),
        sa.Column("area_code", sa.String(length=15), nullable=True),
        sa.Column("active", sa.Boolean(), server_default=sa.text("(true)"), nullable=False),
        sa.Column("sort_order", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("dept_id", name=op.f("pk_department")),
    )
    op.create_table(
        "duty_shift",
        sa.Column("shift_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("shift", sa.String(length=24), nullable=False),
        sa.Column("role", sa.String(length=24), nullable=False),
        sa.Column("person_name", sa.String(length=50), nullable=False),
        sa.Column("dept_id", sa.String(length=32), nullable=True),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
        sa.Column("checked_in_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("shift_id", name=op.f("pk_duty_shift")),
    )
    with op.batch_alter_table("duty_shift", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_duty_shift_date"), ["date"], unique=False)

    op.create_table(
        "follow_up",
        sa.Column(
            "follow_up_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("by_role", sa.String(length=24), nullable=True),
        sa.Column("method", sa.String(length=24), nullable=True),
        sa.Column("reached", sa.Boolean(), nullable=False),
        sa.Column("confirmed_resolved", sa.Boolean(), nullable=True),
        sa.Column("satisfaction", sa.String(length=24), nullable=True),
        sa.Column("agreement_performed", sa.String(length=24), nullable=True),
        sa.Column("sampled", sa.Boolean(), server_default=sa.text("(false)"), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("follow_up_id", name=op.f("pk_follow_up")),
        sa.UniqueConstraint("case_id", "attempt", name="uq_follow_up_attempt"),
    )

    op.create_table(
        "hazard_point",
        sa.Column("point_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("name_en", sa.String(length=160), nullable=True),
        sa.Column("hazard_type_code", sa.String(length=24), nullable=True),
        sa.Column("area_type_code", sa.String(length=24), nullable=True),
        sa.Column("public_order_issue", sa.String(length=24), nullable=True),
        sa.Column("risk_level", sa.String(length=24), nullable=False),
        sa.Column("area_code", sa.String(length=15), nullable=False),
        sa.Column("township_code", sa.String(length=15), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lead_dept_id", sa.String(length=32), nullable=True),
        sa.Column("co_dept_ids", Json(), nullable=True),
        sa.Column("found_at", UtcDateTime(), nullable=False),
        sa.Column("rectify_due", UtcDateTime(), nullable=True),
        sa.Column("status", sa.String(length=24), nullable=False),
        sa.Column("removed_at", UtcDateTime(), nullable=True),
        sa.Column("effect_code", sa.String(length=24), nullable=True),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("point_id", name=op.f("pk_hazard_point")),
    )
    with op.batch_alter_table("hazard_point", schema=None) as batch_op:
        batch_op.create_index("ix_hazard_point_open", ["removed_at", "risk_level"], unique=False)

    op.create_table(
        "import_run",
        sa.Column("run_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("source_channel", sa.String(length=24), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("mapping_name", sa.String(length=200), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("rows_read", sa.Integer(), server_default="0", nullable=False),
        sa.Column("rows_new", sa.Integer(), server_default="0", nullable=False),
        sa.Column("rows_updated", sa.Integer(), server_default="0", nullable=False),
        sa.Column("rows_unchanged", sa.Integer(), server_default="0", nullable=False),
        sa.Column("rows_quarantined", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("run_id", name=op.f("pk_import_run")),
    )
    op.create_table(
        "intelligence_item",
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("source_channel", sa.String(length=24), nullable=False),
        sa.Column("source_no", sa.String(length=64), nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.Column("situation", sa.String(length=24), nullable=False),
        sa.Column("reporter_kind", sa.String(length=24), nullable=True),
        sa.Column("area_code", sa.String(length=15), nullable=False),
        sa.Column("township_code", sa.String(length=15), nullable=True),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.Column("title_en", sa.String(length=160), nullable=True),
        sa.Column("summary", sa.Text(), nullable=True),
        sa.Column("category_code", sa.String(length=24), nullable=True),
        sa.Column("risk_level", sa.String(length=24), nullable=True),
        sa.Column("status", sa.String(length=24), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("assessed_at", UtcDateTime(), nullable=True),
        sa.Column("assessed_by", sa.String(length=50), nullable=True),
        sa.Column(
            "duplicate_of", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_intelligence_item")),
        sa.UniqueConstraint("source_channel", "source_no", name="uq_intelligence_item_source"),
    )
    with op.batch_alter_table("intelligence_item", schema=None) as batch_op:
        batch_op.create_index(
            "ix_intelligence_item_received", ["received_at", "situation"], unique=False
        )

    op.create_table(
        "site",
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("value", Json(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_site")),
    )
    op.create_table(
        "snapshot_history",
        sa.Column("scope", sa.String(length=64), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("scope", "at", name=op.f("pk_snapshot_history")),
    )
    op.create_table(
        "source",
        sa.Column("channel", sa.String(length=24), nullable=False),
        sa.Column("system", sa.String(length=60), nullable=True),
        sa.Column("expected_every_s", sa.Integer(), nullable=True),
        sa.Column("last_received_at", UtcDateTime(), nullable=True),
        sa.Column("rows_ok", sa.Integer(), server_default="0", nullable=False),
        sa.Column("rows_rejected", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("channel", name=op.f("pk_source")),
    )
    op.create_table(
        "supervision_order",
        sa.Column("order_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("area_code", sa.String(length=15), nullable=True),
        sa.Column("topic", sa.String(length=100), nullable=True),
        sa.Column("sheet_type", sa.String(length=24), nullable=False),
        sa.Column("colour", sa.String(length=24), nullable=True),
        sa.Column("kind", sa.String(length=24), nullable=True),
        sa.Column("mode", sa.String(length=24), nullable=True),
        sa.Column("issued_at", UtcDateTime(), nullable=False),
        sa.Column("issued_by", sa.String(length=50), nullable=True),
        sa.Column("to_dept_id", sa.String(length=32), nullable=True),
        sa.Column("reply_due", UtcDateTime(), nullable=True),
        sa.Column("acknowledged_at", UtcDateTime(), nullable=True),
        sa.Column("replied_at", UtcDateTime(), nullable=True),
        sa.Column("reply_text", sa.Text(), nullable=True),
        sa.Column("status", sa.String(length=24), nullable=False),
        sa.Column("measure_code", sa.String(length=24), nullable=True),
        sa.Column(
            "escalated_from", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.PrimaryKeyConstraint("order_id", name=op.f("pk_supervision_order")),
        sa.UniqueConstraint("case_id", "number", name="uq_supervision_order_number"),
    )

    op.create_table(
        "wall_snapshot",
        sa.Column("scope", sa.String(length=64), nullable=False),
        sa.Column("tick", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("lease_until", sa.Float(), nullable=False),
        sa.Column("owner", sa.String(length=64), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("scope", name=op.f("pk_wall_snapshot")),
    )
    op.create_table(
        "warning",
        sa.Column(
            "warning_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("scope", sa.String(length=24), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("rule", sa.String(length=80), nullable=False),
        sa.Column("colour", sa.String(length=24), nullable=False),
        sa.Column("value", Json(), nullable=True),
        sa.Column("threshold", Json(), nullable=True),
        sa.Column("raised_at", UtcDateTime(), nullable=False),
        sa.Column("cleared_at", UtcDateTime(), nullable=True),
        sa.Column("acknowledged_by", sa.String(length=50), nullable=True),
        sa.Column("acknowledged_at", UtcDateTime(), nullable=True),
        sa.Column("answer_due", UtcDateTime(), nullable=True),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("warning_id", name=op.f("pk_warning")),
    )
    with op.batch_alter_table("warning", schema=None) as batch_op:
        batch_op.create_index("ix_warning_open", ["cleared_at", "colour"], unique=False)

    op.create_table(
        "party",
        sa.Column("party_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("role", sa.String(length=24), nullable=False),
        sa.Column("name_masked", sa.String(length=20), nullable=True),
        sa.Column("party_key", sa.String(length=16), nullable=True),
        sa.Column("gender", sa.String(length=24), nullable=True),
        sa.Column("age_band", sa.String(length=24), nullable=True),
        sa.Column("person_type_code", sa.String(length=24), nullable=True),
        sa.Column("is_group_rep", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_party_case_id")),
        sa.PrimaryKeyConstraint("party_id", name=op.f("pk_party")),
    )
    with op.batch_alter_table("party", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_party_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_party_party_key"), ["party_key"], unique=False)

    op.create_table(
        "quarantined_row",
        sa.Column("row_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("run_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("field", sa.String(length=60), nullable=True),
        sa.Column("content", Json(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"], ["import_run.run_id"], name=op.f("fk_quarantined_row_run_id")
        ),
        sa.PrimaryKeyConstraint("row_id", name=op.f("pk_quarantined_row")),
    )
    with op.batch_alter_table("quarantined_row", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_quarantined_row_run_id"), ["run_id"], unique=False)

    op.create_table(
        "responsibility_item",
        sa.Column("item_id", sa.String(length=32), nullable=False),
        sa.Column("item_no", sa.String(length=32), nullable=False),
        sa.Column("field", sa.String(length=24), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("title_en", sa.String(length=200), nullable=True),
        sa.Column("keywords", Json(), nullable=True),
        sa.Column("category_codes", Json(), nullable=True),
        sa.Column("lead_dept_id", sa.String(length=32), nullable=True),
        sa.Column("co_dept_ids", Json(), nullable=True),
        sa.Column("area_role", sa.String(length=24), nullable=True),
        sa.Column("legal_basis", sa.Text(), nullable=True),
        sa.Column("deadline_rule", sa.String(length=40), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["lead_dept_id"],
            ["department.dept_id"],
            name=op.f("fk_responsibility_item_lead_dept_id"),
        ),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_responsibility_item")),
    )


def downgrade() -> None:
    op.drop_table("responsibility_item")
    with op.batch_alter_table("quarantined_row", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_quarantined_row_run_id"))

    op.drop_table("quarantined_row")
    with op.batch_alter_table("party", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_party_party_key"))
        batch_op.drop_index(batch_op.f("ix_party_case_id"))

    op.drop_table("party")
    with op.batch_alter_table("warning", schema=None) as batch_op:
        batch_op.drop_index("ix_warning_open")

    op.drop_table("warning")
    op.drop_table("wall_snapshot")
    op.drop_table("supervision_order")
    op.drop_table("source")
    op.drop_table("snapshot_history")
    op.drop_table("site")
    with op.batch_alter_table("intelligence_item", schema=None) as batch_op:
        batch_op.drop_index("ix_intelligence_item_received")

    op.drop_table("intelligence_item")
    op.drop_table("import_run")
    with op.batch_alter_table("hazard_point", schema=None) as batch_op:
        batch_op.drop_index("ix_hazard_point_open")

    op.drop_table("hazard_point")
    op.drop_table("follow_up")
    with op.batch_alter_table("duty_shift", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_duty_shift_date"))

    op.drop_table("duty_shift")
    op.drop_table("department")
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.drop_index("ix_cases_township")
        batch_op.drop_index(
            "ix_cases_open",
            postgresql_where=sa.text("left_at IS NULL"),
            sqlite_where=sa.text("left_at IS NULL"),
        )
        batch_op.drop_index("ix_cases_due")
        batch_op.drop_index("ix_cases_department")
        batch_op.drop_index(
            "ix_cases_closed",
            postgresql_where=sa.text("closed_at IS NOT NULL"),
            sqlite_where=sa.text("closed_at IS NOT NULL"),
        )
        batch_op.drop_index("ix_cases_accepted")

    op.drop_table("cases")
    with op.batch_alter_table("case_event", schema=None) as batch_op:
        batch_op.drop_index("ix_case_event_recorded_at")
        batch_op.drop_index("ix_case_event_at")

    op.drop_table("case_event")
    with op.batch_alter_table("area", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_area_parent_code"))

    op.drop_table("area")
