"""What each address needs, by its first part; a page or a route not listed stops the start."""

import re

from dashboard.access.role import Right

OF_THE_DESK = (
    "area", "briefing", "case", "cases", "data", "decisions", "department", "desk", "duty",
    "explain", "league", "signals", "situation",
    "static",  # Flask's own route; there is no such folder
)  # fmt: skip

NEEDED: dict[str, Right] = {
    "wall": Right.WALL,
    "live": Right.WALL,
    "export": Right.EXPORT,
    "screens": Right.ADMINISTER,
    **dict.fromkeys(OF_THE_DESK, Right.DESK),
}
"""What is Dash's own begins with "_" and needs the wall."""

_BEGINNING = re.compile(r"/[\w-]+")


def needed(path: str) -> Right:
    """Return what a path needs; where nothing is, the desk, whose page says so."""
    first = path[1:].partition("/")[0]
    return Right.WALL if first.startswith("_") else NEEDED.get(first, Right.DESK)


def is_listed(pattern: str) -> bool:
    """Tell whether a rule of a route, or a page's pattern, begins with a part that is listed."""
    found = _BEGINNING.match(pattern)
    return found is not None and (found[0].startswith("/_") or found[0][1:] in NEEDED)
