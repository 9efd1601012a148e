"""A fault that comes with every request is said often enough, and does not fill the disk."""

import logging
import time
from collections.abc import Callable
from threading import Lock

A_MINUTE = 30
"""How often the same warning or error is said within a minute."""

MOST_KINDS = 500


class Flood(logging.Filter):
    """Lets through what is said for the first times in a minute, and counts the rest.

    The same is what the same place says in the same words, whatever is filled in. The next line
    that is let through tells how many were not (`again`). `clock` counts seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._lock = Lock()
        self._minute = 0
        self._said: dict[tuple[object, ...], int] = {}
        self._held_back: dict[tuple[object, ...], int] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Tell whether it is said."""
        if record.levelno < logging.WARNING:
            return True
        key = (record.name, record.lineno, str(record.msg)[:200])
        with self._lock:
            self._turn()
            said = self._said[key] = self._said.get(key, 0) + 1
            if said > A_MINUTE:
                self._held_back[key] = self._held_back.get(key, 0) + 1
                return False
            again = self._held_back.pop(key, 0)
        if again:
            record.again = again
        return True

    def _turn(self) -> None:
        minute = int(self._clock() // 60)
        if minute != self._minute:
            self._minute = minute
            self._said.clear()
        if len(self._held_back) > MOST_KINDS:
            self._held_back.clear()
