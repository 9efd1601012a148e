"""The roster in the database: one reader for the wall, the briefing and the page; one writer."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from dashboard.database.tables import duty_shift
from dashboard.duty.shift import DutyRole, Shift, ShiftError, name_of

Key = tuple[date, str, str, str]


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


def put_shifts(connection: Connection, shifts: Iterable[Shift]) -> tuple[int, int]:
    """Write shifts of different keys; returns how many are new and how many say something new."""
    told = {one.key: one for one in shifts}
    known = _known(connection, told)
    new = [one for key, one in told.items() if key not in known]
    changed = [(known[key].id, one) for key, one in told.items() if known.get(key, one) != one]
    if new:
        connection.execute(insert(duty_shift), [_values(one) for one in new])
    for number, one in changed:
        _update(connection, number, one)
    return len(new), len(changed)


def add_shift(connection: Connection, one: Shift) -> int:
    """Write a new shift; returns its id.

    Raises:
        ShiftError: it is on the roster ("twice"); the transaction is to be left.
    """
    try:
        done = connection.execute(insert(duty_shift).values(_values(one)))
    except IntegrityError:
        raise ShiftError("twice") from None
    return int((done.inserted_primary_key or (0,))[0])


def change_shift(connection: Connection, number: int, one: Shift) -> bool:
    """Write a shift anew; False if there is none of this id.

    Raises:
        ShiftError: another one says the same ("twice"); the transaction is to be left.
    """
    try:
        return _update(connection, number, one)
    except IntegrityError:
        raise ShiftError("twice") from None


def remove_shift(connection: Connection, number: int) -> bool:
    """Take a shift off the roster; False if there is none of this id."""
    gone = delete(duty_shift).where(duty_shift.c.shift_id == number)
    return connection.execute(gone).rowcount == 1


def _known(connection: Connection, told: Iterable[Key]) -> dict[Key, Shift]:
    days = {day for day, *_ in told}
    if not days:
        return {}
    rows = connection.execute(
        select(duty_shift).where(duty_shift.c.date.between(min(days), max(days)))
    )
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
