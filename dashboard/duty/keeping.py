"""Keep the roster for whoever may: each deed stands in the log."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from pydantic import SecretStr
from sqlalchemy import Connection, Engine, select

from dashboard.access.audit import Deed, write_down
from dashboard.access.role import Right
from dashboard.access.viewer import Viewer
from dashboard.centre import Centre
from dashboard.database.engine import writing
from dashboard.database.tables import department
from dashboard.duty.roster import add_shift, change_shift, read_shift, remove_shift
from dashboard.duty.shift import Shift, ShiftError, name_of
from dashboard.figures.scope import EVERYTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A shift as it was typed; a time that is none is None."""

    day: date | None
    shift: str
    role: str
    name: str
    department: str | None
    starts_at: datetime | None
    ends_at: datetime | None


def may_keep(viewer: Viewer) -> bool:
    """It is about the whole centre: who sees a part of it does not write it."""
    return viewer.may(Right.MEETING) and viewer.scope == EVERYTHING


class Keeper:
    """Writes shifts; of two who write the same one is told so."""

    def __init__(
        self, engine: Engine, centre: Centre, now: Callable[[], datetime], key: SecretStr | None
    ) -> None:
        self._engine = engine
        self._centre = centre
        self._now = now
        self._key = key

    def add(self, viewer: Viewer, asked: Asked, address: str) -> int:
        """Put a shift on the roster; returns its id.

        Raises:
            ShiftError: it is not theirs ("not_yours"), or cannot be kept as it was typed.
        """
        one = self._shift(viewer, asked)
        with writing(self._engine) as connection:
            _check_department(connection, one)
            number = add_shift(connection, one)
            self._write_down(connection, viewer, "duty_add", one, address)
        return number

    def change(self, viewer: Viewer, number: int, asked: Asked, address: str) -> bool:
        """Write a shift anew; False if there is none of this id.

        Raises:
            ShiftError: as `add` does.
        """
        one = self._shift(viewer, asked)
        with writing(self._engine) as connection:
            _check_department(connection, one)
            if not change_shift(connection, number, one, self._now()):
                return False
            self._write_down(connection, viewer, "duty_change", one, address)
        return True

    def remove(self, viewer: Viewer, number: int, address: str) -> Shift | None:
        """Take a shift off the roster; returns it, None if there is none of this id.

        Raises:
            ShiftError: it is not theirs ("not_yours").
        """
        if not may_keep(viewer):
            raise ShiftError("not_yours")
        with writing(self._engine) as connection:
            one = read_shift(connection, number)
            if one is None:
                return None
            remove_shift(connection, number, self._now())
            self._write_down(connection, viewer, "duty_remove", one, address)
        return one

    def _shift(self, viewer: Viewer, asked: Asked) -> Shift:
        if not may_keep(viewer):
            raise ShiftError("not_yours")
        if asked.day is None or asked.starts_at is None or asked.ends_at is None:
            raise ShiftError("no_time")
        return Shift(
            day=asked.day,
            shift=asked.shift,
            role=asked.role,
            name=name_of(asked.name),
            department=asked.department,
            starts_at=asked.starts_at,
            ends_at=asked.ends_at,
        ).checked(self._centre.zone)

    def _write_down(
        self, connection: Connection, viewer: Viewer, action: str, one: Shift, address: str
    ) -> None:
        about = f"{one.day} {one.shift} {one.role}"
        deed = Deed(
            actor=viewer.login, role=viewer.role, action=action, address=address, subject=about
        )
        write_down(connection, deed, self._now(), self._key)


def _check_department(connection: Connection, one: Shift) -> None:
    if one.department is None:
        return
    known = select(department.c.dept_id).where(department.c.dept_id == one.department)
    if connection.execute(known).first() is None:
        raise ShiftError("no_department")
