"""Does the wall, or its server, grow the longer it stands: `python -m benchmarks.soak [--long]`.

A page asks a real server again and again, its waits cut short and each time for everything: every
panel and the map are painted with every refresh (worse than a real wall, where only some change),
while cases come in and the server computes its board every 5 s. Now and then garbage is collected
and heap, DOM nodes, listeners, Dash's undo history and the server's resident memory are read.
A slope near zero is what we want. `--long` is 20,000 refreshes, 28 hours of a wall that asks
every 5 s; 2,000 are three hours.
"""

import argparse
from statistics import linear_regression
from typing import Any

import psutil
from playwright.sync_api import CDPSession, Page

from benchmarks.screen import open_wall, screen
from benchmarks.served import Served, served

READINGS = 16
USUAL, LONG = 2_000, 20_000
EVERY_S = 5
CASE_EVERY_MS = 2_500
SETTLED_MS = 500
HURRY = """
const later = window.setTimeout;
const short = (ms) => (ms > 800 && ms < 8000 ? 5 : ms); // the poll's wait, nothing else
window.setTimeout = (action, ms, ...rest) => later(action, short(ms), ...rest);
const ask = window.fetch;
let held = null; // while the readings are taken nothing is asked
let letGo = () => {};
window.soak = {
  hold: () => { held = new Promise((resolve) => { letGo = resolve; }); },
  go: () => { held = null; letGo(); },
};
window.fetch = async (url, options = {}) => {
  if (!String(url).startsWith("/live/wall")) return ask(url, options);
  await held;
  const { "If-None-Match": _, ...headers } = options.headers;
  return ask(url.replace(/have=[^&]*/, "have="), { ...options, headers }); // all, not what changed
};
"""
UNDO = "() => (window.dash_stores || []).map((s) => s.getState().history.past.length)"
PAINTS = "() => wuqing.paint.count"
STATE = "() => wuqing.live.state"


def counters(page: Page, devtools: CDPSession, server: Served) -> dict[str, float]:
    """Hold the wall, collect garbage and read what may grow."""
    page.evaluate("() => soak.hold()")
    page.wait_for_timeout(SETTLED_MS)
    for _ in range(3):  # elements just replaced are let go only by a second look
        devtools.send("HeapProfiler.collectGarbage")
    metrics: dict[str, Any] = devtools.send("Performance.getMetrics")
    found = {metric["name"]: metric["value"] for metric in metrics["metrics"]}
    readings = {
        "refreshes": page.evaluate(PAINTS),
        "heap kB": found["JSHeapUsedSize"] / 1000,
        "nodes": found["Nodes"],
        "listeners": found["JSEventListeners"],
        "undo": max(page.evaluate(UNDO), default=0),
        "server kB": psutil.Process(server.pid).memory_info().rss / 1000,
    }
    page.evaluate("() => soak.go()")
    return readings


def soak(page: Page, server: Served, refreshes: int) -> list[dict[str, float]]:
    """Let the wall refresh so often, a case a second; returns the readings."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("Performance.enable")
    readings = []
    for part in range(READINGS + 1):
        while page.evaluate(PAINTS) < part * refreshes / READINGS:
            server.add_case()
            page.wait_for_timeout(CASE_EVERY_MS)
        readings.append(counters(page, devtools, server))
        told = "  ".join(f"{name} {value:,.0f}" for name, value in readings[-1].items())
        print(f"{told}  {page.evaluate(STATE)}", flush=True)
    return readings


def main() -> None:
    """Print the readings and their slopes over the second half, when caches are warm."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--refreshes", type=int, default=USUAL)
    parser.add_argument(
        "--long", dest="refreshes", action="store_const", const=LONG, help=f"{LONG:,} refreshes"
    )
    refreshes = parser.parse_args().refreshes
    with served(10_000, every_s=EVERY_S) as server, screen() as page:
        page.add_init_script(HURRY)
        open_wall(page, server)
        readings = soak(page, server, refreshes)
    half = readings[len(readings) // 2 :]
    paints = [reading["refreshes"] for reading in half]
    for name in list(readings[0])[1:]:
        values = [reading[name] for reading in half]
        slope = linear_regression(paints, values).slope * 1000
        ratio = values[-1] / max(1, half[0][name])
        print(f"{name}: {slope:+.2f} per 1000 refreshes, x{ratio:.3f} over the second half")


if __name__ == "__main__":
    main()
