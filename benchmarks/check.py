"""What `wuqing check` costs: `python -m benchmarks.check [--years 6] [--days 35] [--processes N]`.

A demo county (about 36,000 cases with 298,000 events in two years; six years come to about 1e5
cases with all their events) is built into a new SQLite database and checked as of its last moment,
in a process of its own. `--database` checks one that stands already. Prints cases, events, figures
compared, differences, seconds, and the peak memory of the check with the processes it started.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

UNTIL = "2026-03-18T14:20+08:00"
WUQING = (sys.executable, "-m", "dashboard")


def main() -> None:
    """Build unless there is a database, and print what the check prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--years", default="6", help="how much history the demo county has")
    parser.add_argument("--days", default="35", help="how many days are checked")
    parser.add_argument("--processes", help="how many fold; default as `wuqing check`")
    parser.add_argument("--database", help="URL of a demo county that ends at the same moment")
    arguments = parser.parse_args()
    options = ["--days", arguments.days, "--as-of", UNTIL]
    if arguments.processes is not None:
        options += ["--processes", arguments.processes]
    if arguments.database is not None:
        _check(arguments.database, options)
        return
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'check.db'}"
        built = ["demo", "--database", url, "--years", arguments.years, "--until", UNTIL]
        subprocess.run([*WUQING, *built], check=True)
        _check(url, options)


def _check(url: str, options: list[str]) -> None:
    subprocess.run([*WUQING, "check", "--database", url, *options], check=False)


if __name__ == "__main__":
    main()
