"""The roster in the database: one reader for the wall, the briefing and the page; one writer."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from dashboard.database.tables import duty_shift
from dashboard.duty.removed import forget_removal, note_removal, on_days, removed
from dashboard.duty.shift import DutyRole, Key, Shift, ShiftError, name_of


class Put(NamedTuple):
    """How many of the shifts put are new, say something new, or were taken off by hand."""

    new: int
    changed: int
    removed: int


def read_shifts(connection: Connection, start: datetime, end: datetime) -> tuple[Shift, ...]:
    """Read the shifts that run at some time in [start, end), in the order in which they start."""
    c = duty_shift.c
    rows = connection.execute(
        select(duty_shift)
        .where(c.starts_at < end, c.ends_at > start)
        .order_by(c.starts_at, c.role, c.shift_id)
    )
    return tuple(map(_shift, rows))


def read_shift(connection: Connection, number: int) -> Shift | None:
    """Read one by its id."""
    found = select(duty_shift).where(duty_shift.c.shift_id == number)
    row = connection.execute(found).first()
    return None if row is None else _shift(row)


def leader_of(shifts: Iterable[Shift]) -> Shift | None:
    """Return who leads; of leaders whose shifts overlap, whose began last, then who came last."""
    leaders = (one for one in shifts if one.role == DutyRole.DUTY_LEADER)
    return max(leaders, key=lambda one: (one.starts_at, one.id), default=None)


def put_shifts(connection: Connection, shifts: Iterable[Shift]) -> Put:
    """Write shifts of different keys; what was taken off by hand stays off."""
    told = {one.key: one for one in shifts}
    known, off = _known(connection, told), removed(connection, told)
    new = [one for key, one in told.items() if key not in known and key not in off]
    changed = [(known[key].id, one) for key, one in told.items() if known.get(key, one) != one]
    if new:
        connection.execute(insert(duty_shift), [_values(one) for one in new])
    for number, one in changed:
        _update(connection, number, one)
    return Put(len(new), len(changed), len((told.keys() & off) - known.keys()))


def add_shift(connection: Connection, one: Shift) -> int:
    """Write a new shift, also one that was taken off before; returns its id.

    Raises:
        ShiftError: it is on the roster ("twice"); the transaction is to be left.
    """
    try:
        done = connection.execute(insert(duty_shift).values(_values(one)))
    except IntegrityError:
        raise ShiftError("twice") from None
    forget_removal(connection, one.key)
    return int((done.inserted_primary_key or (0,))[0])


def change_shift(connection: Connection, number: int, one: Shift, at: datetime) -> bool:
    """Write a shift anew; False if there is none of this id.

    Of another day, shift, role or name it is another one: what it was is taken off `at` that time.

    Raises:
        ShiftError: another one says the same ("twice"); the transaction is to be left.
    """
    before = read_shift(connection, number)
    try:
        known = _update(connection, number, one)
    except IntegrityError:
        raise ShiftError("twice") from None
    if before is not None and before.key != one.key:
        note_removal(connection, before.key, at)
        forget_removal(connection, one.key)
    return known


def remove_shift(connection: Connection, number: int, at: datetime) -> bool:
    """Take a shift off the roster for good; False if there is none of this id."""
    one = read_shift(connection, number)
    if one is None:
        return False
    connection.execute(delete(duty_shift).where(duty_shift.c.shift_id == number))
    note_removal(connection, one.key, at)
    return True


def _known(connection: Connection, told: Iterable[Key]) -> dict[Key, Shift]:
    rows = connection.execute(select(duty_shift).where(on_days(duty_shift, told)))
    return {one.key: one for one in map(_shift, rows)}


def _update(connection: Connection, number: int, one: Shift) -> bool:
    changed = update(duty_shift).where(duty_shift.c.shift_id == number).values(_values(one))
    return connection.execute(changed).rowcount == 1


def _values(one: Shift) -> dict[str, Any]:
    return {
        "date": one.day,
        "shift": one.shift,
        "role": one.role,
        "person_name": one.name,
        "dept_id": one.department,
        "starts_at": one.starts_at,
        "ends_at": one.ends_at,
    }


def _shift(row: Row[Any]) -> Shift:
    return Shift(
        id=row.shift_id,
        day=row.date,
        shift=row.shift,
        role=row.role,
        name=name_of(row.person_name),
        department=row.dept_id,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
    )
