"""Cases computed anew from their log, and the proof that the log was not altered."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    Text,
    delete,
    func,
    insert,
    select,
    type_coerce,
)

from dashboard.cases import store
from dashboard.cases.ledger import Ledger, collect, fold
from dashboard.cases.rules import Rules
from dashboard.cases.state import new_state
from dashboard.database.tables import case_event, cases, site
from dashboard.database.types import Json, UtcDateTime

CHUNK_CASES = 1_000
CHUNK_EVENTS = 1_000

PROJECTION = 2
"""Counts up whenever the fold writes something it did not write before.

The migration that comes with it serves no program before it (docs/decisions/011).
"""

FIRST_PROJECTION = 2
"""What a database without the fact has: those that were older got it from migration 0002."""

PROJECTION_FACT = "projection"


@dataclass(frozen=True, slots=True, kw_only=True)
class Altered:
    """The first event of a log that is not as it was written."""

    case_id: int
    seq: int
    event_id: int | None
    fault: str


def stale_projection(connection: Connection) -> bool:
    """Tell whether cases and their stretches were written by a program that knew less of them."""
    stated = connection.scalar(select(site.c.value).where(site.c.key == PROJECTION_FACT))
    return int(FIRST_PROJECTION if stated is None else stated) < PROJECTION


def bring_up(
    connection: Connection, rules: Rules, progress: Callable[[float], None] = lambda _: None
) -> bool:
    """Rebuild a projection that is stale, and note which one stands; tell whether it was."""
    stale = stale_projection(connection)
    if stale:
        rebuild(connection, rules, progress)
    connection.execute(delete(site).where(site.c.key == PROJECTION_FACT))
    connection.execute(insert(site).values(key=PROJECTION_FACT, value=PROJECTION))
    return stale


def rebuild(
    connection: Connection, rules: Rules, progress: Callable[[float], None] = lambda _: None
) -> None:
    """Recompute every case that has events, its follow-ups, supervision orders and stretches.

    With the rules under which they were recorded, the rows are what they were. `progress` is told
    the share that is done.
    """
    total, done = connection.scalar(select(func.count()).select_from(cases)) or 0, 0
    for heads in _heads(connection):
        logs = store.read_logs(connection, list(heads))
        ledgers = []
        for case_id, (case_code, last_event_id) in heads.items():
            ledger = Ledger(
                state=new_state()
                | {"id": case_id, "case_code": case_code, "last_event_id": last_event_id},
                refolded=True,
            )
            for _, step in fold(sorted(logs[case_id]), rules, ledger.state):
                collect(ledger.rows, step)
                ledger.state = step.case
            ledgers.append(ledger)
        store.write_cases(connection, [ledger.state for ledger in ledgers])
        store.write_side_rows(connection, ledgers)
        done += len(ledgers)
        progress(done / max(total, done))


def verify_chain(connection: Connection) -> Altered | None:
    """Return the first altered event, in the order of case and number; None when none is."""
    last_events: dict[int, tuple[int, int]] = {}
    options = {"yield_per": CHUNK_EVENTS}
    with connection.execute(_stored_events(), execution_options=options) as events:
        for case_id, log in groupby(events, key=lambda row: row.case_id):
            before = None
            for expected, row in enumerate(log, 1):
                fault = fault_of(row, expected, before)
                if fault is not None:
                    return Altered(case_id=case_id, seq=row.seq, event_id=row.event_id, fault=fault)
                before, last_events[case_id] = row.hash, (row.event_id, row.seq)
    ends = select(cases.c.id, cases.c.last_event_id).where(cases.c.last_event_id.is_not(None))
    for case_id, event_id in connection.execute(ends.order_by(cases.c.id)):
        last_id, seq = last_events.get(case_id, (None, 0))
        if last_id != event_id:
            fault = "the last events of the case are missing"
            return Altered(case_id=case_id, seq=seq + 1, event_id=event_id, fault=fault)
    return None


def fault_of(row: Any, expected: int, before: str | None) -> str | None:  # noqa: ANN401
    """Tell what is wrong with an event; `row` holds its EVENT_COLUMNS in order, `as_stored`.

    `expected` is the number it must have, `before` the hash of the event before it.
    """
    if row.seq != expected:
        return f"event {expected} of the case is missing"
    if row.prev_hash != before:
        return "it does not follow the event before it"
    return None if store.chained(_hashed(row)) == row.hash else "its content was changed"


_hashed = itemgetter(*map(store.EVENT_COLUMNS.index, store.HASHED))


def as_stored(column: Column[Any]) -> ColumnElement[Any]:
    """Read instants as seconds and documents as text, as they lie in the database."""
    raw: tuple[tuple[type, Any], ...] = ((UtcDateTime, BigInteger()), (Json, Text()))
    stored = next((as_is for kind, as_is in raw if isinstance(column.type, kind)), column.type)
    return type_coerce(column, stored).label(column.name)


def _stored_events() -> Any:  # noqa: ANN401 -- a select of all columns as they are stored
    columns = map(as_stored, case_event.columns)
    return select(*columns).order_by(case_event.c.case_id, case_event.c.seq)


def _heads(connection: Connection) -> Iterator[dict[int, tuple[str, int]]]:
    """Yield chunks of case ids with their code, which the first event keeps, and last event."""
    after = 0
    while True:
        last = (
            select(case_event.c.case_id, func.max(case_event.c.event_id).label("event_id"))
            .where(case_event.c.case_id > after)
            .group_by(case_event.c.case_id)
            .order_by(case_event.c.case_id)
            .limit(CHUNK_CASES)
            .subquery()
        )
        first = (case_event.c.case_id == last.c.case_id) & (case_event.c.seq == 1)
        found = select(last, case_event.c.after).join(case_event, first)
        heads = {
            row.case_id: (row.after["case_code"], row.event_id)
            for row in connection.execute(found.order_by(last.c.case_id))
        }
        if not heads:
            return
        yield heads
        after = max(heads)
