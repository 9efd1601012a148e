"""Rows that are shifts of the duty roster; a column that is not mapped is not kept anywhere."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, insert

from dashboard.calendar import at_local, local_day
from dashboard.database.tables import department
from dashboard.duty.roster import put_shifts
from dashboard.duty.shift import LONGEST_NAME, DutyRole, Key, Shift, ShiftError, name_of
from dashboard.intake.columns import Columns, Take1, code, word
from dashboard.intake.csv_rows import Cell, Row
from dashboard.intake.departments import DepartmentBook
from dashboard.intake.faults import Rejection
from dashboard.intake.instants import Instants
from dashboard.intake.roster_mapping import RosterMapping
from dashboard.intake.sorting import Sorted, sort_rows
from dashboard.intake.surroundings import known_departments
from dashboard.intake.taking import Outcome, Rejected

CHANNEL = "duty"
REASONS = {
    "no_shift": ("is no shift: day, night, all or a number from 1 to 99", "shift"),
    "no_name": ("nobody is named", "person_name"),
    "name_too_long": (f"is no name of at most {LONGEST_NAME} characters", "person_name"),
    "wrong_day": ("starts on another day than its date", "starts_at"),
    "ends_before": ("ends before it starts", "ends_at"),
}
"""What is said of a row whose shift cannot be on a roster, and of which of its fields."""


@dataclass(frozen=True, slots=True)
class RosterPrepared:
    """The mapping of a roster and the departments there are; `zone` is that of the centre."""

    mapping: RosterMapping
    departments: tuple[dict[str, str | None], ...]
    zone: ZoneInfo

    def taker(self, columns: Columns, now: datetime) -> "RosterRows":  # noqa: ARG002 -- no clock
        """Return what takes this file's rows.

        Raises:
            IntakeError: the mapping names a column the file lacks, or a code that is none.
        """
        return RosterRows(self, columns)


def prepare_roster(
    connection: Connection, mapping: RosterMapping, zone: ZoneInfo
) -> RosterPrepared:
    """Read what the database knows of what a roster names."""
    return RosterPrepared(mapping, known_departments(connection), zone)


class RosterRows:
    """Takes a file's rows as shifts; names are personal, and so is what nobody has mapped."""

    def __init__(self, prepared: RosterPrepared, columns: Columns) -> None:
        mapping = prepared.mapping
        fields = mapping.fields
        self._mapping, self._zone = mapping, prepared.zone
        self._instants = Instants(mapping.dates.formats, ZoneInfo(mapping.dates.timezone))
        self._date = columns.taker(fields.date, "date")
        self._shift = columns.taker(fields.shift, "shift")
        self._role = columns.taker(fields.role, "role")
        self._role_of = code(DutyRole, "role", fields.role)
        self._name = columns.taker(fields.person_name, "person_name")
        self._times = [
            (columns.taker(take, name), name)
            for name, take in (("starts_at", fields.starts_at), ("ends_at", fields.ends_at))
            if take is not None
        ]
        self._department: Take1 = lambda _cells: None
        self._book: DepartmentBook | None = None
        if mapping.departments is not None:
            self._department = columns.taker(mapping.departments.column, "departments")
            self._book = DepartmentBook(mapping.departments, prepared.departments)
        mapped = {take.column for take in (fields.date, fields.shift, fields.role, fields.starts_at,
                                           fields.ends_at) if take is not None}  # fmt: skip
        if mapping.departments is not None:
            mapped.add(mapping.departments.column.column)
        self._first: dict[Key, tuple[int, Shift]] = {}
        self.channel = CHANNEL
        self.personal = frozenset(columns.names) - mapped

    def sort(self, chunk: Iterable[Row]) -> Sorted[Shift]:
        """Read rows, without the database."""
        return sort_rows(chunk, self._read, self._is_repeat)

    def take(
        self, connection: Connection, found: Sorted[Shift], outcome: Outcome
    ) -> list[Rejected]:
        """Write departments and shifts."""
        if self._book is not None and (added := self._book.take_new()):
            connection.execute(insert(department), added)
        put = put_shifts(connection, found.told)
        outcome.new += put.new
        outcome.updated += put.changed
        outcome.unchanged += len(found.told) - put.new - put.changed + found.repeats
        if put.removed:
            outcome.notes["shift_removed_by_hand"] += put.removed
        return found.rejected

    def _read(self, row: Row) -> Shift:
        if row.fault is not None:
            raise row.fault
        shift = word(24, "shift")(_given(self._shift, row, "shift"))
        day = self._day(_given(self._date, row, "date"))
        starts, ends = self._span(row, day, shift)
        try:
            return Shift(
                day=day,
                shift=shift,
                role=self._role_of(_given(self._role, row, "role")),
                name=name_of(str(_given(self._name, row, "person_name"))),
                department=self._department_of(row),
                starts_at=starts,
                ends_at=ends,
            ).checked(self._zone)
        except ShiftError as error:
            raise Rejection(*REASONS[str(error)]) from None

    def _day(self, cell: Cell) -> date:
        read = self._instants.read(cell, "date")
        return local_day(read, ZoneInfo(self._mapping.dates.timezone))

    def _span(self, row: Row, day: date, shift: str) -> tuple[datetime, datetime]:
        if self._times:
            starts, ends = (
                self._instants.read(_given(take, row, name), name) for take, name in self._times
            )
            return starts, ends
        clocks = self._mapping.clocks(shift)
        if clocks is None:
            raise Rejection("the mapping's [hours] do not have this shift", "shift")
        begins, over = clocks
        last = day + timedelta(days=1) if over <= begins else day
        return at_local(day, begins, self._zone), at_local(last, over, self._zone)

    def _department_of(self, row: Row) -> str | None:
        if self._book is None:
            return None
        named = self._department(row.cells)
        return self._book.find(None if named is None else str(named))

    def _is_repeat(self, row: Row, one: Shift) -> bool:
        line, first = self._first.setdefault(one.key, (row.line, one))
        if line == row.line:
            return False
        if first != one:
            raise Rejection(f"line {line} has this shift, with other hours", "starts_at")
        return True


def _given(take: Take1, row: Row, name: str) -> Cell:
    cell = take(row.cells)
    if cell is None:
        raise Rejection(f"no {name}", name)
    return cell
