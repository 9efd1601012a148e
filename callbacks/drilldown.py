"""What leaders ask for behind the wall, computed once per board and question."""

from collections.abc import Callable
from datetime import datetime

import orjson
from flask_caching import Cache
from pydantic import TypeAdapter

from dashboard.snapshots.area import AreaSummary

KEPT_S = 60
"""Longer than any board is shown: the key names the board, age never decides what is right."""


def remembered(
    cache: Cache, read: Callable[[str, datetime], AreaSummary | None], as_of: Callable[[], datetime]
) -> Callable[[str], AreaSummary | None]:
    """Return a reader of areas as of the board on the wall, so that both show the same figures.

    `as_of` tells that board's instant. Kept as JSON, under the question and the instant.
    """
    shape: TypeAdapter[AreaSummary | None] = TypeAdapter(AreaSummary | None)

    def area(code: str) -> AreaSummary | None:
        at = as_of()
        key = f"area:{code}:{at.timestamp():.0f}"
        kept: bytes | None = cache.get(key)
        if kept is None:
            kept = orjson.dumps(read(code, at))
            cache.set(key, kept, timeout=KEPT_S)
        return shape.validate_json(kept)

    return area
