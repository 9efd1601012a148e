"""What the morning meeting decided, and what became of it: both only ever grow."""

from sqlalchemy import Column, Date, ForeignKey, Index, String, Table, Text, UniqueConstraint

from dashboard.database.tables import metadata
from dashboard.database.types import BIG, Json, UtcDateTime

decision = Table(
    "decision",
    metadata,
    Column("decision_id", BIG, primary_key=True),
    Column("taken_on", Date, nullable=False),
    Column("cycle", String(24), nullable=False),
    Column("matter_key", String(80)),
    Column("title", String(120), nullable=False),
    Column("ask", Text, nullable=False),
    Column("case_code", String(24)),
    Column("lead_dept_id", String(32)),
    Column("area_code", String(15), nullable=False),
    Column("beside", Json, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
    Column("recorded_by", String(60), nullable=False),
    Index("ix_decision_taken", "taken_on"),
)
"""Its owner is an area, or a department: then `area_code` is "". `beside` are codes of helpers."""

decision_entry = Table(
    "decision_entry",
    metadata,
    Column("entry_id", BIG, primary_key=True),
    Column("decision_id", BIG, ForeignKey("decision.decision_id"), nullable=False),
    Column("number", BIG, nullable=False),
    Column("kind", String(24), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("text", Text, nullable=False),
    Column("due_at", UtcDateTime),
    Column("agreed_by", String(50)),
    Column("recorded_by", String(60), nullable=False),
    UniqueConstraint("decision_id", "number"),
)
