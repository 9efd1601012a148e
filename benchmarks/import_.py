"""Import Boston 2011 into a fresh SQLite file: rows per second and peak memory.

    python -m benchmarks.import_ [--again]

Needs the shared data (../shared/data/cases) beside the checkout. `--again` imports a second time.
"""

import resource
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter, process_time

from dashboard.database.engine import open_engine, reading, writing
from dashboard.database.schema import migrate
from dashboard.intake.area_tree import shipped_areas, table_areas, write_areas
from dashboard.intake.mapping import load_mapping
from dashboard.intake.run import import_file
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
        engine.dispose()


if __name__ == "__main__":
    main(2 if "--again" in sys.argv else 1)
