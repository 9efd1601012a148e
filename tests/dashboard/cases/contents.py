"""What a database holds of cases, as values to compare."""

from typing import Any

from sqlalchemy import Connection, Engine, Table, delete, select

from dashboard.database import tables
from dashboard.database.engine import writing

WRITTEN = {
    tables.cases: ("id",),
    tables.case_event: ("event_id",),
    tables.follow_up: ("case_id", "attempt"),
    tables.supervision_order: ("case_id", "number"),
}
"""The tables `record` writes, with an order for each."""

OWN_IDS = ("follow_up_id", "order_id")
"""Numbers a database gives as it likes."""


def contents(connection: Connection) -> dict[str, list[dict[str, Any]]]:
    return {table.name: rows_of(connection, table, *order) for table, order in WRITTEN.items()}


def rows_of(connection: Connection, table: Table, *order: str) -> list[dict[str, Any]]:
    names = [column for column in table.columns if column.name not in OWN_IDS]
    found = connection.execute(select(*names).order_by(*(table.c[name] for name in order)))
    return [dict(row._mapping) for row in found]


def state_of(connection: Connection, case_id: int) -> dict[str, Any]:
    found = connection.execute(select(tables.cases).where(tables.cases.c.id == case_id))
    return dict(found.one()._mapping)


def emptied(engine: Engine) -> Engine:
    """Take every written row away and let ids begin with 1 again."""
    with writing(engine) as connection:
        for table in WRITTEN:
            if engine.dialect.name == "postgresql":
                connection.exec_driver_sql(f"TRUNCATE {table.name} RESTART IDENTITY CASCADE")
            else:
                connection.execute(delete(table))
    return engine
