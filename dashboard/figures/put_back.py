"""What rows of a temporary table held before, put back into them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from sqlalchemy import JSON, Connection, Table, bindparam, cast, column, func, update

from dashboard.cases.state import State


def put_back(connection: Connection, table: Table, states: Mapping[int, State]) -> None:
    """Write the columns each state names into the row of its id."""
    groups: dict[tuple[str, ...], list[State]] = defaultdict(list)
    for case_id, state in states.items():
        if state:
            groups[tuple(state)].append({"id": case_id, **state})
    write = _at_once if connection.dialect.name == "postgresql" else _row_by_row
    for names, rows in groups.items():
        write(connection, table, names, rows)


def _row_by_row(
    connection: Connection, table: Table, names: Sequence[str], rows: Sequence[State]
) -> None:
    columns: dict[str, Any] = {name: bindparam(f"then_{name}") for name in names}
    statement = update(table).where(table.c.id == bindparam("then_id")).values(columns)
    connection.execute(statement, [{f"then_{name}": row[name] for name in row} for row in rows])


def _at_once(
    connection: Connection, table: Table, names: Sequence[str], rows: Sequence[State]
) -> None:
    """Send them as one document: to send and run a statement a row takes four times as long."""
    columns = [table.c[name] for name in ("id", *names)]
    written = {
        one.name: one.type.dialect_impl(connection.dialect).bind_processor(connection.dialect)
        for one in columns
    }
    plain = [
        {name: value if (write := written[name]) is None else write(value)
         for name, value in row.items()}
        for row in rows
    ]  # fmt: skip
    then = (
        func.json_to_recordset(cast(bindparam("rows", orjson.dumps(plain).decode()), JSON))
        .table_valued(*(column(one.name, one.type) for one in columns))
        .render_derived("then_", with_types=True)
    )
    values = {name: then.c[name] for name in names}
    connection.execute(update(table).where(table.c.id == then.c.id).values(values))
