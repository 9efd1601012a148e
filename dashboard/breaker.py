"""A circuit breaker: what fails again and again is left alone for a while, then tried by one.

Why not a package: docs/decisions/010-a-breaker-of-our-own.md.
"""

import math
from collections.abc import Callable
from enum import Enum
from threading import Lock

LOST_S = 60.0
"""A trial that has not ended by then never will, and another may be made."""


class Pass(Enum):
    """Whether a call may be made, and whether it is the one that tries for all."""

    ORDINARY = "ordinary"
    TRIAL = "trial"
    REFUSED = "refused"


class Happening(Enum):
    """What is told of a breaker: a call that failed or was refused, and each change of it."""

    FAILED = "failed"
    REFUSED = "refused"
    OPENED = "opened"
    CLOSED = "closed"


class Breaker:
    """Counts failures in a row; from `failures` on it is open and lets one call pass at a time.

    The first such trial comes `again_s` after it opened, the next as long after that one failed;
    whichever call succeeds closes it. `clock` counts seconds. Whoever is let pass must say how it
    ended, or that it has no say, and what pass it had.
    """

    def __init__(self, failures: int, again_s: float, clock: Callable[[], float]) -> None:
        self._most = failures
        self._again_s = again_s
        self._clock = clock
        self._lock = Lock()
        self._failures = 0
        self._next_at = -math.inf
        self._tell: Callable[[Happening], None] = lambda _: None

    def watch(self, tell: Callable[[Happening], None]) -> None:
        """Have everything that happens told, by whichever thread it happens in."""
        self._tell = tell

    @property
    def is_open(self) -> bool:
        """Tell whether calls are refused, but for trials."""
        return self._failures >= self._most

    def ask(self) -> Pass:
        """Tell whether a call may be made now."""
        had = self._pass()
        if had is Pass.REFUSED:
            self._tell(Happening.REFUSED)
        return had

    def _pass(self) -> Pass:
        with self._lock:
            now = self._clock()
            if not self.is_open:
                return Pass.ORDINARY
            if now < self._next_at:
                return Pass.REFUSED
            self._next_at = now + LOST_S  # until the trial tells how it ended
            return Pass.TRIAL

    def succeeded(self) -> bool:
        """Close it; tell whether it was open."""
        with self._lock:
            was_open, self._failures = self.is_open, 0
        if was_open:
            self._tell(Happening.CLOSED)
        return was_open

    def failed(self, had: Pass) -> bool:
        """Count a failure; tell whether it is this one that opens it."""
        with self._lock:
            self._failures += 1
            opens = self._failures == self._most
            if opens or had is Pass.TRIAL:
                self._next_at = self._clock() + self._again_s
        self._tell(Happening.FAILED)
        if opens:
            self._tell(Happening.OPENED)
        return opens

    def said_nothing(self, had: Pass) -> None:
        """Let the next trial come: this one told neither that it works nor that it does not."""
        with self._lock:
            if had is Pass.TRIAL:
                self._next_at = self._clock()
