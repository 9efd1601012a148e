"""Pairing: a screen shows a code, an administrator confirms it, and the screen takes its token.

The screen polls with a secret of its own, so whoever reads the code off it gets nothing by it.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from dashboard.access.code import CODE_VALID, Pending, new_code
from dashboard.access.device import VALID
from dashboard.access.secrets import hashed, new_secret
from dashboard.database.access_tables import wall_device

OF_ADDRESS, OF_ALL = 20, 500
"""Codes that may wait at once: anybody may ask for one, and each is a row."""


def begin_pairing(
    connection: Connection, former: str, address: str, replaces: int | None, at: datetime
) -> Pending | None:
    """Make a code in place of the one `former` polled for; None while too many wait.

    `replaces` is the screen this browser was: it ends when the code is confirmed.
    """
    device = wall_device.c
    waits = device.paired_at.is_(None)
    over = device.code_ends_at <= at
    connection.execute(delete(wall_device).where(waits, over))
    connection.execute(delete(wall_device).where(waits, device.poll_hash == hashed(former)))
    count = select(func.count()).select_from(wall_device).where(waits)
    here = connection.scalar(count.where(device.address == address)) or 0
    if here >= OF_ADDRESS or (connection.scalar(count) or 0) >= OF_ALL:
        return None
    made = Pending(new_secret(), _unused_code(connection), at + CODE_VALID)
    row = {
        "poll_hash": hashed(made.secret), "code_hash": hashed(made.code), "address": address,
        "code_ends_at": made.ends_at, "made_at": at, "replaces": replaces,
    }  # fmt: skip
    connection.execute(insert(wall_device).values(**row))
    return made


def waiting(connection: Connection, code: str, at: datetime) -> Any:  # noqa: ANN401 -- a row of `wall_device`
    """Find the screen that shows a code; None when none does, or no longer."""
    device = wall_device.c
    shown = select(wall_device).where(device.code_hash == hashed(code), device.code_ends_at > at)
    return connection.execute(shown.with_for_update()).first()


def confirm(connection: Connection, device_id: int, name: str, at: datetime) -> None:
    """Let a waiting screen in; its code is used up."""
    row = {
        "name": name, "code_hash": None, "code_ends_at": at + CODE_VALID,
        "paired_at": at, "expires_at": at + VALID,
    }  # fmt: skip
    mine = wall_device.c.device_id == device_id
    connection.execute(update(wall_device).where(mine).values(**row))


def polled(connection: Connection, secret: str) -> Any:  # noqa: ANN401 -- a row of `wall_device`
    """Find the screen that polls with a secret."""
    return connection.execute(
        select(wall_device).where(wall_device.c.poll_hash == hashed(secret))
    ).first()


def claim(connection: Connection, secret: str, at: datetime) -> str | None:
    """Give a confirmed screen its token; None when there is none to give.

    An answer may be lost, so it may ask again until it was seen with one.
    """
    device, token = wall_device.c, new_secret()
    mine = update(wall_device).where(
        device.poll_hash == hashed(secret),
        device.paired_at.is_not(None),
        device.revoked_at.is_(None),
        device.seen_at.is_(None),
        device.code_ends_at > at,
    )
    given = connection.execute(mine.values(token_hash=hashed(token), token_at=at))
    return token if given.rowcount else None


def note_size(connection: Connection, secret: str, size: tuple[int, int]) -> None:
    """Write down how large a waiting screen says it is."""
    mine = update(wall_device).where(wall_device.c.poll_hash == hashed(secret))
    connection.execute(mine.values(width=size[0], height=size[1]))


def _unused_code(connection: Connection) -> str:
    while True:
        code = new_code()
        used = select(wall_device.c.device_id).where(wall_device.c.code_hash == hashed(code))
        if connection.scalar(used) is None:
            return code
