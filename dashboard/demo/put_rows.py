"""Writing the rows of the smaller tables, many at once."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, and_, bindparam, insert, update

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
    for table, rows in new.items():
        if rows:
            _insert(connection, table, list(rows.values()))
    for (table, columns), changed in changes.items():
        _update(connection, table, columns, changed)


def _insert(connection: Connection, table: str, rows: list[dict[str, Any]]) -> None:
    names = {name: None for row in rows for name in row}
    connection.execute(insert(metadata.tables[table]), [names | row for row in rows])


def _update(connection: Connection, name: str, columns: tuple[str, ...], puts: list[Put]) -> None:
    table = metadata.tables[name]
    same = and_(*(table.c[key] == bindparam(f"key_{key}") for key in puts[0].key))
    statement = update(table).where(same).values({column: bindparam(column) for column in columns})
    rows = [
        {**{f"key_{key}": value for key, value in put.key.items()}, **put.values} for put in puts
    ]
    connection.execute(statement, rows)
