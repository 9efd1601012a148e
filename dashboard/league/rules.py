"""Which rules a table was made by, as a short name to print under it."""

from hashlib import sha256

import orjson

from dashboard.league import equality, interval, ranking, ranks, shrinkage

EDITION = 2
"""Raised when the way of ranking changes."""


def rule_version(*, target: float | None, rank_from_due: int) -> str:
    """Name the edition of the method and a fingerprint of every number it rests on."""
    numbers = {
        "target": target,
        "rank_from_due": rank_from_due,
        "never_below": ranking.NEVER_BELOW,
        "significant": equality.SIGNIFICANT,
        "shuffles": equality.SHUFFLES,
        "weight": [shrinkage.WEIGHT_FLOOR, shrinkage.WEIGHT_CAP],
        "draws": [ranks.DRAWS, ranks.OUTSIDE],
        "funnel": [interval.Z_95, interval.TAIL_95, interval.TAIL_998],
    }
    fingerprint = sha256(orjson.dumps(numbers, option=orjson.OPT_SORT_KEYS)).hexdigest()
    return f"{EDITION}-{fingerprint[:6]}"
