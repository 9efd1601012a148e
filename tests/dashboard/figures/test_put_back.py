"""Columns of every kind come back as they were, on both databases."""

from datetime import date

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Float,
    Integer,
    MetaData,
    String,
    Table,
    insert,
    select,
)
from sqlalchemy.schema import CreateTable

from dashboard.database.engine import reading
from dashboard.database.types import BIG, Json, UtcDateTime
from dashboard.figures.put_back import put_back
from dashboard.terms import Stage

KINDS = {
    "stage": String(24), "at": UtcDateTime, "day": Date, "watched": Boolean, "amount": Float,
    "count": Integer, "linked": Json,
}  # fmt: skip


def test_values_of_every_kind_are_put_back(blank, now):
    rows = Table(
        "rows_then",
        MetaData(),
        Column("id", BIG, primary_key=True),
        *(Column(name, kind) for name, kind in KINDS.items()),
        prefixes=["TEMP"],
    )
    before = {
        "stage": Stage.DISPATCHED, "at": now, "day": date(2026, 3, 1), "watched": True,
        "amount": 0.1, "count": 3, "linked": ["甲'\"\\", {"of": None}],
    }  # fmt: skip
    states = {1: before, 2: dict.fromkeys(KINDS), 3: {"count": 9}, 4: {}}
    with reading(blank) as connection:
        connection.execute(CreateTable(rows))
        after = {"stage": "closed", "count": 7, "linked": {}, "watched": False, "at": now}
        connection.execute(insert(rows), [{"id": one, **after} for one in (1, 2, 3, 4, 5)])
        put_back(connection, rows, states)
        found = {row["id"]: row for row in connection.execute(select(rows)).mappings()}
    kept = dict.fromkeys(KINDS) | after
    for case_id in (1, 2, 3, 4, 5):
        expected = {"id": case_id, **kept, **states.get(case_id, {})}
        assert dict(found[case_id]) == expected
