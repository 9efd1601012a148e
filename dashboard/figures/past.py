"""Cases and who held them as they stood at an instant, as known now or as known then (engine 5)."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    MetaData,
    Table,
    bindparam,
    func,
    insert,
    not_,
    or_,
    select,
    union_all,
    update,
)
from sqlalchemy.schema import CreateTable, DropTable
from sqlalchemy.sql.expression import FromClause

from dashboard.cases.ledger import BOOKKEEPING, Logged, Rows, collect, fold
from dashboard.cases.rules import Rules
from dashboard.cases.state import State, clean, new_state
from dashboard.cases.store import read_logs
from dashboard.database.row_security import fence, share
from dashboard.database.tables import case_event, case_hold, cases
from dashboard.database.types import BIG
from dashboard.terms import Event

LateRules: TypeAlias = Callable[[], Rules]
"""Gives the centre's rules; asked only when an event was recorded out of turn."""

CHUNK_CASES = 1_000

_STATED_ENDS = frozenset({"accepted_at", "left_at"})

_temporary = MetaData()


def _copy_of(name: str, table: Table, key: str | None = None) -> Table:
    columns = (
        Column(column.name, column.type, primary_key=column.name == key) for column in table.columns
    )
    return Table(name, _temporary, *columns, prefixes=["TEMP"])


def _ids(name: str) -> Table:
    return Table(name, _temporary, Column("id", BIG, primary_key=True), prefixes=["TEMP"])


_changed, _refolded = _ids("cases_changed"), _ids("cases_refolded")
_then, _holds_then = _copy_of("cases_then", cases, "id"), _copy_of("holds_then", case_hold)


@dataclass(frozen=True, slots=True)
class Past:
    """What figures read cases and stretches from, with the columns of their tables."""

    cases: FromClause
    holds: FromClause


def past(
    connection: Connection,
    as_of: datetime,
    known_at: datetime | None = None,
    rules: LateRules | None = None,
) -> Past:
    """Return the tables without the events after `as_of` and those recorded after `known_at`.

    They are the tables themselves while there is no such event. Otherwise the cases concerned give
    way to their rows of that time, kept in temporary tables of this connection; the next call
    replaces them, so only one past can be read at a time. The cost grows with the events since.
    Stretches that began later or still ran are for the reader to tell by `from_at` and `until_at`.
    Without `rules`, a case with an event recorded out of turn is only nearly right, and so are
    stretches that a source rewrote in hindsight.
    """
    late = _left_out(as_of, known_at)
    if connection.execute(select(case_event.c.event_id).where(late).limit(1)).first() is None:
        return Past(cases, case_hold)
    for table in (_changed, _refolded, _then, _holds_then):
        connection.execute(DropTable(table, if_exists=True))
        connection.execute(CreateTable(table))
    _copy(connection, late)
    undone = _undone(connection, late, as_of)
    states, anew = undone.states, undone.anew if rules is not None else []
    if anew or undone.unknown:
        ids = [{"id": case_id} for case_id in (*anew, *undone.unknown)]
        connection.execute(insert(_refolded), ids)
    if rules is not None and anew:
        folded = _folded(connection, anew, (as_of, known_at), rules())
        states |= {one: state for one, state in folded.items() if one in undone.mixed}
    _restore(connection, states)
    share(connection, _changed, _refolded)
    fence(connection, _then, _holds_then)
    untouched = select(cases).where(cases.c.id.not_in(select(_changed.c.id)))
    held = select(case_hold).where(case_hold.c.case_id.not_in(select(_refolded.c.id)))
    return Past(
        union_all(untouched, select(_then)).subquery("cases_at"),
        union_all(held, select(_holds_then)).subquery("holds_at")
        if anew or undone.unknown
        else case_hold,
    )


def _left_out(as_of: datetime, known_at: datetime | None) -> ColumnElement[bool]:
    later = case_event.c.at > as_of
    return later if known_at is None else or_(later, case_event.c.recorded_at > known_at)


def _copy(connection: Connection, late: ColumnElement[bool]) -> None:
    """Put aside the cases that have events left out, and copy those that have any other."""
    event = case_event.c
    # "+ 0" keeps SQLite from walking the index of all cases' events for the distinct ones
    ids = select((event.case_id + 0).label("case_id")).where(late).distinct()
    connection.execute(insert(_changed).from_select(["id"], ids))
    if connection.dialect.name == "postgresql":  # it knows nothing of a table just made
        connection.exec_driver_sql(f"ANALYZE {_changed.name}")
    begun = select(event.case_id).where(event.case_id == cases.c.id, not_(late))
    rows = select(cases).where(cases.c.id.in_(select(_changed.c.id)), begun.exists())
    connection.execute(insert(_then).from_select(list(_then.c.keys()), rows))


