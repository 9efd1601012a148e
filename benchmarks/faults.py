"""How long the wall may look live that is not: `python -m benchmarks.faults [--rounds 2]`.

A wall as it is set when nobody sets it (a poll every 5 s, figures stale after 15 s) behind a relay
that breaks every way a network does, over a database that can be taken away. Each fault strikes
right after an answer, when nothing can be known of it for longest. Printed: the seconds until the
wall says that it is not live, the cause it names, the seconds until it is live again once the
fault is over, and how many panels went blank meanwhile. The worst of the rounds counts.
"""

import argparse
import time
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

from benchmarks.screen import open_wall, screen
from benchmarks.served import Served, served
from tests.browser.faults import Fault, blank_panels, broken
from tests.browser.relay import Relay, relay

LOOK_MS = 100
LOOKED_FOR_S = 90
TOLD_FOR_S = 8
"""So long a fault goes on after it is noticed: the picture of a wall that has been down a while."""
SLOW_S = 8.0
STATE = "() => document.getElementById('wall-live').dataset"


class Watcher:
    """Looks at a wall ten times a second and keeps the panels that ever were blank."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.blank: set[str] = set()
        self.cause = ""

    def live(self) -> bool:
        """Tell whether the wall says that it is live."""
        self.blank |= blank_panels(self.page)
        said: dict[str, str] = self.page.evaluate(STATE)
        self.cause = said.get("cause") or self.cause
        return said["state"] == "live"

    def seconds_until(self, over: Callable[[], bool]) -> float:
        """Look until it is so; returns the seconds that took."""
        start = time.perf_counter()
        while not over():
            if time.perf_counter() - start > LOOKED_FOR_S:
                return float("inf")
            self.page.wait_for_timeout(LOOK_MS)
        return time.perf_counter() - start


@dataclass(frozen=True, slots=True)
class Struck:
    """What became of a wall a fault struck: seconds until it said so, and until it was live."""

    told_s: float
    back_s: float
    cause: str
    blank: frozenset[str]


def strike(page: Page, between: Relay, server: Served, fault: Fault) -> Struck:
    """Let a fault strike and pass."""
    watcher = Watcher(page)
    page.wait_for_event("response", lambda answer: "/live/wall" in answer.url)
    with broken(fault, between, server.engine):
        told = watcher.seconds_until(lambda: not watcher.live())
        for _ in range(TOLD_FOR_S * 1_000 // LOOK_MS):
            watcher.live()
            page.wait_for_timeout(LOOK_MS)
        cause = watcher.cause
    return Struck(told, watcher.seconds_until(watcher.live), cause, frozenset(watcher.blank))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=2)
    rounds = parser.parse_args().rounds
    print(f"{'fault':18} {'told after':>10} {'live again':>10} {'blank':>5}  cause")
    worst = 0.0
    with served(10_000) as server, screen() as page, relay(server.port, slow_s=SLOW_S) as between:
        open_wall(page, server, between.url)
        for fault in Fault:
            found = [strike(page, between, server, fault) for _ in range(rounds)]
            told, back = max(one.told_s for one in found), max(one.back_s for one in found)
            blank = frozenset[str]().union(*(one.blank for one in found))
            causes = "/".join(sorted({one.cause for one in found}))
            print(f"{fault:18} {told:8.1f} s {back:8.1f} s {len(blank):5}  {causes}", flush=True)
            worst = max(worst, told)
    print(f"longest that looked live: {worst:.1f} s (aim 15)")


if __name__ == "__main__":
    main()
