"""The case database: every table, its columns and the indexes the wall uses (model 3.1-3.4).

Area codes are text: 12 digits for county, township and village (zero-padded), 15 for a grid.
"""

from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from dashboard.database.types import BIG, Json, UtcDateTime

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _code(name: str, *args: Any, **kwargs: Any) -> Column[str]:  # noqa: ANN401
    return Column(name, String(24), *args, **kwargs)


def _area(name: str = "area_code", *, nullable: bool = True) -> Column[str]:
    return Column(name, String(15), nullable=nullable)


def _instant(name: str, *, nullable: bool = True) -> Column[Any]:
    return Column(name, UtcDateTime, nullable=nullable)


area = Table(
    "area",
    metadata,
    Column("area_code", String(15), primary_key=True),
    Column("parent_code", String(15), index=True),
    _code("level", nullable=False),
    Column("name", String(60), nullable=False),
    Column("short_name", String(20), nullable=False),
    Column("name_en", String(80)),
    Column("population", Integer),
    Column("households", Integer),
    Column("area_m2", Float),
    Column("lon", Float),
    Column("lat", Float),
    Column("valid_from", Date),
    Column("valid_to", Date),
    Column("sort_order", Integer, nullable=False, server_default="0"),
)

department = Table(
    "department",
    metadata,
    Column("dept_id", String(32), primary_key=True),
    Column("name", String(80), nullable=False),
    Column("short_name", String(20), nullable=False),
    Column("name_en", String(80)),
    _code("kind"),
    _code("presence"),
    Column("staff_count", Integer),
    _area(),
    Column("active", Boolean, nullable=False, server_default=text("true")),
    Column("sort_order", Integer, nullable=False, server_default="0"),
)

responsibility_item = Table(
    "responsibility_item",
    metadata,
    Column("item_id", String(32), primary_key=True),
    Column("item_no", String(32), nullable=False),
    _code("field", nullable=False),
    Column("title", String(200), nullable=False),
    Column("title_en", String(200)),
    Column("keywords", Json),
    Column("category_codes", Json),
    Column("lead_dept_id", String(32), ForeignKey("department.dept_id")),
    Column("co_dept_ids", Json),
    _code("area_role"),
    Column("legal_basis", Text),
    Column("deadline_rule", String(40)),
    Column("valid_from", Date),
    Column("valid_to", Date),
)

source = Table(
    "source",
    metadata,
    Column("channel", String(24), primary_key=True),
    Column("system", String(60)),
    Column("expected_every_s", Integer),
    _instant("last_received_at"),
    Column("rows_ok", Integer, nullable=False, server_default="0"),
    Column("rows_rejected", Integer, nullable=False, server_default="0"),
)

