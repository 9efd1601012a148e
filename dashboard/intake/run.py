"""One import: a file's rows into the database, chunk by chunk, each a transaction of its own."""

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path

from sqlalchemy import Connection, Engine, insert, update

from dashboard.collector import collector_at_rest
from dashboard.database.engine import writing
from dashboard.database.tables import import_run
from dashboard.intake import quarantine
from dashboard.intake.columns import Columns
from dashboard.intake.csv_rows import Row
from dashboard.intake.reading import open_rows
from dashboard.intake.taking import Outcome, Prepared

CHUNK = 2_000


def import_file(
    engine: Engine,
    file: Path,
    prepared: Prepared,
    *,
    now: datetime,
    advance: Callable[[float], None] | None = None,
) -> Outcome:
    """Bring a file's rows into the database; `advance` is told the share read, 0..1.

    Raises:
        IntakeError: the file or a column the mapping names is missing; nothing was written.
    """
    mapping, outcome = prepared.mapping, Outcome()
    with open_rows(file, mapping.layout) as rows:
        columns = Columns(rows.header, mapping.layout.blank, file.name)
        taker = prepared.taker(columns, now)
        with writing(engine) as connection:
            run_id = _begin(connection, taker.channel, file.name, mapping.name, now)
        for chunk in _chunks(rows.data):
            with collector_at_rest():
                found = taker.sort(chunk)
                with writing(engine) as connection:
                    rejected = taker.take(connection, found, outcome)
                    quarantine.write(connection, run_id, columns.names, rejected, taker.personal)
                    outcome.quarantined += len(rejected)
                    outcome.rows += len(chunk)
                    _count(connection, run_id, outcome)
            if advance is not None:
                advance(rows.share_read())
        with writing(engine) as connection:
            _count(connection, run_id, outcome, ended_at=now)
    return outcome


def _begin(connection: Connection, channel: str, file: str, mapping: str, now: datetime) -> int:
    row = insert(import_run).values(
        source_channel=channel,
        file_name=file[-200:],
        mapping_name=mapping[:200],
        started_at=now,
    )
    (run_id,) = connection.execute(row).inserted_primary_key or (0,)
    return int(run_id)


def _count(connection: Connection, run_id: int, outcome: Outcome, **more: datetime) -> None:
    counts = {
        f"rows_{name}": getattr(outcome, name)
        for name in ("new", "updated", "unchanged", "quarantined")
    }
    connection.execute(
        update(import_run)
        .where(import_run.c.run_id == run_id)
        .values(rows_read=outcome.rows, **counts, **more)
    )


def _chunks(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while chunk := list(islice(rows, CHUNK)):
        yield chunk
