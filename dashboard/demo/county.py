"""The demo county as data: 沾益区's areas, its departments, and synthetic matters."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import TypeVar

from geodata.names import AreaRow, rows_for

T = TypeVar("T")

AREA_CODE = "530303000000"

TOWN_WEIGHTS = {
    "530303001000": 52,
    "530303002000": 38,
    "530303003000": 31,
    "530303004000": 29,
    "530303101000": 47,
    "530303102000": 26,
    "530303201000": 22,
    "530303202000": 17,
    "530303203000": 24,
    "530303204000": 14,
    "530303205000": 12,
}
"""How often each township reports, made up for the demo: busy streets, quiet hills."""


@dataclass(frozen=True, slots=True)
class Department:
    """A department; `pace` scales how often the demo lets it run late (1 = as the others)."""

    dept_id: str
    name: str
    short_name: str
    name_en: str
    kind: str
    presence: str
    pace: float


@dataclass(frozen=True, slots=True)
class Matter:
    """A synthetic matter a case can be about; `spots` names the group of places it arises at."""

    kind: str
    category: str
    hazard_type: str | None
    dept: str
    weight: int
    spots: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Danger:
    """A synthetic kind of hazard point."""

    risk: str
    hazard_type: str
    dept: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Lead:
    """A synthetic kind of intelligence item."""

    channel: str
    category: str
    weight: int
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Spot:
    """A kind of place, in words."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class County:
    """Everything the demo's histories are made of; every sequence is in file order."""

    areas: tuple[AreaRow, ...]
    villages: Mapping[str, tuple[AreaRow, ...]]
    departments: tuple[Department, ...]
    matters: Mapping[str, tuple[Matter, ...]]
    spots: Mapping[str, tuple[Spot, ...]]
    dangers: Mapping[str, tuple[Danger, ...]]
    leads: tuple[Lead, ...]
    places: Mapping[str, tuple[tuple[float, float], ...]]

    @property
    def townships(self) -> tuple[AreaRow, ...]:
        """The eleven townships, in code order."""
        return tuple(area for area in self.areas if area.level == "township")


def load_county() -> County:
    """Read the county's data files; villages, matters and so on by what picks them."""
    english = {row["area_code"]: row["name_en"] for row in table("villages_en.csv")}
    areas = tuple(
        area._replace(name_en=english.get(area.area_code, area.name_en))
        for area in rows_for(AREA_CODE)
    )
    return County(
        areas=areas,
        villages=_grouped(
            [(area.parent_code or "", area) for area in areas if area.level == "village"]
        ),
        departments=tuple(
            Department(**{**row, "pace": float(row["pace"])})  # type: ignore[arg-type]
            for row in table("departments.csv")
        ),
        matters=_grouped([(row["kind"], _matter(row)) for row in table("matters.csv")]),
        spots=_grouped([(row["group"], Spot(row["zh"], row["en"])) for row in table("spots.csv")]),
        dangers=_grouped([(row["risk"], Danger(**row)) for row in table("hazards.csv")]),
        leads=tuple(
            Lead(row["channel"], row["category"], int(row["weight"]), row["zh"], row["en"])
            for row in table("intelligence.csv")
        ),
        places=_grouped(
            [
                (row["township_code"], (float(row["lon"]), float(row["lat"])))
                for row in table("places.csv")
            ]
        ),
    )


def _matter(row: dict[str, str]) -> Matter:
    return Matter(
        kind=row["kind"],
        category=row["category"],
        hazard_type=row["hazard_type"] or None,
        dept=row["dept"],
        weight=int(row["weight"]),
        spots=row["spots"],
        zh=row["zh"],
        en=row["en"],
    )


def _grouped(pairs: list[tuple[str, T]]) -> dict[str, tuple[T, ...]]:
    groups: dict[str, list[T]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in groups.items()}


def table(file: str) -> list[dict[str, str]]:
    """Read one of the demo's data files."""
    text = resources.files("dashboard.demo").joinpath("data", file).read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))
