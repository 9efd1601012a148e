"""What each process counts of itself, for Prometheus.

Several processes count together where PROMETHEUS_MULTIPROC_DIR names a folder, which must be empty
when the service starts: each keeps its counters in a file there, and whichever is asked adds them
up. Labels are routes, statuses and words of ours, never what somebody sent.
"""

import os
import sys
from pathlib import Path
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead
from sqlalchemy import Engine, event

from dashboard.breaker import Breaker, Happening

SHARED = "PROMETHEUS_MULTIPROC_DIR"

REQUEST_S = (0.05, 0.2, 0.5, 1.0, 5.0)
TICK_S = (0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)

STATM = Path("/proc/self/statm")


class Meters:
    """The counters of one application; each has a registry of its own."""

    def __init__(self) -> None:
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self._own = registry = CollectorRegistry()
        self._requests = Counter(
            "wuqing_requests_total", "Requests answered.", ("route", "status"), registry=registry
        )
        self._seconds = Histogram(
            "wuqing_request_seconds", "How long answers took.", ("route",),
            buckets=REQUEST_S, registry=registry,
        )  # fmt: skip
        self._tick = Histogram(
            "wuqing_tick_seconds", "How long a board took to compute.",
            buckets=TICK_S, registry=registry,
        )  # fmt: skip
        self._refused = Counter(
            "wuqing_sign_ins_refused_total", "Sign-ins refused.", ("by",), registry=registry
        )
        self._calls = Counter(
            "wuqing_calls_not_answered_total", "Calls that failed, or were refused beforehand.",
            ("of", "how"), registry=registry,
        )  # fmt: skip
        self._left_alone = Gauge(
            "wuqing_left_alone", "Processes that leave it alone after failures.", ("of",),
            registry=registry, multiprocess_mode="livesum",
        )  # fmt: skip
        self._connections = Gauge(
            "wuqing_pool_connections_in_use", "Database connections requests hold.",
            registry=registry, multiprocess_mode="livesum",
        )  # fmt: skip
        self._resident = Gauge(
            "wuqing_resident_bytes", "Memory of the largest process.",
            registry=registry, multiprocess_mode="livemax",
        )  # fmt: skip

    def answered(self, route: str, status: int, took_s: float) -> None:
        """Count a request; `route` is a rule of ours, not an address."""
        self._requests.labels(route, str(status)).inc()
        self._seconds.labels(route).observe(took_s)
        self._resident.set(resident_bytes())

    def refused_sign_in(self, by: str) -> None:
        """Count a sign-in that was refused."""
        self._refused.labels(by).inc()

    def tick(self, took_s: float) -> None:
        """Count a board this process computed."""
        self._tick.observe(took_s)

    def watch_pool(self, engine: Engine) -> None:
        """Count the connections of an engine that are in use."""

        @event.listens_for(engine, "checkout")
        def _out(*_: Any) -> None:  # noqa: ANN401 -- SQLAlchemy's
            self._connections.inc()

        @event.listens_for(engine, "checkin")
        def _in(*_: Any) -> None:  # noqa: ANN401 -- SQLAlchemy's
            self._connections.dec()

    def watch_breaker(self, of: str, breaker: Breaker) -> None:
        """Count what is not answered by what a breaker stands before."""
        left_alone = self._left_alone.labels(of)
        left_alone.set(0)

        def tell(happening: Happening) -> None:
            if happening in (Happening.FAILED, Happening.REFUSED):
                self._calls.labels(of, happening.value).inc()
            else:
                left_alone.set(int(happening is Happening.OPENED))

        breaker.watch(tell)

    def registry(self) -> CollectorRegistry:
        """Return what to read: all processes' counters, where they share a folder."""
        folder = os.environ.get(SHARED)
        if folder is None:
            return self._own
        _forget_the_dead(Path(folder))
        shared = CollectorRegistry()
        MultiProcessCollector(shared, folder)  # type: ignore[no-untyped-call]
        return shared


def resident_bytes() -> int:
    """Return how much memory this process holds; 0 where the system does not say."""
    try:
        pages = int(STATM.read_text("ascii").split()[1])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def _forget_the_dead(folder: Path) -> None:
    """Drop what processes that were killed said of their present; what they counted stays."""
    for file in folder.glob("gauge_live*_*.db"):
        pid = file.stem.rpartition("_")[2]
        if pid.isdecimal() and not _lives(int(pid)):
            mark_process_dead(int(pid), str(folder))  # type: ignore[no-untyped-call]


def _lives(pid: int) -> bool:
    if sys.platform == "win32":  # there, the question would end it
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True
