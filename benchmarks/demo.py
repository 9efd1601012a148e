"""Seconds to build the demo county, by part, and to bring a standing one up to now.

Run `python -m benchmarks.demo [--years 2]`. Peak memory is the process's own.
"""

import argparse
import resource
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select

from dashboard.calendar import local_day
from dashboard.database.engine import open_engine
from dashboard.database.tables import case_event, cases, intelligence_item, snapshot_history
from dashboard.demo import player, script
from dashboard.demo.build import Wanted, build
from dashboard.settings import Settings

NOW = datetime(2026, 11, 20, 6, 20, 36, tzinfo=UTC)


def main() -> None:
    """Build in a temporary folder and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--years", type=float, default=2.0)
    years = parser.parse_args().years
    spent: dict[str, float] = {}
    timed(spent, "writing cases and rows", player, "write_acts")
    timed(spent, "boards of the past", player.Player, "keep_board")
    timed(spent, "planning the script", script.Script, "_plan")
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{Path(folder) / 'demo.db'}")
        whole = seconds(lambda: build(engine, Settings(), NOW, Wanted(years=years)))
        for part, used in spent.items():
            print(f"{part:30} {used:7.1f} s")
        print(f"{'everything else':30} {whole - sum(spent.values()):7.1f} s")
        print(f"{'built':30} {whole:7.1f} s")
        night = NOW + timedelta(hours=14)
        print(
            f"{'14 hours caught up':30} {seconds(lambda: build(engine, Settings(), night)):7.1f} s"
        )
        with engine.connect() as connection:
            for table in (cases, case_event, intelligence_item, snapshot_history):
                count = connection.scalar(select(func.count()).select_from(table)) or 0
                print(f"{table.name:30} {count:7d} rows")
        engine.dispose()
        size = sum(file.stat().st_size for file in Path(folder).iterdir())
    first = local_day(NOW - timedelta(days=years * 365.25), Settings().zone)
    print(f"{'from':30} {first}")
    print(f"{'database':30} {size / 1e6:7.0f} MB")
    print(f"{'peak memory':30} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:7.0f} MB")


def timed(spent: dict[str, float], part: str, owner: object, name: str) -> None:
    """Add up the seconds spent in a function."""
    inner: Callable[..., object] = getattr(owner, name)

    def outer(*args: object, **kwargs: object) -> object:
        start = time.perf_counter()
        try:
            return inner(*args, **kwargs)
        finally:
            spent[part] = spent.get(part, 0.0) + time.perf_counter() - start

    setattr(owner, name, outer)


def seconds(work: Callable[[], object]) -> float:
    """Return how long it takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
