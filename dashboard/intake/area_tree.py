"""The area tree of a deployment: shipped names, a CSV table, or the properties of a GeoJSON."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, insert, select, update

from dashboard.database.tables import area
from dashboard.intake.faults import IntakeError
from dashboard.profile import Profile
from dashboard.terms import AreaLevel
from geodata.adopt import Area, read_areas
from geodata.boundaries import BoundaryError
from geodata.names import rows_for

SHORT_HAN = 5
SHORT = 20
COLUMNS = ("area_code", "parent_code", "level", "name", "short_name", "name_en")

AreaRow = dict[str, Any]
"""A row of the area table."""


class Properties(NamedTuple):
    """Which properties of a GeoJSON file hold an area's code and its names."""

    code: str = "code"
    name: str = "name"
    name_en: str | None = None


def shipped_areas(profile: Profile) -> list[AreaRow]:
    """Return the tree shipped for the profile's county, else the county alone."""
    try:
        return [row._asdict() for row in rows_for(profile.area_code)]
    except LookupError:
        county = {
            "area_code": profile.area_code,
            "parent_code": None,
            "level": str(profile.level),
            "name": profile.place,
            "short_name": _short(profile.place),
            "name_en": profile.place_en,
        }
        return [county]


def outline_areas(
    profile: Profile, file: Path, properties: Properties
) -> tuple[list[AreaRow], list[Area]]:
    """Return the townships of a GeoJSON file, and their outlines in the same order.

    A code of one to three digits becomes the township's part of a twelve-digit code.

    Raises:
        IntakeError: the file cannot be used, or a property is missing or no code.
    """
    try:
        areas = read_areas(file)
    except BoundaryError as error:
        raise IntakeError(str(error)) from None
    rows: dict[str, tuple[AreaRow, Area]] = {}
    for found in areas:
        code = _township_code(profile, _property(found, properties.code, file), file)
        name = _property(found, properties.name, file)[:60]
        if code in rows:
            raise IntakeError(f"{file}: two outlines have the code {code}")
        english = _property(found, properties.name_en, file) if properties.name_en else None
        row = {
            "area_code": code,
            "parent_code": profile.area_code,
            "level": "township",
            "name": name,
            "short_name": _short(name),
            "name_en": english or (name if name.isascii() else None),
        }
        rows[code] = row, found
    ordered = [rows[code] for code in sorted(rows)]
    return [row for row, _ in ordered], [found for _, found in ordered]


def table_areas(file: Path) -> list[AreaRow]:
    """Return the areas of a CSV file with the columns area_code to name_en.

    Raises:
        IntakeError: the file cannot be read, or a row breaks the format.
    """
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            given = list(csv.DictReader(stream))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise IntakeError(f"cannot read {file} as a UTF-8 CSV file: {error}") from None
    rows = []
    for line, row in enumerate(given, start=2):
        cells = {key: (row.get(key) or "").strip() for key in COLUMNS}
        code, name = cells["area_code"], cells["name"]
        if not code.isdecimal() or len(code) not in {12, 15} or not name:
            raise IntakeError(f"{file}, line {line}: needs an area_code of 12 or 15 digits, a name")
        if cells["level"] not in tuple(AreaLevel):
            known = ", ".join(AreaLevel)
            raise IntakeError(f"{file}, line {line}: level {cells['level']!r} is none of {known}")
        short = cells["short_name"] or _short(name)
        blank = {key: cells[key] or None for key in ("parent_code", "name_en")}
        rows.append({**cells, **blank, "short_name": short})
    return rows


def write_areas(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> int:
    """Insert new areas, update known ones by code; returns how many were new.

    Raises:
        IntakeError: an area's parent is neither among the rows nor in the database.
    """
    known = set(connection.scalars(select(area.c.area_code)))
    _check_parents(rows, known | {row["area_code"] for row in rows})
    ordered = [{"sort_order": order, **row} for order, row in enumerate(rows)]
    new = [row for row in ordered if row["area_code"] not in known]
    old = [
        {**{key: row.get(key) for key in COLUMNS}, "code": row["area_code"]}
        for row in ordered
        if row["area_code"] in known
    ]
    if new:
        connection.execute(insert(area), new)
    if old:
        values: dict[str, Any] = {key: bindparam(key) for key in COLUMNS if key != "area_code"}
        connection.execute(
            update(area).where(area.c.area_code == bindparam("code")).values(values), old
        )
    return len(new)


def _check_parents(rows: Iterable[Mapping[str, Any]], known: set[str]) -> None:
    for row in rows:
        parent = row["parent_code"]
        if parent is not None and parent not in known:
            raise IntakeError(f"area {row['area_code']}: there is no parent area {parent}")


def _property(found: Area, name: str, file: Path) -> str:
    value = found.properties.get(name)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if value is None or not str(value).strip():
        known = ", ".join(found.properties)
        raise IntakeError(f"{file}: an outline has no property {name!r}; it has {known}")
    return str(value).strip()


def _township_code(profile: Profile, value: str, file: Path) -> str:
    if value.isdecimal() and len(value) == 12:
        return value
    if value.isdecimal() and len(value) <= 3:
        return f"{profile.area_code[:6]}{value.zfill(3)}000"
    raise IntakeError(f"{file}: {value!r} is no area code; it needs twelve digits, or one to three")


def _short(name: str) -> str:
    return name[:SHORT] if name.isascii() else name[:SHORT_HAN]
