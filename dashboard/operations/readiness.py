"""Whether the service can do its work now, for who asks often and may not be kept waiting."""

import logging
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Lock, Thread

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from dashboard.database.schema import misfit
from dashboard.site import Site
from dashboard.snapshots.feed import Feed, NoBoardError

log = logging.getLogger(__name__)

WAIT_S = 0.03
"""A look usually takes a few milliseconds; who asks waits no longer than this for one."""

KEPT_S = 1.0
"""Younger looks are not repeated, so that nobody can busy the database by asking."""


@dataclass(slots=True)
class _Look:
    began: float
    done: Event = field(default_factory=Event)


class Readiness:
    """Looks at the database, its schema, the age of the board and the disk, one look at a time.

    Who asks gets what the last look found, waiting for one under way no longer than `wait_s`; one
    that hangs counts as bad once it has taken as long as a request may wait for a connection. The
    first look has none before it and is waited for until then, so that a service which is well says
    so however slow its machine. `clock` counts seconds.
    """

    def __init__(
        self,
        site: Site,
        feed: Feed,
        *,
        wait_s: float = WAIT_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._site = site
        self._feed = feed
        self._wait_s = wait_s
        self._clock = clock
        self._lock = Lock()
        self._look: _Look | None = None
        self._looked = False
        self._why: str | None = None

    def ready(self) -> bool:
        """Tell whether all is well."""
        look = self._current()
        left_s = self._site.settings.limits.connection_s - (self._clock() - look.began)
        wait_s = self._wait_s if self._looked else max(self._wait_s, left_s)
        if look.done.wait(wait_s):
            return self._why is None
        return self._looked and self._why is None and left_s > 0

    def _current(self) -> _Look:
        with self._lock:
            now, look = self._clock(), self._look
            if look is None or (look.done.is_set() and now - look.began >= KEPT_S):
                look = self._look = _Look(now)
                Thread(target=self._see, args=(look,), daemon=True, name="readiness").start()
            return look

    def _see(self, look: _Look) -> None:
        try:
            why = self._fault()
        except (SQLAlchemyError, NoBoardError, OSError) as error:
            why = str(error).splitlines()[0]
        if not self._looked or why != self._why:  # said once, not with every look
            log.warning("not ready: %s", why) if why else log.info("ready")
        self._looked, self._why = True, why
        look.done.set()

    def _fault(self) -> str | None:
        site = self._site
        free = free_mb(site.engine)
        if free is not None and free < site.settings.limits.free_disk_mb:
            return f"{free:.0f} MB of disk are free"
        why = misfit(site.engine)
        if why is not None:
            return f"the database {why}"
        reading = self._feed.latest()
        age = (site.shown(site.now()) - reading.board.as_of).total_seconds()
        if reading.fault or age > site.settings.refresh.stale_after_s:
            return f"the board is {age:.0f} s old"
        return None


def free_mb(engine: Engine) -> float | None:
    """Return the free space where a SQLite file lies, None for a server's, which is not ours."""
    file = engine.url.database
    if engine.dialect.name != "sqlite" or not file:
        return None
    return shutil.disk_usage(Path(file).absolute().parent).free / 1_000_000
