"""How a feed is doing, by the interval it is expected in."""

from datetime import datetime, timedelta

from dashboard.snapshots.board import Lamp, SourceState
from dashboard.snapshots.read_place import SILENT_INTERVALS

BROKEN_INTERVALS = 9
"""A feed is broken once it has brought nothing for so many of its intervals (additions 2.9)."""

DAILY_S = 86_400


def lamp_of(state: SourceState, as_of: datetime) -> Lamp:
    """Judge a feed by its interval; one that comes daily is late after a day and broken after two.

    Without an interval nothing is expected: it is in order once it has brought something.
    """
    last, every = state.last_received_at, state.expected_every_s
    if last is None:
        return Lamp.OFF
    if every is None:
        return Lamp.OK
    late, broken = SILENT_INTERVALS, BROKEN_INTERVALS
    if every >= DAILY_S:
        late, broken = 1, 2
    silent = as_of - last
    if silent > timedelta(seconds=broken * every):
        return Lamp.BROKEN
    return Lamp.LATE if silent > timedelta(seconds=late * every) else Lamp.OK
