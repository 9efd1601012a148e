"""The feeds: when each last brought something, and how many of its rows were taken."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from dashboard.database.tables import source


def note_rows(
    connection: Connection,
    system: str,
    taken: Mapping[str, int],
    rejected: Mapping[str, int],
    now: datetime,
) -> None:
    """Add to the counts of every channel that brought rows; `system` names it if it is new."""
    channels = sorted({*taken, *rejected})
    known = set(connection.scalars(select(source.c.channel).where(source.c.channel.in_(channels))))
    for channel in channels:
        if channel not in known:
            connection.execute(insert(source).values(channel=channel, system=system[:60]))
        connection.execute(
            update(source)
            .where(source.c.channel == channel)
            .values(
                last_received_at=now,
                rows_ok=source.c.rows_ok + taken.get(channel, 0),
                rows_rejected=source.c.rows_rejected + rejected.get(channel, 0),
            )
        )
