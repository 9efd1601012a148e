"""The same work on chunk after chunk, here or in processes of its own."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from typing import TypeVar

Chunk = TypeVar("Chunk")
Done = TypeVar("Done")

AHEAD = 2
"""Chunks that wait for each process; more would only fill memory."""


def mapped(
    work: Callable[[Chunk], Done], chunks: Iterable[Chunk], processes: int
) -> Iterator[Done]:
    """Yield what comes of every chunk, in order.

    Only this process reads the database: others would not see the state its transaction sees.
    Small work stays here, as to start processes takes a second. `work` is pickled for each chunk.
    """
    waiting = iter(chunks)
    first = list(islice(waiting, AHEAD * processes))
    if processes < 2 or len(first) < AHEAD * processes:
        yield from map(work, first)
        yield from map(work, waiting)
        return
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        running: deque[Future[Done]] = deque(pool.submit(work, chunk) for chunk in first)
        first.clear()
        while running:
            yield running.popleft().result()
            running.extend(pool.submit(work, chunk) for chunk in islice(waiting, 1))
