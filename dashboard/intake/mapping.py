"""A mapping: which column of a file means what, as one TOML file; a wrong key stops the import."""

import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal, Self, TypeVar
from zoneinfo import ZoneInfo

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)

from dashboard.intake.faults import IntakeError


class Section(BaseModel):
    """Base of every table of a mapping: unknown keys are errors, values are final."""

    model_config = ConfigDict(frozen=True, extra="forbid")


Kind = TypeVar("Kind", bound=Section)
"""Which kind of rows a mapping is about."""


class Take(Section):
    """Where a value comes from: a column, or one value for every row.

    `values` translates the column's words; a word it does not list gives `default`, or without one
    puts the row into quarantine. A blank cell gives `default`, or nothing.
    """

    column: str | None = None
    value: str | None = None
    values: dict[str, str] = {}
    default: str | None = None

    @model_validator(mode="after")
    def _one_origin(self) -> Self:
        if (self.column is None) == (self.value is None):
            raise ValueError("give either `column` or `value`")
        if self.value is not None and (self.values or self.default is not None):
            raise ValueError("`values` and `default` need a `column`")
        return self


def _column(given: object) -> object:
    return {"column": given} if isinstance(given, str) else given


From = Annotated[Take, BeforeValidator(_column)]
"""A `Take`; a plain string is short for its column."""


class Fields(Section):
    """Every column of a case that a file may bring, under its name in the database."""

    source_no: From
    source_channel: From
    case_kind: From
    title: From
    level: From
    reported_at: From
    title_en: From | None = None
    summary: From | None = None
    occurred_on: From | None = None
    accepted_at: From | None = None
    due_at: From | None = None
    closed_at: From | None = None
    close_outcome: From | None = None
    stage: From | None = None
    situation: From | None = None
    risk_level: From | None = None
    category_code: From | None = None
    hazard_type_code: From | None = None
    location_text: From | None = None
    people_involved: From | None = None
    amount_involved: From | None = None
    org_involved: From | None = None

    @model_validator(mode="after")
    def _closing(self) -> Self:
        if (self.closed_at is None) != (self.close_outcome is None):
            raise ValueError("`closed_at` and `close_outcome` belong together: give both or none")
        return self


class Layout(Section):
    """How the file itself is written; everything has a usual value."""

    encoding: str | None = None
    delimiter: str = Field(default=",", min_length=1, max_length=1)
    sheet: str | None = None
    blank: tuple[str, ...] = ()


class Dates(Section):
    """How instants are written: "iso", "epoch_s", "epoch_ms" or a strptime format.

    With several formats a text that fits two of them with different results is ambiguous.
    """

    timezone: str
    formats: tuple[str, ...] = Field(min_length=1)

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError) as error:
            raise ValueError(f"no time zone is called {value!r}") from error
        return value


class Areas(Section):
    """How a row finds its area below the county: by code, by name, or by its point.

    `unknown` says what becomes of a row without a known area: quarantine, or kept in the county's
    unclassified bucket. By point, the outlines are those of the wall's map (boundaries_file).
    """

    by: Literal["code", "name", "point"]
    column: From | None = None
    unknown: Literal["quarantine", "unclassified"]

    @model_validator(mode="after")
    def _column_or_point(self) -> Self:
        if (self.by == "point") == (self.column is not None):
            raise ValueError('`column` belongs to by = "code" and by = "name", and only to them')
        return self


Degrees = Annotated[float, Field(ge=-180, le=180)]


class Location(Section):
    """Where the coordinates are. Points outside `box` are dropped, or their row quarantined.

    `box` is west, south, east, north in degrees; without it that of the wall's map is used. `blank`
    lists points that stand for "no place known".
    """

    lon: str
    lat: str
    datum: Literal["wgs84", "gcj02", "bd09"] = "wgs84"
    box: tuple[Degrees, Degrees, Degrees, Degrees] | None = None
    blank: tuple[tuple[Degrees, Degrees], ...] = ()
    outside: Literal["drop", "quarantine"]


class DepartmentName(Section):
    """A department as the file calls it, and its names here; `short` fits the wall."""

    name: str = Field(max_length=80)
    short: str = Field(max_length=20)
    en: str | None = Field(default=None, max_length=80)


class Departments(Section):
    """How a row finds its lead department: `column` holds its id or one of its names.

    Departments under `names` are created on import under the file's own word as id. Any other
    unknown word is created too, kept without a department, or quarantined.
    """

    column: From
    names: dict[Annotated[str, Field(max_length=32)], DepartmentName] = {}
    unknown: Literal["create", "unclassified", "quarantine"]


class PartyColumns(Section):
    """Where a party of the row stands. What is kept is a masked name and a hash of the number.

    The identity number comes before the telephone number; without either the party has no key.
    """

    role: Literal["applicant", "respondent", "other"] = "applicant"
    name: str | None = None
    id_number: str | None = None
    phone: str | None = None

    @model_validator(mode="after")
    def _something(self) -> Self:
        if self.name is None and self.id_number is None and self.phone is None:
            raise ValueError("a party needs a column: `name`, `id_number` or `phone`")
        return self


class Mapping(Section):
    """One mapping file of cases."""

    kind: Literal["cases"] = "cases"
    name: str = ""
    layout: Layout = Layout()
    dates: Dates
    fields: Fields
    areas: Areas
    location: Location | None = None
    departments: Departments | None = None
    parties: tuple[PartyColumns, ...] = ()

    @property
    def personal(self) -> frozenset[str]:
        """The columns that hold names or numbers of persons; no cell of theirs is ever kept."""
        named = ((each.name, each.id_number, each.phone) for each in self.parties)
        return frozenset(column for columns in named for column in columns if column is not None)

    @model_validator(mode="after")
    def _point_needs_place(self) -> Self:
        if self.areas.by == "point" and self.location is None:
            raise ValueError('areas by = "point" needs a [location]')
        return self


def load_mapping(file: Path) -> Mapping:
    """Read a mapping of cases.

    Raises:
        IntakeError: no such file, not TOML, an unknown key or a value that does not fit.
    """
    return made(Mapping, read_values(file), file)


def read_values(file: Path) -> dict[str, Any]:
    """Read what a mapping file says; its name is the file's where it has none of its own.

    Raises:
        IntakeError: no such file, or not TOML.
    """
    try:
        values = tomllib.loads(file.read_text("utf-8"))
    except OSError as error:
        raise IntakeError(f"cannot read mapping {file}: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise IntakeError(f"mapping {file} is not valid TOML: {error}") from None
    return {"name": file.stem, **values}


def made(kind: type[Kind], values: dict[str, Any], file: Path) -> Kind:
    """Make a mapping of what its file says.

    Raises:
        IntakeError: an unknown key or a value that does not fit.
    """
    try:
        return kind.model_validate(values)
    except ValidationError as error:
        raise IntakeError(_sentence(error, file)) from None


def _sentence(error: ValidationError, file: Path) -> str:
    lines = []
    for fault in error.errors(include_url=False):
        key = ".".join(str(part) for part in fault["loc"]) or "the mapping"
        if fault["type"] == "extra_forbidden":
            lines.append(f"unknown key {key!r}")
        elif fault["type"] == "missing":
            lines.append(f"key {key!r} is missing")
        else:
            lines.append(f"{key}: {fault['msg']}{_given(fault['input'])}")
    return f"mapping {file}: " + "; ".join(lines)


def _given(value: Any) -> str:  # noqa: ANN401 -- whatever the file says
    return f" (got {value!r})" if isinstance(value, str | int | float) else ""
