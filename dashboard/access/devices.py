"""Paired screens in the database: found by their token, renewed, revoked, listed.

A token is changed for another while the wall runs; the one before goes on working for a day, for
an answer that carried the new one may have been lost.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select, update

from dashboard.access.device import VALID, Device, Report, Why
from dashboard.access.secrets import hashed, new_secret
from dashboard.database.access_tables import wall_device

ROTATED_EVERY = timedelta(days=7)
OVERLAP = timedelta(hours=24)
ANSWERED = timedelta(minutes=1)
"""Still the old token after this: the answer with the new one was lost."""

LISTED_AFTER_END = timedelta(days=30)
"""How long a revoked screen stays on the list; the log keeps it for ever."""


def find_device(connection: Connection, token: str, at: datetime) -> tuple[Device, bool] | None:
    """Return whose token it is, whatever has become of it, and whether it needs another."""
    column, hash_of_it = wall_device.c, hashed(token)
    row = connection.execute(
        select(wall_device).where(
            (column.token_hash == hash_of_it)
            | ((column.old_token_hash == hash_of_it) & (column.old_token_until > at))
        )
    ).first()
    if row is None:
        return None
    rests = ROTATED_EVERY if row.token_hash == hash_of_it else ANSWERED
    return _device(row), at - row.token_at >= rests


def rotate(connection: Connection, token: str, at: datetime) -> str | None:
    """Return another token for a screen; None if it was given one just now.

    One statement decides, so of requests that come at once one gets it.
    """
    column, old, new = wall_device.c, hashed(token), new_secret()
    fresh = {"token_hash": hashed(new), "token_at": at}
    mine = update(wall_device).where(column.token_hash == old)
    kept = {"old_token_hash": old, "old_token_until": at + OVERLAP}
    if connection.execute(mine.values(**fresh, **kept)).rowcount:
        return new
    lost = update(wall_device).where(
        column.old_token_hash == old, column.old_token_until > at, column.token_at <= at - ANSWERED
    )
    return new if connection.execute(lost.values(**fresh)).rowcount else None


def note(connection: Connection, device_id: int, report: Report, at: datetime) -> None:
    """Write down that a screen shows the wall, and what it says about itself."""
    said = {"build": report.build, "data_age_s": report.data_age_s, "heap_mb": report.heap_mb}
    _set(connection, device_id, seen_at=at, refused_for=None, refused_at=None, **said)


def note_refused(connection: Connection, device_id: int, why: Why, at: datetime) -> bool:
    """Write down since when a screen is refused; False when that is known."""
    column = wall_device.c
    new = column.refused_for.is_(None) | (column.refused_for != str(why))
    mine = update(wall_device).where(column.device_id == device_id, new)
    return connection.execute(mine.values(refused_for=str(why), refused_at=at)).rowcount > 0


def renew(connection: Connection, device_id: int, at: datetime) -> bool:
    """Let a screen go on for the whole time; one that was revoked is paired anew instead."""
    column = wall_device.c
    mine = update(wall_device).where(
        column.device_id == device_id, column.paired_at.is_not(None), column.revoked_at.is_(None)
    )
    fresh = {"expires_at": at + VALID, "refused_for": None, "refused_at": None}
    return connection.execute(mine.values(**fresh)).rowcount > 0


def revoke(connection: Connection, device_id: int, at: datetime) -> bool:
    """End a screen's permission; False when it had none."""
    column = wall_device.c
    mine = update(wall_device).where(
        column.device_id == device_id, column.paired_at.is_not(None), column.revoked_at.is_(None)
    )
    return connection.execute(mine.values(revoked_at=at)).rowcount > 0


def is_taken(connection: Connection, name: str, but: int | None) -> bool:
    """Tell whether another screen that was not revoked has a name."""
    column = wall_device.c
    same = select(column.device_id).where(
        column.name == name, column.revoked_at.is_(None), column.device_id != (but or 0)
    )
    return connection.scalar(same.limit(1)) is not None


def listed(connection: Connection, at: datetime) -> Sequence[Device]:
    """Return every screen by name, revoked ones last and for a while."""
    column = wall_device.c
    shown = column.revoked_at.is_(None) | (column.revoked_at > at - LISTED_AFTER_END)
    found = select(wall_device).where(column.paired_at.is_not(None), shown)
    order = (column.revoked_at.is_not(None), column.name, column.device_id)
    return [_device(row) for row in connection.execute(found.order_by(*order))]


def _set(connection: Connection, device_id: int, **values: object) -> None:
    mine = wall_device.c.device_id == device_id
    connection.execute(update(wall_device).where(mine).values(**values))


def _device(row: Any) -> Device:  # noqa: ANN401 -- a row of `wall_device`
    return Device(**{name: getattr(row, name) for name in Device.__dataclass_fields__})
