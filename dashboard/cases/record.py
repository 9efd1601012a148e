"""The only writer of cases: appends events to their logs and brings their rows up to date."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select, text

from dashboard.calendar import local_day
from dashboard.cases import code, store
from dashboard.cases.happening import Happening
from dashboard.cases.ledger import Ledger
from dashboard.cases.lifecycle import TransitionError
from dashboard.cases.rules import Rules
from dashboard.cases.state import new_state
from dashboard.database.tables import cases
from dashboard.terms import CaseKind

CHUNK_EVENTS = 500  # small enough for the caches and the garbage collector
NUMBERING_LOCK = 0x57_51  # "WQ": new cases are numbered one transaction after the other

LAST_CODE = select(func.max(cases.c.case_code)).where(
    cases.c.case_code.between(bindparam("first"), bindparam("last"))
)

History = tuple[int | None, Sequence[Happening]]
"""A case (None: a new one) and what happened to it, in the order it becomes known."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """Where a happening was written."""

    case_id: int
    event_id: int


def record(
    connection: Connection,
    happening: Happening,
    *,
    case_id: int | None,
    rules: Rules,
    now: datetime,
) -> Recorded:
    """Append one event; `case_id` None begins a case. One transaction of the caller.

    Records of one case wait for each other: the case's row is locked (PostgreSQL), or the caller's
    `writing` transaction holds the database's only write lock (SQLite).

    Raises:
        TransitionError: the event is not possible; nothing is written.
        UnknownCaseError: no such case.
    """
    (ledger,) = _write(connection, [(case_id, (happening,))], rules, now, _raise)
    assert ledger is not None  # noqa: S101 -- a refusal was raised
    return Recorded(ledger.state["id"], ledger.state["last_event_id"])


def record_many(
    connection: Connection,
    histories: Iterable[History],
    *,
    rules: Rules,
    now: datetime | None,
    refused: Callable[[int, TransitionError], None] | None = None,
) -> list[int | None]:
    """Append many events, with the result of recording them one by one; return the case ids.

    Memory holds some 500 events at a time, so `histories` may be a generator. `now` None: each
    was recorded when it happened. With `refused`, a history one of whose events is not possible is
    left out whole and handed over by its index (its case id is None); without, it raises.

    Raises:
        TransitionError: an event is not possible, and there is no `refused`.
        UnknownCaseError: no such case.
    """
    case_ids: list[int | None] = []
    for chunk in _chunks(histories):
        first = len(case_ids)

        def refuse(index: int, error: TransitionError, first: int = first) -> None:
            (refused or _raise)(first + index, error)

        ledgers = _write(connection, chunk, rules, now, refuse)
        case_ids.extend(None if ledger is None else ledger.state["id"] for ledger in ledgers)
    return case_ids


def _write(
    connection: Connection,
    chunk: list[History],
    rules: Rules,
    now: datetime | None,
    refuse: Callable[[int, TransitionError], None],
) -> list[Ledger | None]:
    if any(case_id is None for case_id, _ in chunk):
        _lock_numbering(connection)
    known = store.open_ledgers(
        connection, sorted({case_id for case_id, _ in chunk if case_id is not None})
    )
    ledgers: list[Ledger | None] = []
    for index, (case_id, happenings) in enumerate(chunk):
        ledger = Ledger(state=new_state()) if case_id is None else known[case_id]
        try:
            ledger.add(happenings, rules, now)
        except TransitionError as error:
            refuse(index, error)
            ledgers.append(None)
        else:
            ledgers.append(ledger)
    changed = list({id(ledger): ledger for ledger in ledgers if ledger and ledger.entries}.values())
    _name_new(connection, [ledger for ledger in changed if ledger.state["id"] is None], rules)
    store.write_events(connection, changed)
    store.write_cases(connection, [ledger.state for ledger in changed])
    store.write_side_rows(connection, changed)
    return ledgers


def _name_new(connection: Connection, ledgers: list[Ledger], rules: Rules) -> None:
    """Give new cases their ids and codes."""
    numbers: dict[str, int] = {}
    ids = store.next_ids(connection, cases, len(ledgers)) if ledgers else []
    for case_id, ledger in zip(ids, ledgers, strict=True):
        state, first = ledger.state, ledger.entries[0].after
        day = local_day(first["reported_at"], rules.calendar.zone)
        before = code.prefix(rules.county, day, CaseKind(first["case_kind"]))
        if before not in numbers:
            numbers[before] = _last_number(connection, before)
        numbers[before] += 1
        state["id"], state["case_code"] = case_id, code.case_code(before, numbers[before])
        first["case_code"] = state["case_code"]


def _last_number(connection: Connection, before: str) -> int:
    span = {"first": f"{before}00000-0", "last": f"{before}99999-Z"}
    last = connection.scalar(LAST_CODE, span)
    return 0 if last is None else code.number_of(last)


def _lock_numbering(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": NUMBERING_LOCK})


def _chunks(histories: Iterable[History]) -> Iterator[list[History]]:
    chunk: list[History] = []
    events = 0
    for history in histories:
        chunk.append(history)
        events += len(history[1])
        if events >= CHUNK_EVENTS:
            yield chunk
            chunk, events = [], 0
    if chunk:
        yield chunk


def _raise(_index: int, error: TransitionError) -> None:
    raise error
