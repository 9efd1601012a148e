"""Cases read with everything of theirs, as the database keeps it, a chunk at a time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, NamedTuple

import orjson
from sqlalchemy import Connection, Table, select

from dashboard.cases.rebuild import as_stored
from dashboard.cases.store import SIDE_TABLES
from dashboard.database.tables import case_event, cases, party
from dashboard.database.types import Json, UtcDateTime

CHUNK_CASES = 500

Values = tuple[Any, ...]
Stored = dict[str, Any]


class Chunk(NamedTuple):
    """Rows as they are stored, cheap to hand to another process."""

    cases: list[Values]
    events: list[Values]
    side: dict[str, list[Values]]
    parties: list[Values]


class LogRow(NamedTuple):
    """A row of `case_event` as it is stored: instants are seconds, documents text."""

    event_id: int
    case_id: int
    seq: int
    at: int
    recorded_at: int
    type: str
    from_stage: str | None
    to_stage: str | None
    actor_role: str
    actor_org_id: str | None
    actor_staff: str | None
    dept_id: str | None
    sheet_no: str | None
    reason: str | None
    payload: str
    before: str
    after: str
    source: str
    prev_hash: str | None
    hash: str


@dataclass(slots=True, kw_only=True)
class Kept:
    """What the database keeps of one case."""

    case: Stored
    events: list[LogRow] = field(default_factory=list)
    side: dict[tuple[str, int], Stored] = field(default_factory=dict)
    keys: set[str] = field(default_factory=set)
    applicants: set[str] = field(default_factory=set)


def chunks(connection: Connection) -> Iterator[Chunk]:
    """Read every case with its rows in order of its id."""
    after, columns = 0, [as_stored(column) for column in cases.columns]
    while True:
        wanted = select(*columns).where(cases.c.id > after).order_by(cases.c.id)
        found = connection.execute(wanted.limit(CHUNK_CASES)).all()
        if not found:
            return
        ids = [row.id for row in found]
        after = ids[-1]
        yield Chunk(
            [tuple(row) for row in found],
            _rows(connection, case_event, ids, "seq"),
            {name: _rows(connection, of, ids, key) for name, (of, key) in SIDE_TABLES.items()},
            _parties(connection, ids),
        )


def _rows(connection: Connection, table: Table, ids: Sequence[int], order: str) -> list[Values]:
    found = select(*map(as_stored, table.columns)).where(table.c.case_id.in_(ids))
    found = found.order_by(table.c.case_id, table.c[order])
    return [tuple(row) for row in connection.execute(found)]


def _parties(connection: Connection, ids: Sequence[int]) -> list[Values]:
    """Read whose keys a case has, and nothing else of who they are."""
    found = select(party.c.case_id, party.c.role, party.c.party_key)
    found = found.where(party.c.case_id.in_(ids), party.c.party_key.is_not(None))
    return [tuple(row) for row in connection.execute(found)]


def kept_cases(chunk: Chunk) -> list[Kept]:
    """Put the rows of a chunk to their cases."""
    found = {row["id"]: Kept(case=row) for row in _plain(cases, chunk.cases)}
    for event in map(LogRow._make, chunk.events):
        found[event.case_id].events.append(event)
    for name, (table, number) in SIDE_TABLES.items():
        for row in _plain(table, chunk.side[name]):
            found[row["case_id"]].side[name, row[number]] = row
    for case_id, role, key in chunk.parties:
        found[case_id].keys.add(key)
        if role == "applicant":
            found[case_id].applicants.add(key)
    return list(found.values())


def instant(seconds: int) -> datetime:
    """Return the instant of stored seconds."""
    return datetime.fromtimestamp(seconds, UTC)


def _plain(table: Table, rows: list[Values]) -> Iterator[Stored]:
    """Name the values of rows, instants and documents made of what is stored."""
    names = tuple(map(str, table.columns.keys()))
    made = [
        (name, instant if isinstance(column.type, UtcDateTime) else orjson.loads)
        for name, column in table.columns.items()
        if isinstance(column.type, UtcDateTime | Json)
    ]
    for row in rows:
        values = dict(zip(names, row, strict=True))
        for name, make in made:
            if values[name] is not None:
                values[name] = make(values[name])
        yield values
