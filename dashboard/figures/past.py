"""The case table as it stood at an instant, as known now (engine 5, meaning ii)."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import (
    Column,
    Connection,
    MetaData,
    Table,
    bindparam,
    func,
    insert,
    select,
    union_all,
    update,
)
from sqlalchemy.schema import CreateTable, DropTable
from sqlalchemy.sql.expression import FromClause

from dashboard.cases.ledger import BOOKKEEPING, fold
from dashboard.cases.rules import Rules
from dashboard.cases.state import State, clean, new_state
from dashboard.cases.store import read_logs
from dashboard.database.tables import case_event, cases
from dashboard.database.types import BIG

LateRules: TypeAlias = Callable[[], Rules]
"""Gives the centre's rules; asked only when an event was recorded out of turn."""

_temporary = MetaData()
_changed = Table(
    "cases_changed", _temporary, Column("id", BIG, primary_key=True), prefixes=["TEMP"]
)
_then = Table(
    "cases_then",
    _temporary,
    *(Column(column.name, column.type) for column in cases.columns),
    prefixes=["TEMP"],
)


def cases_at(connection: Connection, as_of: datetime, rules: LateRules | None = None) -> FromClause:
    """Return what every figure reads cases from, with the columns of the case table.

    It is the table itself while no event lies after `as_of`. Otherwise the cases with later events
    give way to their rows of that time, kept in temporary tables of this connection; the next call
    replaces them, so only one past can be read at a time. The cost grows with the events since.
    Without `rules`, a case with an event recorded out of turn across `as_of` is only nearly right.
    """
    later = select(case_event.c.event_id).where(case_event.c.at > as_of).limit(1)
    if connection.execute(later).first() is None:
        return cases
    _copy(connection, as_of)
    _restore(connection, _rows_then(connection, as_of, rules))
    untouched = select(cases).where(cases.c.id.not_in(select(_changed.c.id)))
    return union_all(untouched, select(_then)).subquery("cases_at")


def _copy(connection: Connection, as_of: datetime) -> None:
    """Put aside the cases that have events after `as_of`, and copy those that have begun by it."""
    for table in (_changed, _then):
        connection.execute(DropTable(table, if_exists=True))
        connection.execute(CreateTable(table))
    event = case_event.c
    ids = select(event.case_id).where(event.at > as_of).distinct()
    connection.execute(insert(_changed).from_select(["id"], ids))
    begun = select(event.case_id).where(event.case_id == cases.c.id, event.at <= as_of)
    rows = select(cases).where(cases.c.id.in_(select(_changed.c.id)), begun.exists())
    connection.execute(insert(_then).from_select(list(_then.c.keys()), rows))


def _rows_then(
    connection: Connection, as_of: datetime, rules: LateRules | None
) -> dict[int, State]:
    """Return what the columns that have changed since held: by case, then by column."""
    event = case_event.c
    later = select(event.case_id, event.seq, event.before).where(event.at > as_of)
    images: dict[int, State] = defaultdict(dict)
    first: dict[int, int] = {}
    for case_id, seq, before in connection.execute(later.order_by(event.seq.desc())):
        images[case_id] |= before
        first[case_id] = seq
    earlier = (
        select(event.case_id, func.max(event.seq).label("seq"))
        .where(event.at <= as_of, event.case_id.in_(select(_then.c.id)))
        .group_by(event.case_id)
    )
    last = {row.case_id: row.seq for row in connection.execute(earlier)}
    then = {case_id: clean(images[case_id]) for case_id in last}
    if rules is not None:
        mixed = [case_id for case_id in last if last[case_id] > first[case_id]]
        then |= _folded(connection, mixed, as_of, rules)
    return then


def _folded(
    connection: Connection, case_ids: list[int], as_of: datetime, rules: LateRules
) -> dict[int, State]:
    """Fold the events that had happened: the order of the log is not that of time."""
    if not case_ids:
        return {}
    centre, states = rules(), {}
    for case_id, log in read_logs(connection, case_ids).items():
        happened = sorted(logged for logged in log if logged.at <= as_of)
        *_, (_, step) = fold(happened, centre, new_state())
        states[case_id] = {
            name: value
            for name, value in step.case.items()
            if name not in (*BOOKKEEPING, "case_code")
        }
    return states


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
