"""The log of what was done: only ever appended, each row's hash covering the row before it.

h(n) = HMAC-SHA256(key, h(n-1) + canonical JSON of row n); h(0) is empty. The key is the setting
`audit_secret`: without one the chain still shows every careless change, but whoever can write the
database could make a whole new chain. The head, printed by `wuqing audit head` and kept elsewhere,
shows that and a cut-off end.
"""

import hmac
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import orjson
from pydantic import SecretStr
from sqlalchemy import Connection, insert, select, update

from dashboard.database.access_tables import audit_entry, audit_head

ONLY = 1
COVERED = (
    "entry_id", "at", "actor", "role", "address", "action", "subject", "result", "detail",
    "request_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """What is written down: who, from where, did what to what, and how it went.

    `detail` holds codes and numbers, never names, numbers or texts of a party.
    """

    actor: str
    action: str
    result: str = "ok"
    role: str | None = None
    address: str | None = None
    subject: str | None = None
    detail: Mapping[str, Any] | None = None
    request_id: str | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the chain: the last row's number and hash."""

    entry_id: int
    hash: str


def write_down(connection: Connection, deed: Deed, at: datetime, key: SecretStr | None) -> None:
    """Append a deed in the transaction of what was done, so that both are there or neither."""
    last = _locked_head(connection)
    row = {
        "entry_id": last.entry_id + 1,
        "at": at.astimezone(UTC).replace(microsecond=0),
        **{name: getattr(deed, name) for name in COVERED[2:]},
    }
    chained = _hash(last.hash, row, key)
    connection.execute(insert(audit_entry).values(**row, hash=chained))
    head = {"entry_id": row["entry_id"], "hash": chained}
    connection.execute(update(audit_head).where(audit_head.c.head_id == ONLY).values(**head))


def head(connection: Connection) -> Head:
    """Return the end of the chain; number 0 while nothing was written down."""
    row = connection.execute(select(audit_head)).one()
    return Head(row.entry_id, row.hash)


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many rows hold; `altered` is the number of the first that does not, None if all do."""

    rows: int
    altered: int | None
    why: str | None = None


def verify(connection: Connection, key: SecretStr | None, known: Head | None = None) -> Verdict:
    """Follow the chain from its beginning to its head, and compare with a head kept elsewhere."""
    before, number, at_known = "", 0, None
    for row in _rows(connection):
        number += 1
        if row["entry_id"] != number:
            return Verdict(number - 1, number, "a row is missing or was put in")
        if not hmac.compare_digest(row.pop("hash"), before := _hash(before, row, key)):
            return Verdict(number - 1, number, "a row was changed")
        if known is not None and number == known.entry_id:
            at_known = before
    last = head(connection)
    if (last.entry_id, last.hash) != (number, before):
        return Verdict(number, number + 1, "the end was cut off")
    if known is not None and at_known != (known.hash or None):
        return Verdict(number, known.entry_id, "the head kept elsewhere is of another chain")
    return Verdict(number, None)


def _rows(connection: Connection) -> Iterator[dict[str, Any]]:
    columns = [audit_entry.c[name] for name in (*COVERED, "hash")]
    whole = select(*columns).order_by(audit_entry.c.entry_id).execution_options(yield_per=1000)
    for row in connection.execute(whole).mappings():
        yield dict(row)


def _locked_head(connection: Connection) -> Head:
    row = connection.execute(select(audit_head).with_for_update()).one()
    return Head(row.entry_id, row.hash)


def _hash(before: str, row: Mapping[str, Any], key: SecretStr | None) -> str:
    secret = b"" if key is None else key.get_secret_value().encode()
    said = orjson.dumps(dict(row), option=orjson.OPT_SORT_KEYS)
    return hmac.new(secret, before.encode() + said, sha256).hexdigest()
