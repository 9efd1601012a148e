"""Cases and who held them as they stood at an instant, as known now or as known then (engine 5)."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    and_,
    case,
    func,
    insert,
    not_,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.schema import CreateTable, DropConstraint, DropTable
from sqlalchemy.sql.expression import FromClause

from dashboard.cases.ledger import BOOKKEEPING, Logged, Rows, collect, fold
from dashboard.cases.rules import Rules
from dashboard.cases.state import State, clean, new_state
from dashboard.cases.store import read_logs
from dashboard.database.row_security import fence, share
from dashboard.database.tables import case_event, case_hold, cases
from dashboard.database.types import BIG
from dashboard.figures.put_back import put_back
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


def _ids(name: str, *besides: Column[Any]) -> Table:
    key = Column("id", BIG, nullable=False)
    named = PrimaryKeyConstraint("id", name=f"pk_{name}")
    return Table(name, _temporary, key, *besides, named, prefixes=["TEMP"])


_changed = _ids("cases_changed", Column("adopted", Integer, nullable=False))
_begun = _ids("cases_begun", Column("seq", Integer, nullable=False))
_refolded = _ids("cases_refolded")
_then, _holds_then = _copy_of("cases_then", cases, "id"), _copy_of("holds_then", case_hold)


@dataclass(frozen=True, slots=True)
class Layer:
    """A table of which the rows that hold `counted` are read."""

    rows: FromClause
    counted: ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class Past:
    """What figures read cases and stretches from, with the columns of their tables.

    `layers` tells of what is no table itself which rows of which tables it is, each row once.
    """

    cases: FromClause
    holds: FromClause
    layers: Mapping[FromClause, Sequence[Layer]] = field(default_factory=dict)


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
    for table in (_changed, _begun, _refolded, _then, _holds_then):
        connection.execute(DropTable(table, if_exists=True))
        connection.execute(CreateTable(table))
    if connection.dialect.name == "postgresql":
        # it hashes the ids, SQLite looks them up: an index would cost a third of filling them
        for table in (_changed, _begun):
            connection.execute(DropConstraint(table.primary_key))
    _copy(connection, late, as_of)
    undone = _undone(connection, late, as_of)
    states, anew = undone.states, undone.anew if rules is not None else []
    if anew or undone.unknown:
        ids = [{"id": case_id} for case_id in (*anew, *undone.unknown)]
        connection.execute(insert(_refolded), ids)
    if rules is not None and anew:
        folded = _folded(connection, anew, (as_of, known_at), rules())
        states |= {one: state for one, state in folded.items() if one in undone.mixed}
    put_back(connection, _then, states)
    share(connection, _changed, _refolded)
    fence(connection, _then, _holds_then)
    of_cases = _layers(cases.c.id, _changed, _then)
    of_holds = _layers(case_hold.c.case_id, _refolded, _holds_then)
    cases_at, holds_at = _one(of_cases, "cases_at"), _one(of_holds, "holds_at")
    if not (anew or undone.unknown):
        return Past(cases_at, case_hold, {cases_at: of_cases})
    return Past(cases_at, holds_at, {cases_at: of_cases, holds_at: of_holds})


def _layers(case_id: Column[int], aside: Table, then: Table) -> Sequence[Layer]:
    return Layer(case_id.table, case_id.not_in(select(aside.c.id))), Layer(then, true())


def _one(layers: Sequence[Layer], name: str) -> FromClause:
    return union_all(*(select(each.rows).where(each.counted) for each in layers)).subquery(name)


def _left_out(as_of: datetime, known_at: datetime | None) -> ColumnElement[bool]:
    later = case_event.c.at > as_of
    return later if known_at is None else or_(later, case_event.c.recorded_at > known_at)


def _known_before(as_of: datetime) -> ColumnElement[bool]:
    """Tell of a case's first event whether the case had stretches before it was recorded."""
    return or_(case_event.c.type == Event.ADOPT, case_event.c.at <= as_of)


def _copy(connection: Connection, late: ColumnElement[bool], as_of: datetime) -> None:
    """Put aside the cases that have events left out, and copy those that have any other."""
    event = case_event.c
    # "+ 0" keeps SQLite from walking the index of all cases' events to group them
    case_id = (event.case_id + 0).label("changed_id")
    adopted = case((and_(event.seq == 1, _known_before(as_of)), 1), else_=0)
    ids = select(case_id, func.max(adopted)).where(late).group_by(case_id.name)
    kept = (
        select(event.case_id, func.max(event.seq))
        .where(event.case_id.in_(select(_changed.c.id)), not_(late))
        .group_by(event.case_id)
    )
    rows = select(cases).where(cases.c.id.in_(select(_begun.c.id)))
    for table, found in ((_changed, ids), (_begun, kept), (_then, rows)):
        connection.execute(insert(table).from_select(list(table.c.keys()), found))
        # it knows nothing of a table just made
        if connection.dialect.name == "postgresql" and table is not _then:
            connection.exec_driver_sql(f"ANALYZE {table.name}")


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
    last = {row.id: row.seq for row in connection.execute(select(_begun))}
    begun = event.case_id.in_(select(_begun.c.id))
    left_out = select(event.case_id, event.seq, event.at, event.type, event.before)
    images: dict[int, State] = defaultdict(dict)
    first: dict[int, int] = {}
    early: set[int] = set()
    for case_id, seq, at, kind, before in connection.execute(
        left_out.where(late, begun).order_by(event.seq.desc())
    ):
        images[case_id] |= before
        first[case_id] = seq
        if at <= as_of or (seq > 1 and _rewrites(kind, before)):
            early.add(case_id)
    unknown = select(_changed.c.id).where(
        _changed.c.adopted == 1, _changed.c.id.not_in(select(_begun.c.id))
    )
    mixed = frozenset(one for one, seq in last.items() if seq > first[one])
    return _Undone(
        states={case_id: clean(images[case_id]) for case_id in last},
        mixed=mixed,
        anew=[one for one in last if one in mixed or one in early],
        unknown=list(connection.scalars(unknown)),
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
