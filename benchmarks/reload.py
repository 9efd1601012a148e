"""What a graceful reload costs: `python -m benchmarks.reload [--reloads 3] [--rate 50]`.

The demo's kind of county under gunicorn with three workers; so many requests a second, half on new
connections and half on kept ones as a browser keeps them, while the master is told to reload again
and again. Prints the requests that failed, and how long the slowest took with and without a reload.
A kept connection that the server closed while it was idle is opened again, as every browser does.
"""

import argparse
import http.client
import os
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread

from benchmarks.board import build
from tests.services.gunicorn import Served, all_answer, serving

CALLERS = 10
PATHS = ("/live/wall", "/healthz", "/live/wall?lang=en", "/assets/live.js")


@dataclass
class Tally:
    """What callers got: how long each request took, and what failed."""

    seconds: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    reopened: int = 0


class Caller:
    """Asks at a steady rate until told to stop; with `keeps` on one connection."""

    def __init__(self, served: Served, *, keeps: bool) -> None:
        self._served = served
        self._keeps = keeps
        self._kept: http.client.HTTPConnection | None = None
        self.tally = Tally()

    def call(self, every_s: float, stop: Event) -> None:
        """Ask until then."""
        number = 0
        while not stop.wait(every_s):
            path = PATHS[number % len(PATHS)]
            number += 1
            began = time.perf_counter()
            try:
                status = self._ask(path)
            except OSError as error:
                self.tally.failed.append(f"{path}: {error!r}")
            except http.client.HTTPException as error:
                self.tally.failed.append(f"{path}: {error!r}")
            else:
                if status != 200:
                    self.tally.failed.append(f"{path}: {status}")
            self.tally.seconds.append(time.perf_counter() - began)
        if self._kept is not None:
            self._kept.close()

    def _ask(self, path: str) -> int:
        if not self._keeps:
            return self._served.get(path).status
        idle = self._kept is not None
        try:
            return self._ask_kept(path)
        except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
            self._kept = None
            if not idle:
                raise
            self.tally.reopened += 1
            return self._ask_kept(path)

    def _ask_kept(self, path: str) -> int:
        if self._kept is None:
            self._kept = http.client.HTTPConnection("127.0.0.1", self._served.port, timeout=30)
        self._kept.request("GET", path, headers={"Cookie": self._served.cookie})
        answer = self._kept.getresponse()
        answer.read()
        if answer.will_close:
            self._kept.close()
            self._kept = None
        return answer.status


@contextmanager
def calling(served: Served, rate: float) -> Iterator[list[Tally]]:
    """Let callers ask so often a second in all, until the block ends."""
    stop = Event()
    callers = [Caller(served, keeps=number % 2 == 0) for number in range(CALLERS)]
    threads = [Thread(target=each.call, args=(CALLERS / rate, stop)) for each in callers]
    for thread in threads:
        thread.start()
    try:
        yield [each.tally for each in callers]
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def reload(served: Served) -> float:
    """Reload and wait until no worker of before is left; returns the seconds it took."""
    before, began = served.processes(), time.perf_counter()
    os.kill(served.master.pid, signal.SIGHUP)
    until = time.monotonic() + 120
    while before & served.processes() and time.monotonic() < until:
        time.sleep(0.05)
    all_answer(served)
    return time.perf_counter() - began


def line(what: str, tallies: list[Tally]) -> str:
    """Return what callers got as a line of the table, and forget it."""
    seconds = sorted(each for tally in tallies for each in tally.seconds)
    failed = [each for tally in tallies for each in tally.failed]
    reopened = sum(tally.reopened for tally in tallies)
    p95 = seconds[int(len(seconds) * 0.95)]
    for tally in tallies:
        tally.seconds, tally.failed, tally.reopened = [], [], 0
    told = "".join(f"\n    {each}" for each in failed[:5])
    return (
        f"{what:>12} {len(seconds):>9,} {len(failed):>7} {reopened:>9}"
        f" {p95 * 1000:>8.0f} {seconds[-1] * 1000:>8.0f}{told}"
    )


def main() -> None:
    """Print a line without a reload, and one for each reload."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reloads", type=int, default=3)
    parser.add_argument("--rate", type=float, default=50)
    parser.add_argument("--cases", type=int, default=10_000)
    asked = parser.parse_args()
    print(f"{asked.cases:,} cases, 3 workers, {asked.rate:.0f} requests a second")
    print("        what  requests  failed  reopened   p95 ms   max ms")
    with tempfile.TemporaryDirectory() as folder:
        engine = build(Path(folder) / "wall.db", asked.cases)
        with serving(engine, Path(folder)) as served, calling(served, asked.rate) as tallies:
            time.sleep(10)
            print(line("quiet", tallies), flush=True)
            for _ in range(asked.reloads):
                took = reload(served)
                print(line(f"HUP {took:.1f} s", tallies), flush=True)


if __name__ == "__main__":
    main()
