"""Cases read with everything of theirs, and folded anew event by event."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, Table, select

from dashboard.cases.ledger import BOOKKEEPING, Ledger, Logged, Rows, collect, fold
from dashboard.cases.rules import Rules
from dashboard.cases.state import State, new_state
from dashboard.cases.step import Step
from dashboard.cases.store import SIDE_TABLES, logged
from dashboard.database.tables import case_event, cases, party

CHUNK_CASES = 500

Stored = dict[str, Any]


@dataclass(slots=True, kw_only=True)
class Kept:
    """What the database keeps of one case."""

    case: Stored
    events: list[Row[Any]] = field(default_factory=list)
    side: dict[tuple[str, int], Stored] = field(default_factory=dict)
    keys: set[str] = field(default_factory=set)
    applicants: set[str] = field(default_factory=set)


class Image(NamedTuple):
    """What an event did, as its row in the log says."""

    at: datetime
    from_stage: str | None
    to_stage: str | None
    before: State
    after: State


@dataclass(frozen=True, slots=True)
class Replayed:
    """A case made anew: its last state and rows, its events as written, its steps in time."""

    state: State
    rows: Rows
    images: list[Image]
    steps: list[tuple[Logged, Step]]


def kept_cases(connection: Connection) -> Iterator[Kept]:
    """Yield every case, a chunk in memory at a time."""
    after = 0
    while True:
        wanted = select(cases).where(cases.c.id > after).order_by(cases.c.id).limit(CHUNK_CASES)
        chunk = {
            row.id: Kept(case={str(name): value for name, value in row._mapping.items()})
            for row in connection.execute(wanted)
        }
        if not chunk:
            return
        after = max(chunk)
        _fill(connection, chunk)
        yield from chunk.values()


def _fill(connection: Connection, chunk: dict[int, Kept]) -> None:
    ids = list(chunk)
    found = select(case_event).where(case_event.c.case_id.in_(ids))
    for row in connection.execute(found.order_by(case_event.c.case_id, case_event.c.seq)):
        chunk[row.case_id].events.append(row)
    for name, (table, number) in SIDE_TABLES.items():
        for stored in _rows(connection, table, ids):
            chunk[stored["case_id"]].side[name, stored[number]] = stored
    of = select(party.c.case_id, party.c.role, party.c.party_key)
    for row in connection.execute(of.where(party.c.case_id.in_(ids))):
        if row.party_key is not None:
            chunk[row.case_id].keys.add(row.party_key)
            if row.role == "applicant":
                chunk[row.case_id].applicants.add(row.party_key)


def _rows(connection: Connection, table: Table, ids: Sequence[int]) -> Iterator[Stored]:
    for row in connection.execute(select(table).where(table.c.case_id.in_(ids))):
        yield {str(name): value for name, value in row._mapping.items()}


def replay(kept: Kept, rules: Rules) -> Replayed:
    """Let the events of a case happen once more, in memory.

    Raises:
        TransitionError, ValueError, KeyError: an event is not possible where it stands.
    """
    log = [logged(row) for row in kept.events]
    in_time = sorted(log)
    steps = list(fold(in_time, rules, new_state()))
    rows: Rows = {}
    for _, step in steps:
        collect(rows, step)
    images = [_image(*one) for one in steps] if in_time == log else _written(kept, log, rules)
    images[0].before.clear()
    images[0].after["case_code"] = kept.case["case_code"]
    named = {name: kept.case[name] for name in ("id", "case_code")}
    named["last_event_id"] = kept.events[-1].event_id
    return Replayed(steps[-1][1].case | named, rows, images, steps)


def _image(one: Logged, step: Step) -> Image:
    before, after = step.before, step.case
    changed = [
        name
        for name, value in after.items()
        if value is not before[name] and value != before[name] and name not in BOOKKEEPING
    ]
    return Image(
        one.at,
        before["stage"],
        after["stage"],
        {name: before[name] for name in changed},
        {name: after[name] for name in changed},
    )


def _written(kept: Kept, log: list[Logged], rules: Rules) -> list[Image]:
    """Record a log with late events in the order it became known."""
    ledger = Ledger(state=new_state())
    for one, row in zip(log, kept.events, strict=True):
        ledger.add([one.happening], rules, row.recorded_at)
    return [
        Image(entry.logged.at, *entry.stages, entry.before, entry.after) for entry in ledger.entries
    ]


def rows_by_table(rows: Rows) -> dict[str, list[dict[str, Any]]]:
    """Return the rows beside a case as plain dicts, by table."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for (table, number), row in sorted(rows.items()):
        found[table].append({"number": number, **row.values})
    return found
