"""Reading and writing cases and their log; values go to the driver as they are stored."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from functools import partial
from hashlib import sha256
from operator import itemgetter
from typing import Any, cast

import orjson
from sqlalchemy import Connection, Row, Table, bindparam, delete, func, select, text, update

from dashboard.cases.happening import Actor, Happening
from dashboard.cases.ledger import Entry, Ledger, Logged
from dashboard.cases.state import State
from dashboard.cases.step import SideRow
from dashboard.database.tables import case_event, case_hold, cases, follow_up, supervision_order
from dashboard.terms import Event, Role

SIDE_TABLES = {
    "follow_up": (follow_up, "attempt"),
    "supervision_order": (supervision_order, "number"),
    "case_hold": (case_hold, "number"),
}
EVENT_COLUMNS = tuple(case_event.columns.keys())
HASHED = tuple(name for name in EVENT_COLUMNS if name not in ("event_id", "hash"))

FEW = 200
"""So many rows PostgreSQL inserts as fast one by one as from a copy of them."""


class UnknownCaseError(LookupError):
    """There is no case with this id."""


def open_ledgers(connection: Connection, case_ids: Sequence[int]) -> dict[int, Ledger]:
    """Read cases and the ends of their logs, locked until the transaction ends (PostgreSQL).

    Raises:
        UnknownCaseError: an id no case has.
    """
    if not case_ids:
        return {}
    wanted = select(cases).where(cases.c.id.in_(case_ids)).order_by(cases.c.id).with_for_update()
    states = [_state(row) for row in connection.execute(wanted)]
    missing = set(case_ids) - {state["id"] for state in states}
    if missing:
        raise UnknownCaseError(f"no case has the id {min(missing)}")
    last = [state["last_event_id"] for state in states if state["last_event_id"] is not None]
    ends = select(case_event.c.case_id, case_event.c.seq, case_event.c.hash)
    heads = {
        row.case_id: row for row in connection.execute(ends.where(case_event.c.event_id.in_(last)))
    }
    ledgers = {}
    for state in states:
        head = heads.get(state["id"])
        ledgers[state["id"]] = Ledger(
            state=state | {"memory": state["memory"] or {}},
            seq=0 if head is None else head.seq,
            hash=None if head is None else head.hash,
            earlier=partial(_log_of, connection, state["id"]),
        )
    return ledgers


def read_logs(connection: Connection, case_ids: Sequence[int]) -> dict[int, list[Logged]]:
    """Read the events of cases, each log in the order it was written."""
    found = select(case_event).where(case_event.c.case_id.in_(case_ids))
    logs: dict[int, list[Logged]] = {case_id: [] for case_id in case_ids}
    for row in connection.execute(found.order_by(case_event.c.case_id, case_event.c.seq)):
        logs[row.case_id].append(logged(row))
    return logs


def logged(row: Row[Any]) -> Logged:
    """Return what a row of the log says happened."""
    happening = Happening(
        event=Event(row.type),
        at=row.at,
        actor=Actor(role=Role(row.actor_role), org_id=row.actor_org_id, staff=row.actor_staff),
        facts=row.payload,
        dept_id=row.dept_id,
        sheet_no=row.sheet_no,
        reason=row.reason,
        source=row.source,
    )
    return Logged(row.at, row.seq, happening)


def write_events(connection: Connection, ledgers: Iterable[Ledger]) -> None:
    """Append the entries of every ledger; sets its hash and the case's `last_event_id`."""
    pending = [(ledger, entry) for ledger in ledgers for entry in ledger.entries]
    rows = []
    for event_id, (ledger, entry) in zip(
        next_ids(connection, case_event, len(pending)), pending, strict=True
    ):
        content = _content(ledger, entry)
        ledger.hash = chained(content)
        ledger.state["last_event_id"] = event_id
        rows.append((event_id, *content, ledger.hash))
    insert_rows(connection, case_event, EVENT_COLUMNS, rows)


def _content(ledger: Ledger, entry: Entry) -> tuple[Any, ...]:
    """The stored values of an event in the order of HASHED."""
    happening = entry.logged.happening
    return (
        ledger.state["id"],
        entry.logged.seq,
        int(entry.logged.at.timestamp()),
        int(entry.recorded_at.timestamp()),
        str(happening.event),
        *entry.stages,
        str(happening.actor.role),
        happening.actor.org_id,
        happening.actor.staff,
        happening.dept_id,
        happening.sheet_no,
        happening.reason,
        _json(entry.payload),
        _json(entry.before),
        _json(entry.after),
        happening.source,
        ledger.hash,
    )


def chained(content: tuple[Any, ...]) -> str:
    """Return the hash of an event: SHA-256 of its stored values, the hash before it among them."""
    return sha256(orjson.dumps(content)).hexdigest()


def _json(value: object) -> str:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()


def write_cases(connection: Connection, states: Iterable[State]) -> None:
    """Insert or replace the rows of `cases`."""
    names = tuple(cases.columns.keys())
    rows = list(map(itemgetter(*names), states))
    insert_rows(connection, cases, names, _bound(connection, cases, names, rows), key=("id",))