cases = Table(
    "cases",
    metadata,
    Column("id", BIG, primary_key=True),
    Column("case_code", String(32), nullable=False, unique=True),
    _code("source_channel", nullable=False),
    Column("source_no", String(64), nullable=False),
    _code("case_kind", nullable=False),
    Column("title", String(100), nullable=False),
    Column("title_en", String(160)),
    Column("summary", Text),
    Column("occurred_on", Date),
    _instant("reported_at", nullable=False),
    _instant("accepted_at"),
    _area(nullable=False),
    _area("township_code"),
    _area("village_code"),
    Column("location_text", String(100)),
    Column("lon", Float),
    Column("lat", Float),
    _code("scale_code"),
    _code("category_code"),
    _code("hazard_type_code"),
    Column("people_involved", Integer),
    Column("amount_involved", Float),
    Column("org_involved", String(100)),
    _code("level"),
    _code("risk_level"),
    Column("intensity", Integer),
    _code("situation"),
    _code("routing_type"),
    Column("responsibility_item_id", String(32)),
    Column("item_rank", Integer),
    Column("first_receiver", String(50)),
    Column("lead_dept_id", String(32)),
    Column("co_dept_ids", Json),
    _area("handling_area_code"),
    Column("lead_official", String(50)),
    Column("task_force", Json),
    Column("plan_text", Text),
    Column("campaign", String(60)),
    Column("linked_case_ids", Json),
    Column("evidence_flags", Json),
    Column("rebound_watch", Boolean),
    # progress: a projection of case_event
    _code("stage", nullable=False),
    _instant("stage_since", nullable=False),
    _instant("first_dispatched_at"),
    _instant("first_response_at"),
    Column("return_count", Integer, nullable=False, server_default="0"),
    Column("mediation_rounds", Integer, nullable=False, server_default="0"),
    Column("deadline_rule", String(40)),
    _instant("blue_at"),
    _instant("yellow_at"),
    _instant("red_at"),
    _instant("due_at"),
    _instant("original_due_at"),
    _instant("extended_to"),
    Column("due_provisional", Boolean, nullable=False, server_default=text("false")),
    _instant("paused_since"),
    Column("paused_s", Integer, nullable=False, server_default="0"),
    Column("overdue_reason", String(500)),
    Column("open_supervisions", Integer, nullable=False, server_default="0"),
    Column("supervision_count", Integer, nullable=False, server_default="0"),
    Column("resolution_methods", Json),
    Column("resolving_org", String(100)),
    Column("resolution_text", Text),
    Column("resolved_successfully", Boolean),
    _instant("resolved_at"),
    _code("resolved_level"),
    _instant("closed_at"),
    _instant("left_at"),
    _code("close_outcome"),
    _code("diverted_to"),
    Column("merged_into", BIG),
    Column("handle_minutes", Integer),
    Column("handle_working_minutes", Integer),
    Column("closed_same_day", Boolean),
    _code("satisfaction"),
    Column("follow_up_count", Integer, nullable=False, server_default="0"),
    Column("reached_count", Integer, nullable=False, server_default="0"),
    Column("reopen_count", Integer, nullable=False, server_default="0"),
    _instant("first_closed_at"),
    _instant("first_reopened_at"),
    _instant("reopened_at"),
    Column("response_working_minutes", Integer),
    _code("exclusion_reason"),
    Column("is_repeat", Boolean),
    Column("memory", Json),
    Column("last_event_id", BIG),
    _instant("last_event_at"),
    UniqueConstraint("source_channel", "source_no", name="uq_cases_source"),
)
"""Current state, one row a case.

`red_at` is set only where a case turns red before it is overdue; else `due_at` is that instant.
`left_at` is when it left the stock: closed, withdrawn, merged or not accepted. While a case is
paused, those of `blue_at`, `yellow_at`, `red_at` and `due_at` that were still to come are NULL.
`item_rank` is the place of the chosen responsibility item among those proposed, 0 when it was none
of them, NULL when none were proposed. `memory` is what the next event must know and no other column
says (dashboard.cases.memory).
"""

# The indexes below also hold what the statements of the pages read of each of their rows: to fetch
# the rows themselves takes SQLite three to eight times as long over a million cases. None begins
# with a township or a department: without statistics SQLite would choose it for whatever names one,
# and read all the cases the unit ever had to find those in hand. By the id a reading of the past
# leaves out what has changed since: SQLite has it in every index, PostgreSQL where it is told.
_NAMED = ["id"]
_open = cases.c.left_at.is_(None)
_closed = cases.c.closed_at.is_not(None)
Index(
    "ix_cases_open",
    # NULL in every row of it: an equality that makes SQLite choose this index without statistics
    cases.c.left_at,
    *(cases.c[name] for name in ("due_at", "id", "accepted_at", "lead_dept_id", "township_code")),
    *(cases.c[name] for name in ("stage", "stage_since", "yellow_at", "blue_at", "red_at")),
    cases.c.situation,
    *(cases.c[name] for name in ("open_supervisions", "due_provisional")),
    postgresql_where=_open,
    sqlite_where=_open,
)
Index(
    "ix_cases_accepted",
    *(cases.c[name] for name in ("accepted_at", "situation", "township_code", "lead_dept_id")),
    *(cases.c[name] for name in ("close_outcome", "category_code")),
    postgresql_include=_NAMED,
)
Index(
    "ix_cases_closed",
    *(cases.c[name] for name in ("closed_at", "close_outcome", "township_code", "lead_dept_id")),
    *(cases.c[name] for name in ("reached_count", "follow_up_count", "satisfaction")),
    *(cases.c[name] for name in ("resolved_level", "handle_minutes")),
    postgresql_include=_NAMED,
    postgresql_where=_closed,
    sqlite_where=_closed,
)
Index(
    "ix_cases_due",
    *(
        cases.c[name]
        for name in ("due_at", "closed_at", "township_code", "lead_dept_id", "close_outcome")
    ),
    cases.c.accepted_at,
    cases.c.exclusion_reason,
    postgresql_include=_NAMED,
)
Index(
    "ix_cases_first_dispatched_at",
    *(cases.c[name] for name in ("first_dispatched_at", "close_outcome", "township_code")),
    *(cases.c[name] for name in ("lead_dept_id", "accepted_at", "return_count")),
    postgresql_include=_NAMED,
)
_merged = cases.c.merged_into.is_not(None)
Index("ix_cases_merged_into", cases.c.merged_into, postgresql_where=_merged, sqlite_where=_merged)
_naming = cases.c.linked_case_ids.is_not(None)
Index("ix_cases_naming", cases.c.id, postgresql_where=_naming, sqlite_where=_naming)

