"""From a recorded case to the painted screen: `python -m benchmarks.latency [--rounds 10]`.

A wall over 1e5 cases that refreshes every 5 s. Each round inserts a case, at another moment of the
tick each time, and waits for the figure of open cases on the screen to change. Expected: half a
tick until the next board, half until the next poll.
"""

import argparse
import random
import time
from statistics import mean, median

from playwright.sync_api import Page, expect

from benchmarks.screen import open_wall, screen
from benchmarks.served import Served, served

EVERY_S = 5


def rounds(page: Page, server: Served, count: int) -> list[float]:
    """Insert a case and wait for it, so many times; returns the seconds each took."""
    figure = page.locator("#wall-tallies .n > span:first-child").nth(2)
    taken = []
    for _ in range(count):
        before = figure.text_content() or ""
        page.wait_for_timeout(random.random() * EVERY_S * 1000)
        start = time.perf_counter()
        server.add_case()
        expect(figure).not_to_have_text(before, timeout=30_000)
        taken.append(time.perf_counter() - start)
    return taken


def main() -> None:
    """Print mean, median and worst."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--cases", type=int, default=100_000)
    arguments = parser.parse_args()
    with served(arguments.cases, EVERY_S) as server, screen() as page:
        open_wall(page, server)
        taken = rounds(page, server, arguments.rounds)
    print(
        f"recorded to painted, {len(taken)} rounds: mean {mean(taken):.1f} s, "
        f"median {median(taken):.1f} s, worst {max(taken):.1f} s; "
        f"x{mean(taken) / EVERY_S:.2f} of a tick of {EVERY_S} s"
    )


if __name__ == "__main__":
    main()
