"""How much a GeoJSON file may hold: what is more keeps a process busy, and no wall can show it.

The bounds are those of the requirement (S24). Files that are made simpler before anything draws
them may hold `times` as much.
"""

from collections.abc import Sequence
from typing import Any

MAX_BYTES = 10_000_000
MAX_FEATURES = 20_000
MAX_CORNERS = 500_000

DEPTH = {"LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}
"""How many lists lie around a position, by type of geometry."""


def too_large(size: int, times: int = 1) -> str | None:
    """Say that a file has too many bytes; None when it has not."""
    if size <= times * MAX_BYTES:
        return None
    return f"is larger than {times * MAX_BYTES // 1_000_000} MB: simplify it"


def too_much(features: Sequence[Any], times: int = 1) -> str | None:
    """Say that a file has too many features or corners; None when it has not.

    The features may still be anything.
    """
    if len(features) > MAX_FEATURES:
        return f"has {len(features):,} features, more than {MAX_FEATURES:,}: keep areas alone"
    corners = sum(_corners(feature) for feature in features)
    if corners <= times * MAX_CORNERS:
        return None
    return f"has {corners:,} corners, more than {times * MAX_CORNERS:,}: simplify its outlines"


def _corners(feature: object) -> int:
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if not isinstance(geometry, dict) or not isinstance(kind, str) or kind not in DEPTH:
        return 0
    parts = [geometry.get("coordinates")]
    for _ in range(DEPTH[kind]):
        parts = [each for part in parts if isinstance(part, list | tuple) for each in part]
    return len(parts)
