"""The clock the wall shows: the real one, or one that runs on from a set moment."""

from collections.abc import Callable
from datetime import datetime

Clock = Callable[[], datetime]


def shown_clock(now: Clock, at: datetime | None) -> Callable[[datetime], datetime]:
    """Return how a real instant is shown; `at` is shown for the present one."""
    if at is None:
        return lambda real: real
    shift = at.replace(microsecond=0) - now().replace(microsecond=0)
    return lambda real: real + shift
