"""Import Boston 2011 into a fresh SQLite file: rows per second and peak memory.

    python -m benchmarks.import_ [--again]

Needs the shared data (../shared/data/cases) beside the checkout. `--again` imports a second time.
The last line inserts the same cases and events as they are stored, without a rule or a hash: what
the database itself takes.
"""

import resource
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter, process_time

from sqlalchemy import Engine

from dashboard.database.engine import open_engine, reading, writing
from dashboard.database.schema import migrate
from dashboard.database.tables import case_event, cases
from dashboard.intake.area_tree import shipped_areas, table_areas, write_areas
from dashboard.intake.mapping import load_mapping
from dashboard.intake.run import CHUNK, import_file
from dashboard.intake.surroundings import look_around
from dashboard.profile import load_profile
from dashboard.settings import Settings

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "docs/examples/boston"
FILE = ROOT.parent / "shared/data/cases/boston_311_service_requests_2011.zip"


def main(times: int) -> None:
    """Print one line an import."""
    if not FILE.exists():
        sys.exit(f"{FILE} is not here: nothing to measure")
    settings = Settings(timezone="America/New_York")
    profile = load_profile(str(EXAMPLE / "profile.toml"))
    mapping = load_mapping(EXAMPLE / "mapping.toml")
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{folder}/boston.db")
        migrate(engine)
        with writing(engine) as connection:
            write_areas(connection, shipped_areas(profile) + table_areas(EXAMPLE / "areas.csv"))
        for _ in range(times):
            with reading(engine) as connection:
                around = look_around(connection, mapping, profile, settings)
            wall, cpu = perf_counter(), process_time()
            found = import_file(engine, FILE, around, now=datetime.now(UTC))
            wall, cpu = perf_counter() - wall, process_time() - cpu
            peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(
                f"{found.rows} rows: {found.new} new, {found.updated} updated, "
                f"{found.unchanged} unchanged, {found.quarantined} quarantined; {wall:.1f} s "
                f"({cpu:.1f} s of CPU) = {found.rows / wall:,.0f} rows/s "
                f"({found.rows / cpu:,.0f} per CPU second); peak {peak_mb:.0f} MB"
            )
        insert_bare(engine, Path(folder) / "bare.db")
        engine.dispose()


def insert_bare(filled: Engine, file: Path) -> None:
    """Insert the rows of a database once more into an empty one, and print how long it took."""
    engine = open_engine(f"sqlite:///{file}")
    migrate(engine)
    rows, wall, cpu = 0, 0.0, 0.0
    for table in (cases, case_event):
        marks = ", ".join("?" * len(table.columns))
        with filled.connect() as stored:
            found = stored.exec_driver_sql(f"SELECT * FROM {table.name}")
            for part in found.partitions(CHUNK):
                values = [tuple(row) for row in part]
                started, used = perf_counter(), process_time()
                with writing(engine) as connection:
                    connection.exec_driver_sql(f"INSERT INTO {table.name} VALUES ({marks})", values)
                wall, cpu = wall + perf_counter() - started, cpu + process_time() - used
                rows += len(values)
    print(f"bare insert of {rows} cases and events: {wall:.1f} s ({cpu:.1f} s of CPU)")
    engine.dispose()


if __name__ == "__main__":
    main(2 if "--again" in sys.argv else 1)
