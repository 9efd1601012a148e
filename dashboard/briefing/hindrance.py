"""What keeps a briefing from being composed, drawn or sealed, told by the kind of its error."""

from dashboard.snapshots.board import Hindrance

HINDRANCES = {
    "DiskFullError": Hindrance.FULL,
    "EndedError": Hindrance.FULL,
    "DownError": Hindrance.AWAY,
    "OperationalError": Hindrance.AWAY,
    "BusyError": Hindrance.BUSY,
    "TooSlowError": Hindrance.BUSY,
    "": Hindrance.UNKNOWN,
}
"""What errors of the database come to, by their names; any other is a fault of program or data."""

LONGEST_KIND = 24


def kind_of(error: Exception) -> str:
    """Name an error by its kind: its words may hold what a case says."""
    return type(error).__name__[:LONGEST_KIND]


def hindrance_of(kind: str) -> Hindrance:
    """Return what an error of a kind comes to; "" where nothing is known of one."""
    return HINDRANCES.get(kind, Hindrance.FAULT)
