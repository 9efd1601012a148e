"""Does the wall grow the longer it stands: `python -m benchmarks.soak [--refreshes 2000]`.

Six real boards are fetched from a server, a case apart. Then the page refreshes from them in turn,
every panel and the map each time (worse than a real wall, where only some change), with its waits
cut short: 2000 refreshes are three hours of a wall. After each eighth, garbage is collected and
heap, DOM nodes, listeners and Dash's undo history are read. A slope near zero is what we want.
"""

import argparse
import gzip
import time
from itertools import count
from statistics import linear_regression
from typing import Any

from playwright.sync_api import CDPSession, Page, Route

from benchmarks.screen import open_wall, screen
from benchmarks.served import Served, served

READINGS = 8
BOARDS = 6
HURRY = """
const later = window.setTimeout;
const short = (ms) => (ms > 800 && ms < 2000 ? 20 : ms); // the poll's wait, nothing else
window.setTimeout = (action, ms, ...rest) => later(action, short(ms), ...rest);
"""
UNDO = "() => (window.dash_stores || []).map((s) => s.getState().history.past.length)"
PAINTS = "() => wuqing.paint.count"


def some_boards(server: Served) -> list[bytes]:
    """Fetch whole answers, each with one case more."""
    bodies: list[bytes] = []
    while len(bodies) < BOARDS:
        body = gzip.decompress(server.get("/live/wall")[0])
        if body not in bodies:
            bodies.append(body)
            server.add_case()
        time.sleep(0.2)
    return bodies


def answer_from(page: Page, bodies: list[bytes], build: str) -> None:
    """Answer the script's polls with the boards in turn."""
    numbers = count()

    def answer(route: Route) -> None:
        number, now = next(numbers), str(int(time.time() * 1000))
        headers = {"ETag": f'"{number}"', "X-Build": build, "X-Now": now, "X-As-Of": now}
        body = bodies[number % len(bodies)]
        route.fulfill(body=body, headers=headers, content_type="application/json")

    page.route("**/live/wall*", answer)


def counters(page: Page, devtools: CDPSession) -> dict[str, float]:
    """Collect garbage and read what may grow."""
    for _ in range(3):  # elements just replaced are let go only by a second look
        devtools.send("HeapProfiler.collectGarbage")
    metrics: dict[str, Any] = devtools.send("Performance.getMetrics")
    found = {metric["name"]: metric["value"] for metric in metrics["metrics"]}
    return {
        "refreshes": page.evaluate(PAINTS),
        "heap kB": found["JSHeapUsedSize"] / 1000,
        "nodes": found["Nodes"],
        "listeners": found["JSEventListeners"],
        "undo": max(page.evaluate(UNDO), default=0),
    }


def soak(page: Page, refreshes: int) -> list[dict[str, float]]:
    """Let the wall refresh so often; returns the readings."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("Performance.enable")
    readings = []
    for part in range(1, READINGS + 1):
        while page.evaluate(PAINTS) < part * refreshes / READINGS:
            page.wait_for_timeout(200)
        readings.append(counters(page, devtools))
        print("  ".join(f"{name} {value:,.0f}" for name, value in readings[-1].items()), flush=True)
    return readings


def main() -> None:
    """Print the readings and their slopes over the second half, when caches are warm."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--refreshes", type=int, default=2000)
    refreshes = parser.parse_args().refreshes
    with served(10_000, every_s=1) as server, screen() as page:
        page.add_init_script(HURRY)
        bodies = some_boards(server)
        answer_from(page, bodies, server.get("/live/wall")[1]["X-Build"])
        open_wall(page, server)
        readings = soak(page, refreshes)
    half = readings[len(readings) // 2 :]
    paints = [reading["refreshes"] for reading in half]
    for name in ("heap kB", "nodes", "listeners", "undo"):
        values = [reading[name] for reading in half]
        slope = linear_regression(paints, values).slope * 1000
        ratio = values[-1] / max(1, readings[0][name])
        print(f"{name}: {slope:+.1f} per 1000 refreshes, x{ratio:.2f} of the first reading")


if __name__ == "__main__":
    main()
