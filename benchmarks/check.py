"""What `wuqing check` costs: `python -m benchmarks.check [--years 2] [--days 35]`.

A demo county (34,191 cases with 282,217 events in two years; six years come to about 1e5 cases) is
built into a new SQLite database and checked as of its last moment. Prints cases, events, figures
compared, seconds, and the peak memory of the process that checks.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

UNTIL = "2026-03-18T14:20+08:00"


def main() -> None:
    """Print what the check prints, in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--years", default="6", help="how much history the demo county has")
    parser.add_argument("--days", default="35", help="how many days are checked")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        base = [sys.executable, "-m", "dashboard"]
        url = f"sqlite:///{Path(folder) / 'check.db'}"
        built = ["demo", "--database", url, "--years", arguments.years, "--until", UNTIL]
        subprocess.run([*base, *built], check=True)
        checked = ["check", "--database", url, "--days", arguments.days, "--as-of", UNTIL]
        subprocess.run([*base, *checked], check=False)


if __name__ == "__main__":
    main()