party = Table(
    "party",
    metadata,
    Column("party_id", BIG, primary_key=True),
    Column("case_id", BIG, ForeignKey("cases.id"), nullable=False, index=True),
    _code("role", nullable=False),
    Column("name_masked", String(20)),
    Column("party_key", String(16), index=True),
    _code("gender"),
    _code("age_band"),
    _code("person_type_code"),
    Column("is_group_rep", Boolean),
)

case_event = Table(
    "case_event",
    metadata,
    Column("event_id", BIG, primary_key=True),
    Column("case_id", BIG, nullable=False),
    Column("seq", Integer, nullable=False),
    _instant("at", nullable=False),
    _instant("recorded_at", nullable=False),
    _code("type", nullable=False),
    _code("from_stage"),
    _code("to_stage"),
    _code("actor_role", nullable=False),
    Column("actor_org_id", String(32)),
    Column("actor_staff", String(50)),
    Column("dept_id", String(32)),
    Column("sheet_no", String(40)),
    Column("reason", String(500)),
    Column("payload", Json, nullable=False),
    Column("before", Json, nullable=False),
    Column("after", Json, nullable=False),
    _code("source", nullable=False),
    Column("prev_hash", String(64)),
    Column("hash", String(64), nullable=False),
    UniqueConstraint("case_id", "seq", name="uq_case_event_seq"),
    Index("ix_case_event_at", "at"),
    Index("ix_case_event_recorded_at", "recorded_at"),
)
"""Append-only.

`payload` is what the actor gave, `before` and `after` the columns of `cases` it changed.
"""

case_hold = Table(
    "case_hold",
    metadata,
    Column("hold_id", BIG, primary_key=True),
    Column("case_id", BIG, nullable=False),
    Column("number", Integer, nullable=False),
    _instant("from_at", nullable=False),
    _instant("until_at"),
    _code("began", nullable=False),
    _code("ended"),
    _area(),
    _area("township_code"),
    Column("lead_dept_id", String(32)),
    _area("from_township"),
    Column("from_dept", String(32)),
    _area("to_township"),
    Column("to_dept", String(32)),
    _instant("dispatched_at"),
    _instant("claimed_at"),
    UniqueConstraint("case_id", "number", name="uq_case_hold_number"),
    Index("ix_case_hold_from_at", "from_at", "until_at"),
    Index("ix_case_hold_until_at", "until_at", "from_at"),
    Index("ix_case_hold_dispatched_at", "dispatched_at", "claimed_at", "until_at"),
)
"""Who held an open case: one row for each stretch in one township and one department's hands.

`lead_dept_id` None: nobody's. `began` and `ended` are dashboard.cases.holds.Began and Ended;
`from_*` and `to_*` name who held it directly before and after, when it was passed on. A projection
of case_event like `cases`: the stretches of a case cover its time in stock, without gap or overlap.
"""

hazard_point = Table(
    "hazard_point",
    metadata,
    Column("point_id", String(32), primary_key=True),
    Column("name", String(100), nullable=False),
    Column("name_en", String(160)),
    _code("hazard_type_code"),
    _code("area_type_code"),
    _code("public_order_issue"),
    _code("risk_level", nullable=False),
    _area(nullable=False),
    _area("township_code"),
    Column("lon", Float),
    Column("lat", Float),
    Column("lead_dept_id", String(32)),
    Column("co_dept_ids", Json),
    _instant("found_at", nullable=False),
    _instant("rectify_due"),
    _code("status", nullable=False),
    _instant("removed_at"),
    _code("effect_code"),
    Column("case_id", BIG),
    _instant("updated_at", nullable=False),
    Index("ix_hazard_point_open", "removed_at", "risk_level"),
)

