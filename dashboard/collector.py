"""Rest for Python's cycle collector while very many objects are made."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Stop the cycle collector: in bulk work it walks the same living objects again and again.

    That takes a tenth of an import and a fifth of building the demo. It catches up at the end, so
    let it rest for one piece of the work at a time where pieces may leave cycles behind.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
