"""The log of what was done: only ever appended, each row's hash covering the row before it.

h(n) = HMAC-SHA256(key, h(n-1) + JSON of row n as the database stores it); h(0) is empty. The key is
the setting `audit_secret`: without one the chain still shows every careless change, but whoever can
write the database could make a whole new chain. The head, printed by `wuqing audit head` and kept
elsewhere, shows that and a cut-off end.
"""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

import orjson
from pydantic import SecretStr
from sqlalchemy import Connection, String, column, insert, select, table, update

from dashboard.database.access_tables import audit_entry, audit_head
from dashboard.request_id import FIELD, current_request_id

ONLY = 1
COVERED = (
    "entry_id", "at", "actor", "role", "address", "action", "subject", "result", "detail",
    "request_id",
)  # fmt: skip

STORED = table(audit_entry.name, *map(column, (*COVERED, "hash")))
"""The rows as they are stored: what is no time or no JSON is found out, not stumbled upon."""

APPEND = insert(STORED)
END = select(audit_head).where(audit_head.c.head_id == ONLY)
HELD_END = END.with_for_update()
MOVE = update(audit_head).where(audit_head.c.head_id == ONLY)
"""Built once: it is most of what a line costs."""

LONGEST = {
    each.name: each.type.length for each in audit_entry.c if isinstance(each.type, String)
}  # fmt: skip
"""Characters each text of a row may have."""

CHANGED = "the row was changed"
FIRST_CHANGED = "the row was changed, or audit_secret is not what it was written with"
MISSING = "the row is missing"
PUT_IN = "the row was put in"
CUT_OFF = "the end was cut off here"
PAST_HEAD = "the row was put in after the end"
OTHER_HEAD = "the log's own record of its end was changed"
OTHER_CHAIN = "the head kept elsewhere is of another chain: this one was written anew"


class AuditError(RuntimeError):
    """The log cannot be gone on with; nothing that must be written down may be done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """What is written down: who, from where, did what to what, and how it went.

    `detail` holds codes and numbers, never names, numbers or texts of a party. Without a
    `request_id` it is of the request that is being answered, if one is.
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
    """Append a deed in the transaction of what was done, so that both are there or neither.

    Texts are cut to what their column holds.

    Raises:
        AuditError: the log has no head to go on from.
    """
    last = _head(connection, held=True)
    texts = {name: _fitting(name, getattr(deed, name)) for name in COVERED[2:] if name != "detail"}
    texts[FIELD] = texts[FIELD] or current_request_id()
    detail = deed.detail
    said = None if detail is None else orjson.dumps(detail, option=orjson.OPT_SORT_KEYS).decode()
    seconds = int(at.timestamp() // 1)
    row = {"entry_id": last.entry_id + 1, "at": seconds, "detail": said, **texts}
    row["hash"] = chained = _hash(last.hash, row, _bytes(key))
    connection.execute(APPEND, row)
    connection.execute(MOVE, {"entry_id": row["entry_id"], "hash": chained})


def head(connection: Connection) -> Head:
    """Return the end of the chain; number 0 while nothing was written down.

    Raises:
        AuditError: the record of it is gone.
    """
    return _head(connection, held=False)


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many rows hold; `altered` is the number of the first that does not, None if all do."""

    rows: int
    altered: int | None
    why: str | None = None


def verify(connection: Connection, key: SecretStr | None, known: Head | None = None) -> Verdict:
    """Follow the chain from its beginning to its head, and compare with a head kept elsewhere.

    Raises:
        AuditError: the record of the chain's end is gone.
    """
    last, secret = head(connection), _bytes(key)
    before, number, at_known = "", 0, ""
    whole = select(STORED).order_by(STORED.c.entry_id).execution_options(yield_per=1000)
    with connection.execute(whole) as found:
        for row in found.mappings():
            expected, found_id = number + 1, row["entry_id"]
            if found_id != expected:
                why = PUT_IN if found_id < expected else MISSING
                return Verdict(number, min(found_id, expected), why)
            before = _hash(before, row, secret)
            if row["hash"] != before:
                return Verdict(number, expected, CHANGED if number else FIRST_CHANGED)
            number = expected
            if known is not None and number == known.entry_id:
                at_known = before
    if number < max(last.entry_id, known.entry_id if known else 0):
        return Verdict(number, number + 1, CUT_OFF)
    if number > last.entry_id:
        return Verdict(last.entry_id, last.entry_id + 1, PAST_HEAD)
    if last.hash != before:
        return Verdict(number, number, OTHER_HEAD)
    if known is not None and known.hash != at_known:
        return Verdict(number, known.entry_id, OTHER_CHAIN)
    return Verdict(number, None)


def _head(connection: Connection, *, held: bool) -> Head:
    row = connection.execute(HELD_END if held else END).first()
    if row is None:
        raise AuditError("the log's record of its end is gone: somebody deleted it")
    return Head(row.entry_id, row.hash)


def _fitting(name: str, text: str | None) -> str | None:
    """Cut a text to its column; what no screen shows (line ends, NUL) becomes a question mark."""
    if text is None:
        return None
    return "".join(each if each.isprintable() else "?" for each in text)[: LONGEST[name]]


def _bytes(key: SecretStr | None) -> bytes:
    return b"" if key is None else key.get_secret_value().encode()


def _hash(before: str, row: Mapping[Any, Any], secret: bytes) -> str:
    covered = {name: row[name] for name in COVERED}
    # `repr`: a column may hold what was never written there, such as bytes
    said = orjson.dumps(covered, default=repr, option=orjson.OPT_SORT_KEYS)
    return hmac.new(secret, before.encode() + said, sha256).hexdigest()