intelligence_item = Table(
    "intelligence_item",
    metadata,
    Column("item_id", BIG, primary_key=True),
    _code("source_channel", nullable=False),
    Column("source_no", String(64), nullable=False),
    _instant("received_at", nullable=False),
    _code("situation", nullable=False),
    _code("reporter_kind"),
    _area(nullable=False),
    _area("township_code"),
    Column("title", String(100), nullable=False),
    Column("title_en", String(160)),
    Column("summary", Text),
    _code("category_code"),
    _code("risk_level"),
    _code("status", nullable=False),
    Column("case_id", BIG),
    _instant("assessed_at"),
    Column("assessed_by", String(50)),
    Column("duplicate_of", BIG),
    UniqueConstraint("source_channel", "source_no", name="uq_intelligence_item_source"),
    Index("ix_intelligence_item_received", "received_at", "situation"),
)

supervision_order = Table(
    "supervision_order",
    metadata,
    Column("order_id", BIG, primary_key=True),
    Column("case_id", BIG),
    Column("number", Integer),
    _area(),
    Column("topic", String(100)),
    _code("sheet_type", nullable=False),
    _code("colour"),
    _code("kind"),
    _code("mode"),
    _instant("issued_at", nullable=False),
    Column("issued_by", String(50)),
    Column("to_dept_id", String(32)),
    _instant("reply_due"),
    _instant("acknowledged_at"),
    _instant("replied_at"),
    Column("reply_text", Text),
    _code("status", nullable=False),
    _code("measure_code"),
    Column("escalated_from", BIG),
    UniqueConstraint("case_id", "number", name="uq_supervision_order_number"),
)
"""`number` counts the orders of a case from 1; an order about an area has neither."""

follow_up = Table(
    "follow_up",
    metadata,
    Column("follow_up_id", BIG, primary_key=True),
    Column("case_id", BIG, nullable=False),
    Column("attempt", Integer, nullable=False),
    _instant("at", nullable=False),
    _code("by_role"),
    _code("method"),
    Column("reached", Boolean, nullable=False),
    Column("confirmed_resolved", Boolean),
    _code("satisfaction"),
    _code("agreement_performed"),
    Column("sampled", Boolean, nullable=False, server_default=text("false")),
    Column("note", Text),
    UniqueConstraint("case_id", "attempt", name="uq_follow_up_attempt"),
)

warning = Table(
    "warning",
    metadata,
    Column("warning_id", BIG, primary_key=True),
    _code("scope", nullable=False),
    Column("key", String(80), nullable=False),
    Column("rule", String(80), nullable=False),
    _code("colour", nullable=False),
    Column("value", Json),
    Column("threshold", Json),
    _instant("raised_at", nullable=False),
    _instant("cleared_at"),
    Column("acknowledged_by", String(50)),
    _instant("acknowledged_at"),
    _instant("answer_due"),
    _instant("answered_at"),
    Index("ix_warning_open", "cleared_at", "colour"),
)

duty_shift = Table(
    "duty_shift",
    metadata,
    Column("shift_id", BIG, primary_key=True),
    Column("date", Date, nullable=False, index=True),
    _code("shift", nullable=False),
    _code("role", nullable=False),
    Column("person_name", String(50), nullable=False),
    Column("dept_id", String(32)),
    _instant("starts_at", nullable=False),
    _instant("ends_at", nullable=False),
    _instant("checked_in_at"),
    Index("uq_duty_shift_key", "date", "shift", "role", "person_name", unique=True),
)
"""No column holds a telephone number: an import leaves them where they are."""

duty_shift_removed = Table(
    "duty_shift_removed",
    metadata,
    Column("date", Date, primary_key=True),
    _code("shift", primary_key=True),
    _code("role", primary_key=True),
    Column("person_name", String(50), primary_key=True),
    _instant("removed_at", nullable=False),
)
"""What was taken off the roster by hand, so that no import brings it back.

The shift's own row is gone: the program before, which knows no mark, would show a marked one.
"""

grid_worker = Table(
    "grid_worker",
    metadata,
    Column("worker_id", String(32), primary_key=True),
    Column("name", String(50), nullable=False),
    _area(nullable=False),
    _area("township_code"),
    _code("kind"),
    Column("on_duty_from", Date),
    Column("on_duty_until", Date),
)

