"""What following the log costs: `python -m benchmarks.audit [--rows 100000]`.

Writes as many rows into a new SQLite database, in one transaction, then verifies them with a key as
`wuqing audit verify` does. The aim is 5 s for 1e5 rows. Prints rows, seconds and rows per second.
"""

import argparse
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter

from pydantic import SecretStr

from dashboard.access.audit import Deed, verify, write_down
from dashboard.database.engine import open_engine, reading, writing
from dashboard.database.schema import migrate

BEGAN = datetime(2026, 3, 18, 6, 20, 36, tzinfo=UTC)
KEY = SecretStr("a key for benchmarks")


def main() -> None:
    """Print a line for writing and one for verifying."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    count = parser.parse_args().rows
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{Path(folder) / 'log.db'}")
        migrate(engine)
        start = perf_counter()
        with writing(engine) as connection:
            for n in range(count):
                deed = Deed(
                    actor=f"person{n % 40}", role="leader", address="10.0.0.1", action="open_case",
                    subject=f"530303-20260310-D{n:05d}-6", detail={"n": n},
                )  # fmt: skip
                write_down(connection, deed, BEGAN + timedelta(seconds=n), KEY)
        show("written", count, perf_counter() - start)
        start = perf_counter()
        with reading(engine) as connection:
            found = verify(connection, KEY)
        show("verified", found.rows, perf_counter() - start)
        engine.dispose()
    if found.altered is not None:
        raise SystemExit(f"row {found.altered}: {found.why}")


def show(what: str, rows: int, seconds: float) -> None:
    """Print a line."""
    print(f"{what:10} {rows:>9,} rows {seconds:7.2f} s {rows / seconds:>10,.0f} rows/s")


if __name__ == "__main__":
    main()
