"""kill -9 two hundred times on each database: is anything acknowledged lost, or half applied?

    python -m benchmarks.kills [--kills 200] [--seed 1]

A process records cases, imports a file or computes the wall's boards, and is killed, before a
statement or a commit, or after some time. After each kill the database is opened anew: what was
acknowledged must be there, every log and every case row must fit, and the work must go on. At the
end `wuqing check` recomputes every figure. The same on PostgreSQL where that is installed.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

from sqlalchemy import Engine

from dashboard.database.engine import open_engine, writing
from dashboard.database.schema import migrate
from tests import worlds
from tests.dashboard.operations.killing import WORK, kill_often
from tests.services import postgres


def main() -> None:
    """Print one line for each kind of work on each database, and then the verdict."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    wrong: list[str] = []
    kills = acknowledged = 0
    with tempfile.TemporaryDirectory() as folder, _databases(Path(folder)) as engines:
        for engine in engines:
            for name in WORK:
                began, files = perf_counter(), Path(tempfile.mkdtemp(dir=folder))
                wanted = -(-asked.kills // len(WORK))
                tally = kill_often(name, engine, files, wanted, asked.seed)
                print(
                    f"{engine.dialect.name:<12} {name:<8} {tally.kills:>4} kills, "
                    f"{tally.acknowledged:,} acknowledged, "
                    f"{len(tally.wrong)} faults; looked at and gone on within "
                    f"{tally.slowest_s:.1f} s ({perf_counter() - began:.0f} s)",
                    flush=True,
                )
                wrong += tally.wrong
                kills, acknowledged = kills + tally.kills, acknowledged + tally.acknowledged
    print("\n".join(wrong[:40]), end="\n" if wrong else "")
    verdict = "nothing acknowledged lost, nothing half applied" if not wrong else "FAULTS"
    print(f"{kills} kills, {acknowledged:,} acknowledged: {verdict}")
    sys.exit(bool(wrong))


@contextmanager
def _databases(folder: Path) -> Iterator[list[Engine]]:
    """A small county on SQLite, and one on PostgreSQL where there is one."""
    engines = [open_engine(f"sqlite:///{folder}/county.db")]
    if postgres.binaries() is None:
        yield [_county(engine) for engine in engines]
    else:
        with postgres.server() as url:
            postgres.run(url, "CREATE DATABASE county")
            engines.append(open_engine(f"{url}/county"))
            yield [_county(engine) for engine in engines]
            engines.pop().dispose()
    for engine in engines:
        engine.dispose()


def _county(engine: Engine) -> Engine:
    migrate(engine)
    with writing(engine) as connection:
        worlds.small_county(connection)
    return engine


if __name__ == "__main__":
    main()
