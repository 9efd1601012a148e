"""What a graceful reload costs: `python -m benchmarks.reload [--reloads 3] [--rate 50]`.

The demo's kind of county under gunicorn with three workers; so many requests a second, half on new
connections and half on kept ones as a browser keeps them, while the master is told to reload again
and again. Each request has its time, whatever became of those before: a slow server is asked no
less. Seconds count from that time. Prints how many a second were asked, those asked late because
every caller was still waiting, those that failed, and how long the slowest took with and without a
reload; last `failed = 0` and the rate. A kept connection that the server closed while it was idle
is opened again, as every browser does.
"""

import argparse
import http.client
import os
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Lock, Thread

from benchmarks.board import build
from tests.services.gunicorn import Served, all_answer, serving

CALLERS = 120
"""So many wait for answers at once before a request is asked late: over two seconds' worth."""

LATE_S = 0.1
QUIET_S = 10
PATHS = ("/live/wall", "/healthz", "/live/wall?lang=en", "/assets/live.js")


@dataclass
class Tally:
    """What callers got: how long each request took, what was asked late, and what failed."""

    seconds: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    late: int = 0
    reopened: int = 0


class Schedule:
    """When each request is to be asked, one after the other, evenly."""

    def __init__(self, rate: float) -> None:
        self._rate = rate
        self._began = time.perf_counter()
        self._number = 0
        self._lock = Lock()

    def next(self) -> tuple[int, float]:
        """Return the number of the next request and its time."""
        with self._lock:
            self._number += 1
            return self._number, self._began + self._number / self._rate


class Caller:
    """Asks on schedule until told to stop; with `keeps` on one connection."""

    def __init__(self, served: Served, *, keeps: bool) -> None:
        self._served = served
        self._keeps = keeps
        self._kept: http.client.HTTPConnection | None = None
        self.tally = Tally()

    def call(self, schedule: Schedule, stop: Event) -> None:
        """Ask until then."""
        while True:
            number, at = schedule.next()
            if stop.wait(max(0.0, at - time.perf_counter())):
                break
            self.tally.late += time.perf_counter() - at > LATE_S
            path = PATHS[number % len(PATHS)]
            try:
                status = self._ask(path)
            except (OSError, http.client.HTTPException) as error:
                self.tally.failed.append(f"{path}: {error!r}")
            else:
                if status != 200:
                    self.tally.failed.append(f"{path}: {status}")
            self.tally.seconds.append(time.perf_counter() - at)
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
    schedule = Schedule(rate)
    threads = [Thread(target=each.call, args=(schedule, stop)) for each in callers]
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


def taken(tallies: list[Tally]) -> Tally:
    """Add up what callers got, and let them begin anew."""
    whole = Tally()
    for each in tallies:
        whole.seconds += each.seconds
        whole.failed += each.failed
        whole.late += each.late
        whole.reopened += each.reopened
        each.seconds, each.failed, each.late, each.reopened = [], [], 0, 0
    return whole


def line(what: str, tally: Tally, lasted_s: float) -> str:
    """Return what callers got as a line of the table."""
    seconds = sorted(tally.seconds)
    p95 = seconds[int(len(seconds) * 0.95)]
    told = "".join(f"\n    {each}" for each in tally.failed[:5])
    return (
        f"{what:>12} {len(seconds):>9,} {len(seconds) / lasted_s:>7.1f} {tally.late:>6}"
        f" {len(tally.failed):>7} {tally.reopened:>9} {p95 * 1000:>8.0f}"
        f" {seconds[-1] * 1000:>8.0f}{told}"
    )


def measured(served: Served, rate: float, reloads: int) -> tuple[int, float]:
    """Print a line without a reload, and one for each; return what failed and the rate reached."""
    failed = asked = 0
    with calling(served, rate) as tallies:
        first = began = time.perf_counter()
        for turn in range(reloads + 1):
            what = "quiet"
            if turn == 0:
                time.sleep(QUIET_S)
            else:
                what = f"HUP {reload(served):.1f} s"
            tally, now = taken(tallies), time.perf_counter()
            print(line(what, tally, now - began), flush=True)
            failed, asked, began = failed + len(tally.failed), asked + len(tally.seconds), now
        return failed, asked / (began - first)


def main() -> None:
    """Print the table, and then what failed in all and the rate."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reloads", type=int, default=3)
    parser.add_argument("--rate", type=float, default=50)
    parser.add_argument("--cases", type=int, default=10_000)
    asked = parser.parse_args()
    print(f"{asked.cases:,} cases, 3 workers, {asked.rate:.0f} requests a second, each in its time")
    print("        what  requests  a sec.   late  failed  reopened   p95 ms   max ms")
    with tempfile.TemporaryDirectory() as folder:
        engine = build(Path(folder) / "wall.db", asked.cases)
        with serving(engine, Path(folder)) as served:
            failed, rate = measured(served, asked.rate, asked.reloads)
    print(f"failed = {failed}, {rate:.1f} requests a second")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
