"""Memory of one server process: `python -m benchmarks.memory [--cases 1000000]`.

First the demo county of two years, then a synthetic county. Each server is asked for boards for
some ticks with viewers in both languages; the resident set is read after each.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psutil

from benchmarks.served import fetch, served
from dashboard.database.engine import open_engine
from dashboard.demo.build import build
from dashboard.settings import Settings
from tests.signing import COOKIE, session

TICKS = 8
EVERY_S = 1


def watched(url: str, pid: int, cookie: str) -> float:
    """Ask for boards and pages for some ticks; returns the resident megabytes."""
    for _ in range(TICKS):
        for language in ("zh-CN", "en"):
            for path in ("live/wall", "wall"):
                fetch(url, f"/{path}?lang={language}", cookie)
        time.sleep(EVERY_S)
    return float(psutil.Process(pid).memory_info().rss) / 1e6


@contextmanager
def demo() -> Iterator[tuple[str, int, str]]:
    """Serve a demo county of this run with its live day; yields address, process, cookie."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'demo.db'}"
        engine = open_engine(url)
        build(engine, Settings(), datetime.now(UTC))
        file = Path(folder) / "wuqing.toml"
        file.write_text(f'database_url = "{url}"\nrefresh.every_s = {EVERY_S}\n')
        command = [sys.executable, "app.py", "--settings", str(file), "--port", "0", "--demo-live"]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        try:
            assert process.stdout is not None
            address = process.stdout.readline().strip().removesuffix("/wall")
            yield address, process.pid, f"{COOKIE}={session(engine)}"
        finally:
            process.kill()
            process.communicate()


def main() -> None:
    """Print both, and the second as a multiple of the first."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=1_000_000)
    count = parser.parse_args().cases
    with demo() as (url, pid, cookie):
        small = watched(url, pid, cookie)
    print(f"demo county: {small:.0f} MB", flush=True)
    with served(count, every_s=EVERY_S) as server:
        large = watched(server.url, server.pid, server.cookie)
    print(f"{count:,} cases: {large:.0f} MB, x{large / small:.2f}")


if __name__ == "__main__":
    main()
