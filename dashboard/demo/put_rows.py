"""Writing the rows of the smaller tables, many at once."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Table, and_, bindparam, insert, update

from dashboard.database import decision_tables  # noqa: F401 -- puts its tables into `metadata`
from dashboard.database.tables import metadata
from dashboard.demo.put import Put

Key = tuple[str, tuple[object, ...]]


def put_rows(connection: Connection, puts: Iterable[Put]) -> None:
    """Insert what is new and change what is not; changes of a row go in with its insert."""
    new: dict[str, dict[Key, dict[str, Any]]] = {}
    changes: dict[tuple[str, tuple[str, ...]], list[Put]] = {}
    for put in puts:
        key = (put.table, tuple(put.key.values()))
        fresh = new.setdefault(put.table, {})
        if put.new:
            fresh[key] = {**put.key, **put.values}
        elif key in fresh:
            fresh[key].update(put.values)
        else:
            changes.setdefault((put.table, tuple(put.values)), []).append(put)
    for table in metadata.sorted_tables:  # a row before those that name it
        if rows := new.get(table.name):
            _insert(connection, table, list(rows.values()))
    for (name, columns), changed in changes.items():
        _update(connection, name, columns, changed)


def _insert(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    names = {name: None for row in rows for name in row}
    connection.execute(insert(table), [names | row for row in rows])


def _update(connection: Connection, name: str, columns: tuple[str, ...], puts: list[Put]) -> None:
    table = metadata.tables[name]
    same = and_(*(table.c[key] == bindparam(f"key_{key}") for key in puts[0].key))
    statement = update(table).where(same).values({column: bindparam(column) for column in columns})
    rows = [
        {**{f"key_{key}": value for key, value in put.key.items()}, **put.values} for put in puts
    ]
    connection.execute(statement, rows)
