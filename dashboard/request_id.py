"""The id of the request that is being answered: on its log lines, in its answer, in the log."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

from structlog.contextvars import bound_contextvars, get_contextvars

FIELD = "request_id"

WELL_FORMED = re.compile(r"[0-9a-f]{32}")
"""Anything longer or of other signs could carry what must stand in no log."""


def request_id_from(handed_on: str) -> str:
    """Return the id a proxy hands on, as 32 hexadecimal digits or a UUID; else a new one."""
    plain = handed_on.strip().replace("-", "").lower()
    return plain if WELL_FORMED.fullmatch(plain) else uuid4().hex


@contextmanager
def answering(request_id: str) -> Iterator[None]:
    """Let everything this thread says and writes down meanwhile carry the id."""
    with bound_contextvars(**{FIELD: request_id}):
        yield


def current_request_id() -> str | None:
    """Return the id of the request this thread answers, None outside of one."""
    found = get_contextvars().get(FIELD)
    return None if found is None else str(found)