@dataclass(frozen=True, slots=True)
class _Undone:
    """What changed columns held before, by case; `anew` must be folded, `unknown` were not there.

    Both concern the stretches: an event that is left out may have changed those before it. Only of
    `mixed` cases, whose later events are not the last of the log, the images do not tell the state.
    """

    states: dict[int, State]
    mixed: frozenset[int]
    anew: list[int]
    unknown: list[int]


def _undone(connection: Connection, late: ColumnElement[bool], as_of: datetime) -> _Undone:
    """Undo the events left out, as far as their images tell.

    Folded anew are cases recorded out of turn (in turn means: the events left out are the last of
    the log, and lie after `as_of`), and those whose stretches such an event rewrote.
    """
    event = case_event.c
    left_out = select(event.case_id, event.seq, event.at, event.type, event.before).where(late)
    images: dict[int, State] = defaultdict(dict)
    first: dict[int, int] = {}
    early: set[int] = set()
    adopted: list[int] = []
    for case_id, seq, at, kind, before in connection.execute(left_out.order_by(event.seq.desc())):
        images[case_id] |= before
        first[case_id] = seq
        if at <= as_of or (seq > 1 and _rewrites(kind, before)):
            early.add(case_id)
        if seq == 1 and (kind == Event.ADOPT or at <= as_of):
            adopted.append(case_id)
    kept = (
        select(event.case_id, func.max(event.seq).label("seq"))
        .where(event.case_id.in_(select(_then.c.id)), not_(late))
        .group_by(event.case_id)
    )
    last = {row.case_id: row.seq for row in connection.execute(kept)}
    mixed = frozenset(one for one, seq in last.items() if seq > first[one])
    return _Undone(
        states={case_id: clean(images[case_id]) for case_id in last},
        mixed=mixed,
        anew=[one for one in last if one in mixed or one in early],
        unknown=[one for one in adopted if one not in last],
    )


def _rewrites(kind: str, before: Mapping[str, Any]) -> bool:
    """Tell whether an event may have changed stretches that began before it.

    A source states in hindsight when a case was accepted and closed; a case given to the same unit
    once more is marked as dispatched anew.
    """
    if kind == Event.REASSIGN:
        return "lead_dept_id" not in before
    return kind in (Event.ADOPT, Event.CORRECT) and not before.keys().isdisjoint(_STATED_ENDS)


def _folded(
    connection: Connection,
    case_ids: Sequence[int],
    moments: tuple[datetime, datetime | None],
    rules: Rules,
) -> dict[int, State]:
    """Fold the events that count, for states and stretches: the log's order is not that of time."""
    states: dict[int, State] = {}
    for start in range(0, len(case_ids), CHUNK_CASES):
        stretches: list[dict[str, Any]] = []
        for case_id, log in _counted_logs(
            connection, case_ids[start : start + CHUNK_CASES], *moments
        ):
            rows: Rows = {}
            for _, step in fold(log, rules, new_state()):
                collect(rows, step)
            states[case_id] = {
                name: value
                for name, value in step.case.items()
                if name not in (*BOOKKEEPING, "case_code")
            }
            stretches += [
                {"hold_id": 0, "case_id": case_id, "number": number, **row.values}
                for (table, number), row in rows.items()
                if table == "case_hold"
            ]
        if stretches:
            connection.execute(insert(_holds_then), stretches)
    return states


def _counted_logs(
    connection: Connection, case_ids: Sequence[int], as_of: datetime, known_at: datetime | None
) -> Iterator[tuple[int, list[Logged]]]:
    """Yield the events that count of each case, in the order of time."""
    event = case_event.c
    counted = select(event.case_id, event.seq).where(
        event.case_id.in_(case_ids), not_(_left_out(as_of, known_at))
    )
    kept = {(row.case_id, row.seq) for row in connection.execute(counted)}
    for case_id, log in read_logs(connection, case_ids).items():
        yield case_id, sorted(logged for logged in log if (case_id, logged.seq) in kept)


def _restore(connection: Connection, then: Mapping[int, State]) -> None:
    groups: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for case_id, state in then.items():
        if state:
            values = {f"then_{name}": value for name, value in state.items()}
            groups[tuple(state)].append({"case": case_id, **values})
    for names, rows in groups.items():
        columns: dict[str, Any] = {name: bindparam(f"then_{name}") for name in names}
        statement = update(_then).where(_then.c.id == bindparam("case")).values(columns)
        connection.execute(statement, rows)
