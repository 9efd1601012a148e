"""Each migration leaves the program before it able to go on (docs/decisions/011)."""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import Engine, MetaData, Table, UniqueConstraint, insert
from sqlalchemy.types import JSON, Boolean, Date, Float, Integer, LargeBinary, TypeEngine

from dashboard.cases.rebuild import PROJECTION
from dashboard.database import schema
from dashboard.database.engine import open_engine, reading, writing
from dashboard.database.faults import BusyError
from dashboard.settings import Settings

VERSIONS = sorted(schema.known_versions())


NEW_KEYS = {
    ("0009", "duty_shift"): "the program before writes no shift; of two alike the newest stays",
}
"""Keys on columns that were there already: why the program before is not refused by them."""


@pytest.fixture
def empty(blank, tmp_path) -> Iterator[Engine]:
    """A database without a table."""
    if blank.dialect.name == "postgresql":
        with writing(blank) as connection:
            connection.exec_driver_sql("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        yield blank
        return
    engine = open_engine(f"sqlite:///{tmp_path / 'empty.db'}")
    yield engine
    engine.dispose()


def tables_of(engine: Engine) -> MetaData:
    found = MetaData()
    found.reflect(engine)
    found.remove(found.tables["alembic_version"])
    return found


def a_value(kind: TypeEngine, number: int) -> object:
    for each, value in (
        (Boolean, True), (Integer, number), (Float, 1.5), (Date, date(2026, 3, number)),
        (JSON, {}), (LargeBinary, b"{}"),
    ):  # fmt: skip
        if isinstance(kind, each):
            return value
    return str(number)


def a_row(table: Table, number: int) -> dict[str, object]:
    return {column.name: a_value(column.type, number) for column in table.columns}


def write_as(engine: Engine, program: MetaData, number: int) -> None:
    """Write a row into each table, with every column the program knows; keys are `number`."""
    with writing(engine) as connection:
        for table in program.sorted_tables:
            connection.execute(insert(table).values(a_row(table, number)))


def write_alike(engine: Engine, table: Table) -> None:
    """Write two rows that differ by their primary key alone."""
    (key,) = table.primary_key.columns
    with writing(engine) as connection:
        for number in (101, 102):
            connection.execute(insert(table).values({**a_row(table, 30), key.name: number}))


def unique_keys(table: Table) -> set[frozenset[str]]:
    keys = [each for each in table.constraints if isinstance(each, UniqueConstraint)]
    found = [*keys, *(index for index in table.indexes if index.unique), table.primary_key]
    return {frozenset(column.name for column in each.columns) for each in found}


def missed(before: MetaData, after: MetaData) -> list[str]:
    """Name what a program that knows `before` would miss or be refused in `after`."""
    found = []
    for name, table in before.tables.items():
        now = after.tables.get(name)
        if now is None:
            found.append(f"{name} is gone")
            continue
        for column in table.columns:
            if column.name not in now.columns:
                found.append(f"{name}.{column.name} is gone")
            elif column.nullable and not now.columns[column.name].nullable:
                found.append(f"{name}.{column.name} must be filled now")
        found += [
            f"{name}.{column.name} must be filled, and has no default"
            for column in now.columns
            if column.name not in table.columns
            and not column.nullable
            and column.server_default is None
        ]
        found += [f"{name} has a new key {sorted(key)}" for key in unique_keys(now)
                  - unique_keys(table) if key <= set(table.columns.keys())]  # fmt: skip
    return found


def test_a_program_goes_on_with_the_tables_of_the_version_after(empty):
    known: dict[str, MetaData] = {}
    for number, version in enumerate(VERSIONS, start=2):
        keyed = {f"{table} has a new key" for at, table in NEW_KEYS if at == version}
        for table in (each for at, each in NEW_KEYS if at == version):
            write_alike(empty, known[VERSIONS[number - 3]].tables[table])
        schema.migrate(empty, version)
        served = [each for each in known if each >= schema.oldest_served(version)]
        known[version] = tables_of(empty)
        for program in served:
            found = missed(known[program], known[version])
            unlisted = [each for each in found if not each.startswith(tuple(keyed))]
            assert unlisted == [], (program, version)
            write_as(empty, known[program], number)


def test_what_a_program_would_miss_is_found(empty):
    """Else the walk above might see nothing."""
    schema.migrate(empty, VERSIONS[-2])
    before = tables_of(empty)
    with writing(empty) as connection:
        for statement in (
            "ALTER TABLE decision_entry DROP COLUMN agreed_by",
            "ALTER TABLE department RENAME COLUMN short_name TO shorter",
            "ALTER TABLE department ADD COLUMN floor INTEGER NOT NULL DEFAULT 1",
            "CREATE UNIQUE INDEX u ON department (name)",
            "DROP TABLE points_entry",
        ):
            connection.exec_driver_sql(statement)
    assert sorted(missed(before, tables_of(empty))) == [
        "decision_entry.agreed_by is gone",
        "department has a new key ['name']",
        "department.short_name is gone",
        "department.shorter must be filled, and has no default",
        "points_entry is gone",
    ]


def test_a_fold_that_writes_more_serves_no_program_before_it():
    alone = [each for each in VERSIONS[1:] if schema.oldest_served(each) == each]
    assert len(alone) >= PROJECTION - 1


def test_an_older_program_changes_nothing_in_a_newer_database(blank):
    with writing(blank) as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(schema.SchemaError, match="of version 9999, of a newer program"):
        schema.migrate(blank)
    assert schema.schema_version(blank) == "9999"
    assert schema.misfit(blank) is None


@pytest.mark.parametrize("new_database", ["postgresql"], indirect=True)
def test_a_migration_waits_shortly_for_readers_and_says_to_do_it_again(blank, monkeypatch):
    """For as long as it waits, whoever comes after it waits as well."""
    assert Settings().limits.statement_s * 1_000 > schema.LOCK_WAIT_MS
    monkeypatch.setattr(schema, "LOCK_WAIT_MS", 20)
    with reading(blank) as reader:
        reader.exec_driver_sql("SELECT FROM cases")
        with pytest.raises(BusyError, match="nothing was changed: do it again"):
            schema.migrate(blank)
    assert schema.migrate(blank) is None
