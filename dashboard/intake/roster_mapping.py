"""A mapping of a duty roster, and which kind of mapping a file holds."""

import re
from datetime import time
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, model_validator

from dashboard.intake.faults import IntakeError
from dashboard.intake.mapping import (
    Dates,
    Departments,
    From,
    Layout,
    Mapping,
    Section,
    made,
    read_values,
)


def _clocks(text: str) -> str:
    if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d", text, re.ASCII):
        raise ValueError('write hours as "08:00-20:00"')
    return text


class ShiftFields(Section):
    """The columns of a roster. Without `starts_at` and `ends_at` the hours of the shift count."""

    date: From
    shift: From
    role: From
    person_name: From
    starts_at: From | None = None
    ends_at: From | None = None

    @model_validator(mode="after")
    def _both(self) -> Self:
        if (self.starts_at is None) != (self.ends_at is None):
            raise ValueError("`starts_at` and `ends_at` belong together: give both or none")
        return self


class RosterMapping(Section):
    """One mapping file of a roster.

    `hours` are from and until when a shift runs, by its code; until the same or an earlier clock
    time is until the next day.
    """

    kind: Literal["duty"]
    name: str = ""
    layout: Layout = Layout()
    dates: Dates
    fields: ShiftFields
    hours: dict[str, Annotated[str, AfterValidator(_clocks)]] = {}
    departments: Departments | None = None

    @model_validator(mode="after")
    def _some_hours(self) -> Self:
        if (self.fields.starts_at is None) != bool(self.hours):
            raise ValueError("give the columns `starts_at` and `ends_at`, or else [hours]")
        return self

    def clocks(self, shift: str) -> tuple[time, time] | None:
        """Return from and until when a shift runs, None where nobody has said so."""
        if shift not in self.hours:
            return None
        begins, ends = map(time.fromisoformat, self.hours[shift].split("-"))
        return begins, ends


def load_any_mapping(file: Path) -> Mapping | RosterMapping:
    """Read a mapping of whatever kind it says it is; cases if it says nothing.

    Raises:
        IntakeError: no such file, not TOML, an unknown kind or key, or a value that does not fit.
    """
    values = read_values(file)
    kind = values.get("kind", "cases")
    if kind not in ("cases", "duty"):
        raise IntakeError(f"mapping {file}: kind {kind!r} is none of cases, duty")
    return made(RosterMapping, values, file) if kind == "duty" else made(Mapping, values, file)
