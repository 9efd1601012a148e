"""Who may look, and what was done: accounts, sessions, screens, and the log that only grows.

No password, session, link, code or token is stored as it is: passwords as argon2id, the others as
SHA-256.
"""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table

from dashboard.database.tables import metadata
from dashboard.database.types import BIG, Json, UtcDateTime

HEX_OF_SHA256 = 64

account = Table(
    "account",
    metadata,
    Column("account_id", BIG, primary_key=True),
    Column("login", String(60), nullable=False, unique=True),
    Column("name", String(50), nullable=False),
    Column("role", String(24), nullable=False),
    Column("area_code", String(15)),
    Column("departments", Json),
    Column("password", String(200)),
    Column("language", String(8)),
    Column("active", Boolean, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
)
"""`area_code` and `departments` bound what is seen; NULL: all of it. `language` NULL: the wall's.

An account without a password is entered by a link alone, as those of the demo are, or by the
provider one of whose subjects it is linked to.
"""

account_subject = Table(
    "account_subject",
    metadata,
    Column("provider", String(12), primary_key=True),
    Column("subject", String(255), primary_key=True),
    Column("account_id", BIG, ForeignKey("account.account_id"), nullable=False),
    Column("linked_at", UtcDateTime, nullable=False),
    Index("ix_account_subject_account", "account_id"),
)
"""Who at a provider has which account: an administrator says so, never the provider."""

sign_on_errand = Table(
    "sign_on_errand",
    metadata,
    Column("errand_hash", String(HEX_OF_SHA256), primary_key=True),
    Column("provider", String(12), nullable=False),
    Column("following", String(1000), nullable=False),
    Column("language", String(8)),
    Column("address", String(45), nullable=False),
    Column("ends_at", UtcDateTime, nullable=False),
    Index("ix_sign_on_errand_address", "address"),
)
"""Who has been sent to a provider and is not back: the browser's secret as a hash."""

sign_in_session = Table(
    "sign_in_session",
    metadata,
    Column("session_hash", String(HEX_OF_SHA256), primary_key=True),
    Column("account_id", BIG, ForeignKey("account.account_id"), nullable=False),
    Column("began_at", UtcDateTime, nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    Column("provider", String(12)),
    Index("ix_sign_in_session_account", "account_id"),
    Index("ix_sign_in_session_began", "began_at"),
)
"""`provider` is who said who it is, NULL where a password or a link did."""

sign_in_failure = Table(
    "sign_in_failure",
    metadata,
    Column("failure_id", BIG, primary_key=True),
    Column("login_hash", String(HEX_OF_SHA256), nullable=False),
    Column("address", String(45), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index("ix_sign_in_failure_login", "login_hash", "at"),
    Index("ix_sign_in_failure_address", "address", "at"),
)
"""What was typed as a login is kept as a hash: people type passwords there."""

sign_in_link = Table(
    "sign_in_link",
    metadata,
    Column("link_hash", String(HEX_OF_SHA256), primary_key=True),
    Column("account_id", BIG, ForeignKey("account.account_id"), nullable=False),
    Column("ends_at", UtcDateTime, nullable=False),
    Column("used_at", UtcDateTime),
)

wall_device = Table(
    "wall_device",
    metadata,
    Column("device_id", BIG, primary_key=True),
    Column("name", String(50)),
    Column("poll_hash", String(HEX_OF_SHA256), nullable=False, unique=True),
    Column("code_hash", String(HEX_OF_SHA256), unique=True),
    Column("code_ends_at", UtcDateTime, nullable=False),
    Column("replaces", BIG),
    Column("token_hash", String(HEX_OF_SHA256), unique=True),
    Column("token_at", UtcDateTime),
    Column("old_token_hash", String(HEX_OF_SHA256), unique=True),
    Column("old_token_until", UtcDateTime),
    Column("address", String(45), nullable=False),
    Column("width", Integer),
    Column("height", Integer),
    Column("made_at", UtcDateTime, nullable=False),
    Column("paired_at", UtcDateTime),
    Column("expires_at", UtcDateTime),
    Column("revoked_at", UtcDateTime),
    Column("seen_at", UtcDateTime),
    Column("refused_for", String(12)),
    Column("refused_at", UtcDateTime),
    Column("build", String(12)),
    Column("data_age_s", Integer),
    Column("heap_mb", Integer),
    Index("ix_wall_device_address", "address"),
)
"""Screens that show the wall without an account. Not yet confirmed: no name, no `paired_at`.

The code is NULL once it was used. `replaces` is the screen this browser was before. `build`,
`data_age_s` and `heap_mb` are what the screen itself last said, at `seen_at`.
"""

audit_entry = Table(
    "audit_entry",
    metadata,
    Column("entry_id", BIG, primary_key=True, autoincrement=False),
    Column("at", UtcDateTime, nullable=False),
    Column("actor", String(60), nullable=False),
    Column("role", String(24)),
    Column("address", String(45)),
    Column("action", String(24), nullable=False),
    Column("subject", String(80)),
    Column("result", String(24), nullable=False),
    Column("detail", Json),
    Column("request_id", String(32)),
    Column("hash", String(HEX_OF_SHA256), nullable=False),
    Index("ix_audit_entry_at", "at"),
)
"""Append-only; each row's hash covers the row before it (dashboard.access.audit)."""

refusal = Table(
    "refusal",
    metadata,
    Column("action", String(24), primary_key=True),
    Column("actor", String(60), primary_key=True),
    Column("address", String(45), primary_key=True),
    Column("result", String(24), primary_key=True),
    Column("subject", String(80), primary_key=True),
    Column("began_at", UtcDateTime, nullable=False),
    Column("last_at", UtcDateTime, nullable=False),
    Column("times", BIG, nullable=False),
)
"""What was refused again after its first line in the log, and is not in there yet."""

audit_head = Table(
    "audit_head",
    metadata,
    Column("head_id", Integer, primary_key=True, autoincrement=False),
    Column("entry_id", BIG, nullable=False),
    Column("hash", String(HEX_OF_SHA256), nullable=False),
)
"""One row, the last of the chain: whoever appends locks it, so that the chain never forks."""