def write_side_rows(connection: Connection, ledgers: Collection[Ledger]) -> None:
    """Insert, replace or change the rows beside the cases."""
    pending = [(ledger.state["id"], row) for ledger in ledgers for row in ledger.rows.values()]
    for name, (table, number) in SIDE_TABLES.items():
        new = [(case_id, row) for case_id, row in pending if row.table == name and row.new]
        if new:
            names = ("case_id", number, *new[0][1].values)
            rows = [(case_id, row.key, *row.values.values()) for case_id, row in new]
            bound = _bound(connection, table, names, rows)
            insert_rows(connection, table, names, bound, key=("case_id", number))
        changed = [(case_id, row) for case_id, row in pending if row.table == name and not row.new]
        _change_rows(connection, table, number, changed)
    _drop_holds(connection, [ledger.state for ledger in ledgers if ledger.refolded])


def _change_rows(
    connection: Connection, table: Table, number: str, changed: Iterable[tuple[int, SideRow]]
) -> None:
    """Change rows in one statement for each set of columns."""
    groups: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for case_id, row in changed:
        values = {f"new_{name}": value for name, value in row.values.items()}
        groups[tuple(row.values)].append({"case": case_id, "key": row.key, **values})
    same = (table.c.case_id == bindparam("case")) & (table.c[number] == bindparam("key"))
    for names, rows in groups.items():
        values = {name: bindparam(f"new_{name}", type_=table.c[name].type) for name in names}
        connection.execute(update(table).where(same).values(values), rows)


def _drop_holds(connection: Connection, states: Sequence[State]) -> None:
    """Drop the stretches a history no longer has once a late event is in its place."""
    beyond = (case_hold.c.case_id == bindparam("case")) & (case_hold.c.number > bindparam("last"))
    rows = [{"case": state["id"], "last": state["memory"].get("holds", 0)} for state in states]
    if rows:
        connection.execute(delete(case_hold).where(beyond), rows)


def insert_rows(
    connection: Connection,
    table: Table,
    names: Sequence[str],
    rows: list[tuple[Any, ...]],
    *,
    key: Sequence[str] = (),
) -> None:
    """Insert rows of stored values; with `key`, a row that has it already is replaced."""
    if not rows:
        return
    columns = ", ".join(f'"{name}"' for name in names)
    if connection.dialect.name == "postgresql" and not key and len(rows) > FEW:
        _copy_rows(connection, table.name, columns, rows)
        return
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    statement = f"INSERT INTO {table.name} ({columns}) VALUES ({', '.join([mark] * len(names))})"  # noqa: S608 -- names from the tables
    if key:
        others = [name for name in names if name not in key]
        changes = ", ".join(f'"{name}" = excluded."{name}"' for name in others)
        statement += f" ON CONFLICT ({', '.join(key)}) DO UPDATE SET {changes}"
    connection.exec_driver_sql(statement, rows)


def _copy_rows(
    connection: Connection, name: str, columns: str, rows: Iterable[tuple[Any, ...]]
) -> None:
    """Copy many rows in: a third of the time, but PostgreSQL copies into no table with policies."""
    staged, raw = f"staged_{name}", cast("Any", connection.connection)
    connection.exec_driver_sql(
        f"CREATE TEMP TABLE IF NOT EXISTS {staged} (LIKE {name} INCLUDING DEFAULTS) "
        "ON COMMIT DELETE ROWS"
    )
    with raw.cursor() as cursor, cursor.copy(f"COPY {staged} ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
    connection.exec_driver_sql(
        f"INSERT INTO {name} ({columns}) SELECT {columns} FROM {staged}; TRUNCATE {staged}"  # noqa: S608 -- names from the tables
    )


def next_ids(connection: Connection, table: Table, n: int) -> list[int]:
    """Reserve the next n primary keys of `table`, ascending."""
    (column,) = table.primary_key.columns
    if connection.dialect.name == "sqlite":
        last = connection.scalar(select(func.coalesce(func.max(column), 0))) or 0
        return list(range(last + 1, last + n + 1))
    sequence = text(
        "SELECT nextval(pg_get_serial_sequence(:table, :column)) FROM generate_series(1, :n)"
    )
    values = {"table": table.name, "column": column.name, "n": n}
    return sorted(connection.scalars(sequence, values))


def _bound(
    connection: Connection, table: Table, names: Sequence[str], rows: list[tuple[Any, ...]]
) -> list[tuple[Any, ...]]:
    """Turn Python values into what the driver stores, column by column."""
    dialect = connection.dialect
    columns: list[Iterable[Any]] = []
    for name, values in zip(names, zip(*rows, strict=True), strict=True):
        bind = table.c[name].type.dialect_impl(dialect).bind_processor(dialect)
        if bind is None:
            columns.append(values)
        else:
            columns.append([None if value is None else bind(value) for value in values])
    return list(zip(*columns, strict=True))


def _log_of(connection: Connection, case_id: int) -> list[Logged]:
    return read_logs(connection, [case_id])[case_id]


def _state(row: Row[Any]) -> State:
    return {str(name): value for name, value in row._mapping.items()}
