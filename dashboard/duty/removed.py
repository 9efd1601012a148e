"""What was taken off the roster by hand: no import brings it back, a hand does."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Table, and_, delete, false, insert, select

from dashboard.database.tables import duty_shift_removed
from dashboard.duty.shift import Key

KEY = ("date", "shift", "role", "person_name")


def note_removal(connection: Connection, key: Key, at: datetime) -> None:
    """Keep a shift off."""
    forget_removal(connection, key)
    values = dict(zip(KEY, key, strict=True))
    connection.execute(insert(duty_shift_removed).values(**values, removed_at=at))


def forget_removal(connection: Connection, key: Key) -> None:
    """Let a shift come back."""
    c = duty_shift_removed.c
    same = and_(*(c[name] == value for name, value in zip(KEY, key, strict=True)))
    connection.execute(delete(duty_shift_removed).where(same))


def removed(connection: Connection, told: Iterable[Key]) -> set[Key]:
    """Return what was taken off on the days of some shifts."""
    columns = [duty_shift_removed.c[name] for name in KEY]
    rows = connection.execute(select(*columns).where(on_days(duty_shift_removed, told)))
    return {(row.date, row.shift, row.role, row.person_name) for row in rows}


def on_days(table: Table, told: Iterable[Key]) -> ColumnElement[bool]:
    """Tell which rows are of the days of some shifts, or between them."""
    days = {day for day, *_ in told}
    return table.c.date.between(min(days), max(days)) if days else false()
