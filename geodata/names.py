"""Names of the areas of the ten centres' places: counties, townships, villages (NBS 2023)."""

import csv
import re
from collections.abc import Iterator
from importlib import resources
from typing import NamedTuple

SHORT_HAN = 5
"""A short name has at most this many Han, so that it fits the wall."""

_COMMITTEES = (
    (re.compile(r"(?<=社区).+|（.*）|生产大队$"), ""),
    (re.compile(r"(?<!^)村?村(民委员|委)会$"), "村"),
    (re.compile(r"(?<!^)(居民委员|居委|委员)会$"), ""),
)


class AreaRow(NamedTuple):
    """One row of the area table; codes have 12 digits, `lon` and `lat` are WGS-84 degrees.

    `name_en` is None where no English name is known: the Chinese one is shown. `lon` and `lat` are
    the seat of a township or a point within a county, None where unknown.
    """

    area_code: str
    parent_code: str | None
    level: str
    name: str
    short_name: str
    name_en: str | None
    lon: float | None
    lat: float | None
    sort_order: int


def rows_for(area_code: str) -> tuple[AreaRow, ...]:
    """Return the area and everything below it, parents before children, in code order.

    The area itself has no parent here, even if one is known.

    Raises:
        LookupError: no names are shipped for this code.
    """
    areas = {row["area_code"]: row for row in _table("areas.csv")}
    if area_code not in areas:
        known = sorted(code for code, row in areas.items() if row["level"] != "township")
        raise LookupError(f"no names are shipped for area {area_code!r}; known: {', '.join(known)}")
    inside = {area_code}
    chosen = [{**areas[area_code], "parent_code": ""}]
    for code, row in areas.items():
        if row["parent_code"] in inside:
            inside.add(code)
            chosen.append(row)
    chosen += (row for row in _villages() if row["parent_code"] in inside)
    return tuple(_row(order, row) for order, row in enumerate(chosen))


def short_village(name: str) -> str:
    """Shorten 白水社区居民委员会 to 白水社区, 勺达村民委员会 to 勺达村, at most five Han."""
    for committee, kept in _COMMITTEES:
        name = committee.sub(kept, name)
    if len(name) > SHORT_HAN:
        name = name.removesuffix("社区").removesuffix("村")
    return name[:SHORT_HAN]


def _villages() -> Iterator[dict[str, str]]:
    for row in _table("villages.csv"):
        township = f"{row['area_code'][:9]}000"
        yield {
            **row,
            "parent_code": township,
            "level": "village",
            "short_name": short_village(row["name"]),
            "name_en": "",
            "lon": "",
            "lat": "",
        }


def _table(file: str) -> Iterator[dict[str, str]]:
    text = resources.files("geodata").joinpath("data", file).read_text("utf-8")
    return csv.DictReader(text.splitlines())


def _row(order: int, row: dict[str, str]) -> AreaRow:
    return AreaRow(
        area_code=row["area_code"],
        parent_code=row["parent_code"] or None,
        level=row["level"],
        name=row["name"],
        short_name=row["short_name"],
        name_en=row["name_en"] or None,
        lon=float(row["lon"]) if row["lon"] else None,
        lat=float(row["lat"]) if row["lat"] else None,
        sort_order=order,
    )
