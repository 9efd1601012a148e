"""Briefings that are sealed, what people changed in drafts, and how sealing by itself goes."""

from sqlalchemy import Column, Date, Index, Integer, String, Table, Text, UniqueConstraint

from dashboard.database.tables import metadata
from dashboard.database.types import BIG, Json, UtcDateTime

sealed_briefing = Table(
    "sealed_briefing",
    metadata,
    Column("cycle", String(24), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("year", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("sealed_at", UtcDateTime, nullable=False),
    Column("sealed_by", String(60), nullable=False),
    Column("as_of", UtcDateTime, nullable=False),
    Column("event_id", BIG),
    Column("rules", String(60), nullable=False),
    Column("format", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("body", Text, nullable=False),
    UniqueConstraint("cycle", "year", "number", name="uq_sealed_briefing_number"),
)
"""`body` is the canonical text the hash is over; rows are written once and never changed."""

briefing_edit = Table(
    "briefing_edit",
    metadata,
    Column("edit_id", BIG, primary_key=True),
    Column("cycle", String(24), nullable=False),
    Column("day", Date, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("by", String(60), nullable=False),
    Column("kind", String(24), nullable=False),
    Column("key", String(80), nullable=False),
    Column("value", Json, nullable=False),
    Index("ix_briefing_edit_day", "cycle", "day"),
)
"""What somebody did to a draft, in the order of `edit_id`; it only grows."""

sealing_fault = Table(
    "sealing_fault",
    metadata,
    Column("cycle", String(24), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("tries", Integer, nullable=False),
    Column("tried_at", UtcDateTime, nullable=False),
    Column("kind", String(24), nullable=False),
)
"""What the service could not seal at its time: how often it tried, when last, and what failed."""
