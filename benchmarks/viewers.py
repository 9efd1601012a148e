"""What a wall costs the more screens show it: `python -m benchmarks.viewers [--cases 100000]`.

One server process, viewers that poll every 5 s as the script does (own connection, ETag, jitter),
a new case in every other tick. For 1, 20, 200 and 1000 viewers: requests, bytes of a changed and
an unchanged answer, server CPU (of one core), latency, database statements a minute. Then more
viewers until the 95th percentile passes one second, at most 8000. Client and server share the
machine: the latencies hold both.
"""

import argparse
import asyncio
import random
import time
from dataclasses import dataclass, field
from statistics import median, quantiles

import psutil

from benchmarks.served import Served, served

EVERY_S = 5
ROUND_S = 25
STEPS = (1, 20, 200, 1000)
BEYOND = (2000, 4000, 8000)


@dataclass
class Tally:
    """What the viewers of one round saw; sizes are whole answers with their headers."""

    latencies: list[float] = field(default_factory=list)
    changed: list[int] = field(default_factory=list)
    unchanged: list[int] = field(default_factory=list)
    faults: int = 0


class Screen:
    """One viewer: keeps its connection while the server does, its version and its tag."""

    def __init__(self, server: Served) -> None:
        self._port, self._cookie = server.port, server.cookie
        self._tag = ""
        self._pipe: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self) -> tuple[bytes, int]:
        """Poll once; returns the status and the size of the whole answer."""
        if self._pipe is None:
            self._pipe = await asyncio.open_connection("127.0.0.1", self._port)
        reader, writer = self._pipe
        match = f'If-None-Match: "{self._tag}"\r\n' if self._tag else ""
        path = f"/live/wall?lang=zh-CN&have={self._tag.partition('.')[2]}"
        sent = f"Host: a\r\nCookie: {self._cookie}\r\nAccept-Encoding: gzip\r\n{match}"
        request = f"GET {path} HTTP/1.1\r\n{sent}\r\n"
        writer.write(request.encode())
        head = await reader.readuntil(b"\r\n\r\n")
        fields = dict(line.split(": ", 1) for line in head.decode().split("\r\n")[1:-2])
        length = int(fields.get("Content-Length", 0))
        await reader.readexactly(length)
        self._tag = fields.get("Etag", "").strip('"')
        if fields.get("Connection") == "close":  # waitress does so after every 304
            writer.close()
            self._pipe = None
        return head[9:12], len(head) + length

    def leave(self) -> None:
        """Close the connection."""
        if self._pipe is not None:
            self._pipe[1].close()


async def watch(server: Served, until: float, tally: Tally) -> None:
    """Poll as one screen does, until then."""
    screen = Screen(server)
    await asyncio.sleep(random.random() * EVERY_S)
    while time.perf_counter() < until:
        start = time.perf_counter()
        try:
            status, size = await screen.ask()
        except (OSError, asyncio.IncompleteReadError):
            tally.faults += 1
            screen = Screen(server)
        else:
            tally.latencies.append(time.perf_counter() - start)
            (tally.unchanged if status == b"304" else tally.changed).append(size)
        await asyncio.sleep(EVERY_S * (0.9 + 0.2 * random.random()))
    screen.leave()


async def crowd(server: Served, viewers: int) -> Tally:
    """Let so many watch for a round while cases come in."""
    tally, until = Tally(), time.perf_counter() + ROUND_S

    async def cases() -> None:
        while time.perf_counter() < until:
            await asyncio.to_thread(server.add_case)
            await asyncio.sleep(2 * EVERY_S)

    watching = [watch(server, until, tally) for _ in range(viewers)]
    await asyncio.gather(cases(), *watching)
    return tally


def round_of(server: Served, viewers: int) -> float:
    """Print one line; returns the 95th percentile in seconds."""
    process, before = psutil.Process(server.pid), server.statements.value
    start, cpu = time.perf_counter(), sum(process.cpu_times()[:2])
    tally = asyncio.run(crowd(server, viewers))
    taken = time.perf_counter() - start
    busy = (sum(process.cpu_times()[:2]) - cpu) / taken
    times = tally.latencies
    p95 = quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
    statements = (server.statements.value - before) * 60 / taken
    changed = median(tally.changed) if tally.changed else 0
    unchanged = median(tally.unchanged) if tally.unchanged else 0
    print(
        f"{viewers:>7,} {len(times):>9,} {changed:>10,.0f} {unchanged:>10,.0f} {busy:>8.1%}"
        f" {median(times) * 1000:>8.1f} {p95 * 1000:>8.1f} {statements:>9.0f}"
        f" {process.memory_info().rss / 1e6:>7.0f} {tally.faults:>6}",
        flush=True,
    )
    return p95


def main() -> None:
    """Print a line per number of viewers, then where one second is passed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000)
    cases = parser.parse_args().cases
    print(f"{cases:,} cases, a poll every {EVERY_S} s, rounds of {ROUND_S} s, one process")
    print(
        "viewers  requests  B changed  unchanged     CPU   p50 ms   p95 ms  stmt/min  RSS MB faults"
    )
    with served(cases, EVERY_S) as server:
        passed = None
        for viewers in (*STEPS, *BEYOND):
            p95 = round_of(server, viewers)
            if p95 > 1 and viewers > STEPS[-1]:
                passed = viewers
                break
    print(f"p95 passes 1 s at {passed:,} viewers" if passed else "p95 stays below 1 s throughout")


if __name__ == "__main__":
    main()
