"""What an area code says of itself: its level, and the township and village it lies in."""

from dashboard.terms import AreaLevel

LEVELS = tuple(AreaLevel)
"""Widest first."""

_DIGITS = {AreaLevel.PREFECTURE: 4, AreaLevel.COUNTY: 6, AreaLevel.TOWNSHIP: 9}


def level_of(code: str) -> AreaLevel:
    """Return the level of a code of 6, 9, 12 (zero-padded) or 15 digits."""
    if len(code) > 12:
        return AreaLevel.GRID
    padded = code.ljust(12, "0")
    if padded[9:] != "000":
        return AreaLevel.VILLAGE
    if padded[6:9] != "000":
        return AreaLevel.TOWNSHIP
    return AreaLevel.PREFECTURE if padded[4:6] == "00" else AreaLevel.COUNTY


def is_wider(code: str, other: str) -> bool:
    """Tell whether the area `code` is of a higher level than `other`."""
    return LEVELS.index(level_of(code)) < LEVELS.index(level_of(other))


def township_of(code: str) -> str | None:
    """Return the 12-digit code of the township, None for a county or wider."""
    padded = code.ljust(12, "0")
    return None if padded[6:9] == "000" else f"{padded[:9]}000"


def village_of(code: str) -> str | None:
    """Return the 12-digit code of the village, None for a township or wider."""
    padded = code.ljust(12, "0")
    return None if padded[9:12] == "000" else padded[:12]


def significant(code: str) -> str:
    """Return the digits that all codes of the area and below begin with."""
    padded = code.ljust(12, "0")
    return padded[: _DIGITS.get(level_of(code), len(padded))]