points_entry = Table(
    "points_entry",
    metadata,
    Column("entry_id", BIG, primary_key=True),
    Column("worker_id", String(32), ForeignKey("grid_worker.worker_id"), nullable=False),
    _instant("at", nullable=False),
    Column("rule_id", String(40), nullable=False),
    Column("case_id", BIG),
    Column("reverses", BIG),
    Column("points", Float, nullable=False),
    Column("amount_yuan", Float),
    Column("note", String(200)),
    Index("ix_points_entry_worker", "worker_id", "at"),
)
"""Append-only: a rejected report is taken back by an entry that reverses the first."""

inspection_task = Table(
    "inspection_task",
    metadata,
    Column("task_id", BIG, primary_key=True),
    _code("program", nullable=False),
    Column("item_no", String(32)),
    _area(nullable=False),
    _area("township_code"),
    Column("lead_dept_id", String(32)),
    Column("assignee", String(50)),
    _instant("due_at", nullable=False),
    _instant("done_at"),
    Column("found_count", Integer),
    Index("ix_inspection_task_due_at", "due_at"),
)

whistle = Table(
    "whistle",
    metadata,
    Column("whistle_id", BIG, primary_key=True),
    Column("case_id", BIG),
    _code("raised_by", nullable=False),
    _instant("raised_at", nullable=False),
    _area(nullable=False),
    _area("township_code"),
    Column("lead_dept_id", String(32)),
    _instant("arrived_at"),
    _instant("closed_at"),
    _code("satisfaction"),
    Index("ix_whistle_raised_at", "raised_at"),
)
"""吹哨: one row for each department called; `arrived_at` is when it reported in."""

sealed_league = Table(
    "sealed_league",
    metadata,
    _code("kind", primary_key=True),
    Column("month", Date, primary_key=True),
    _instant("sealed_at", nullable=False),
    _instant("as_of", nullable=False),
    Column("event_id", BIG),
    Column("rule_version", String(60)),
    Column("body", Json, nullable=False),
)
"""A month's table as it stood when the month was closed; never written again."""

check_run = Table(
    "check_run",
    metadata,
    Column("run_id", BIG, primary_key=True),
    _instant("started_at", nullable=False),
    _instant("ended_at", nullable=False),
    _instant("as_of", nullable=False),
    Column("cases", Integer, nullable=False),
    Column("events", Integer, nullable=False),
    Column("figures", Integer, nullable=False),
    Column("differences", Json, nullable=False),
)
"""Results of `wuqing check`, one row a run."""

import_run = Table(
    "import_run",
    metadata,
    Column("run_id", BIG, primary_key=True),
    _code("source_channel", nullable=False),
    Column("file_name", String(200), nullable=False),
    Column("mapping_name", String(200), nullable=False),
    _instant("started_at", nullable=False),
    _instant("ended_at"),
    Column("rows_read", Integer, nullable=False, server_default="0"),
    Column("rows_new", Integer, nullable=False, server_default="0"),
    Column("rows_updated", Integer, nullable=False, server_default="0"),
    Column("rows_unchanged", Integer, nullable=False, server_default="0"),
    Column("rows_quarantined", Integer, nullable=False, server_default="0"),
)

quarantined_row = Table(
    "quarantined_row",
    metadata,
    Column("row_id", BIG, primary_key=True),
    Column("run_id", BIG, ForeignKey("import_run.run_id"), nullable=False, index=True),
    Column("line", Integer, nullable=False),
    Column("reason", String(200), nullable=False),
    Column("field", String(60)),
    Column("content", Json, nullable=False),
)

site = Table(
    "site",
    metadata,
    Column("key", String(40), primary_key=True),
    Column("value", Json, nullable=False),
)
"""Facts about this database: its profile, whether its data are synthetic, local rules."""

wall_snapshot = Table(
    "wall_snapshot",
    metadata,
    Column("scope", String(64), primary_key=True),
    Column("tick", BIG, nullable=False),
    Column("lease_until", Float, nullable=False),
    Column("owner", String(64)),
    Column("body", LargeBinary),
)

snapshot_history = Table(
    "snapshot_history",
    metadata,
    Column("scope", String(64), primary_key=True),
    Column("at", UtcDateTime, primary_key=True),
    Column("body", LargeBinary, nullable=False),
)
"""Boards as they were shown, one at each full hour (UTC+8 hours are UTC hours)."""
