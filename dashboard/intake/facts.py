"""From a row of the file to what the source says of one case, at its opening and at its end."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import SecretStr

from dashboard.intake import columns
from dashboard.intake.columns import Columns, Take1
from dashboard.intake.csv_rows import Cell, Row
from dashboard.intake.departments import DepartmentBook
from dashboard.intake.faults import Rejection
from dashboard.intake.instants import Instants
from dashboard.intake.mapping import Fields, Take
from dashboard.intake.mapping import Mapping as FileMapping
from dashboard.intake.parties import Party, PartyReader
from dashboard.intake.places import Places
from dashboard.profile import Profile
from dashboard.terms import (
    TERMINAL_STAGES,
    CaseKind,
    Channel,
    Level,
    Outcome,
    Risk,
    Situation,
    Stage,
)

Facts = dict[str, Any]
"""Columns of `cases` with their values; a column that is missing is not known."""

CLOCK_SLACK = timedelta(days=1)
"""How far ahead of ours the clock of a source may be before its instants are impossible."""

_REQUIRED = ("source_channel", "source_no", "case_kind", "title", "level", "reported_at")
_CODES = {
    "source_channel": Channel,
    "case_kind": CaseKind,
    "level": Level,
    "stage": Stage,
    "situation": Situation,
    "risk_level": Risk,
    "close_outcome": Outcome,
}
_INSTANTS = ("reported_at", "accepted_at", "due_at", "closed_at")
_TEXTS = {
    "title": 100,
    "title_en": 160,
    "summary": 4000,
    "location_text": 100,
    "org_involved": 100,
}
_WRITTEN = frozenset({"title", "title_en", "summary", "location_text"})
"""Texts somebody wrote, who may have named the parties."""

_WORDS = {"source_no": 64, "category_code": 24, "hazard_type_code": 24}
_LEFT = {
    Outcome.WITHDRAWN: Stage.WITHDRAWN,
    Outcome.MERGED: Stage.MERGED,
    Outcome.NOT_ACCEPTED: Stage.NOT_ACCEPTED,
}
"""Outcomes with which a case leaves the stock without being closed."""


@dataclass(frozen=True, slots=True)
class Told:
    """What one row says; `end` is what the case's end at `ended_at` added, None while it is open.

    `notes` name what was dropped from the row: an unusable point, an impossible due date.
    """

    row: Row
    opening: Facts
    end: Facts | None
    ended_at: datetime | None
    notes: tuple[str, ...]
    parties: tuple[Party, ...] = ()

    @property
    def key(self) -> tuple[Channel, str]:
        """What makes the case the same case at its source."""
        return self.opening["source_channel"], self.opening["source_no"]


class FactReader:
    """Reads rows by a mapping; `county` is the code that unclassified cases are kept under."""

    def __init__(
        self,
        mapping: FileMapping,
        columns_: Columns,
        profile: Profile,
        places: Places,
        secret: SecretStr | None = None,
    ) -> None:
        self._parties = PartyReader(mapping.parties, columns_, secret)
        self._profile = profile
        self._places = places
        zone = ZoneInfo(mapping.dates.timezone)
        self._instants = Instants(mapping.dates.formats, zone)
        self._zone = zone
        self._takes = _takes(mapping.fields, columns_)
        self._readers = self._reader_table(mapping.fields)
        area, location = mapping.areas.column, mapping.location
        self._area = columns_.taker(area, "areas") if area else _nothing
        self._lon = columns_.cell(location.lon) if location else _nothing
        self._lat = columns_.cell(location.lat) if location else _nothing
        departments = mapping.departments
        self._department = (
            columns_.taker(departments.column, "departments") if departments else _nothing
        )
        self._accepts_on_report = mapping.fields.accepted_at is None

    def read(self, row: Row, departments: DepartmentBook | None, now: datetime) -> Told:
        """Return what a row says.

        Raises:
            Rejection: a value is missing, impossible or unknown.
        """
        if row.fault is not None:
            raise row.fault
        facts: Facts = {}
        for field, take in self._takes:
            cell = take(row.cells)
            if cell is not None:
                facts[field] = self._readers[field](cell)
        self._complete(facts, now)
        notes = (_drop_early_due(facts), self._place(facts, row.cells))
        if departments is not None:
            word = self._department(row.cells)
            facts["lead_dept_id"] = departments.find(None if word is None else str(word))
        ended_at, end = _end(facts)
        if facts.get("stage") in TERMINAL_STAGES:
            if end is None:
                raise Rejection("an ended case needs `closed_at`, not a stage", "stage")
            del facts["stage"]
        if "stage" not in facts:
            facts["stage"] = _first_stage(facts)
        for field in _WRITTEN & facts.keys():
            facts[field] = self._parties.hide(row.cells, facts[field])
        parties, lost = self._parties.read(row.cells)
        kept = tuple(note for note in notes if note)
        return Told(row, facts, end, ended_at, (*kept, *lost), parties)

    def _reader_table(self, fields: Fields) -> dict[str, Callable[[Cell], Any]]:
        table: dict[str, Callable[[Cell], Any]] = {
            "people_involved": columns.count("people_involved"),
            "amount_involved": columns.amount("amount_involved"),
            "occurred_on": self._day,
        }
        for field, longest in _TEXTS.items():
            table[field] = columns.text(longest, field)
        for field, longest in _WORDS.items():
            table[field] = columns.word(longest, field)
        for field in _INSTANTS:
            table[field] = self._instant(field)
        for field, kind in _CODES.items():
            if (take := getattr(fields, field)) is not None:
                table[field] = columns.code(kind, field, take)
        return table

    def _instant(self, field: str) -> Callable[[Cell], datetime]:
        return lambda cell: self._instants.read(cell, field)

    def _day(self, cell: Cell) -> object:
        return self._instants.read(cell, "occurred_on").astimezone(self._zone).date()

    def _complete(self, facts: Facts, now: datetime) -> None:
        """Derive what the mapping leaves to us, then check what the row says against itself."""
        for field in _REQUIRED:
            if field not in facts:
                raise Rejection("is blank", field)
        if self._accepts_on_report:
            facts["accepted_at"] = facts["reported_at"]
        if "situation" not in facts:
            facts["situation"] = self._profile.situation_of(facts["source_channel"])
        _check_order(facts, now)

    def _place(self, facts: Facts, cells: Sequence[Cell]) -> str | None:
        area = self._area(cells)
        place = self._places.find(
            None if area is None else str(area),
            str(self._lon(cells) or ""),
            str(self._lat(cells) or ""),
        )
        facts["area_code"] = place.area_code or self._profile.area_code
        if place.lon is not None:
            facts["lon"], facts["lat"] = place.lon, place.lat
        return place.note


def _nothing(_cells: Sequence[Cell]) -> None:
    return None


def _takes(fields: Fields, columns_: Columns) -> tuple[tuple[str, Take1], ...]:
    given: dict[str, Take | None] = {name: getattr(fields, name) for name in Fields.model_fields}
    return tuple((name, columns_.taker(take, name)) for name, take in given.items() if take)


def _check_order(facts: Mapping[str, Any], now: datetime) -> None:
    reported, accepted = facts["reported_at"], facts.get("accepted_at")
    closed = facts.get("closed_at")
    for field, instant in (("reported_at", reported), ("closed_at", closed)):
        if instant is not None and instant > now + CLOCK_SLACK:
            raise Rejection(f"{instant.isoformat()} lies in the future", field)
    if accepted is not None and accepted < reported:
        raise Rejection("accepted before it was reported", "accepted_at")
    if closed is not None and closed < (accepted or reported):
        raise Rejection("closed before it was opened", "closed_at")


def _drop_early_due(facts: Facts) -> str | None:
    """Take away a deadline that lies before the case was opened: it cannot be one."""
    due, accepted = facts.get("due_at"), facts.get("accepted_at")
    if due is None or accepted is None or due >= accepted:
        return None
    del facts["due_at"]
    return "due_before_opening"


def _end(facts: Facts) -> tuple[datetime | None, Facts | None]:
    """Move what belongs to the end out of the facts; an open case has nothing of it."""
    ended_at: datetime | None = facts.pop("closed_at", None)
    outcome = facts.pop("close_outcome", None)
    if ended_at is None:
        return None, None
    if outcome is None:
        raise Rejection("is blank in a closed case", "close_outcome")
    if outcome in _LEFT:
        return ended_at, {"stage": _LEFT[outcome]}
    return ended_at, {"stage": Stage.CLOSED, "closed_at": ended_at, "close_outcome": outcome}


def _first_stage(facts: Facts) -> Stage:
    if facts.get("accepted_at") is None:
        return Stage.REPORTED
    return Stage.ACCEPTED if facts.get("lead_dept_id") is None else Stage.DISPATCHED
