"""The map's shapes: the areas of one place with outline, inner borders and water, from GeoJSON."""

import json
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, NoReturn

from geodata.sizes import DEPTH, too_large, too_much

Json = dict[str, Any]

LINES = ("context", "lake", "river", "inner", "outline")
"""Kinds of features that are drawn but are no areas, lowest first."""

MAX_TEXT = 60
_DECIMALS = 5
_SURFACES = frozenset({"Polygon", "MultiPolygon"})


class BoundaryError(Exception):
    """The shapes cannot be used; the message names the file, the feature and the fault."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Boundaries:
    """One place's shapes as GeoJSON feature collections in WGS-84 degrees.

    Features of `areas` carry exactly `code` and `name`, both text; features of `lines` exactly
    `kind`, one of LINES, lowest first. `box` is (west, south, east, north) of the areas.
    `schematic` when the borders are no surveyed ones: the map then says so and dashes inner lines.
    """

    areas: Json
    lines: Json
    box: tuple[float, float, float, float]
    schematic: bool

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes of the areas, in the file's order."""
        return tuple(feature["properties"]["code"] for feature in self.areas["features"])


def load_boundaries(area_code: str, file: Path | None = None) -> Boundaries:
    """Read the shapes shipped for a place, or those of a centre's own GeoJSON file.

    A file is a FeatureCollection of polygons in longitude and latitude, each with a text `code`
    (the area's code in the database) and a text `name`; every other property is dropped. It may
    say `"schematic": true`, and may hold lines whose `kind` is one of LINES.

    Raises:
        BoundaryError: nothing is shipped for this place, or the file is not such a collection.
    """
    if file is not None:
        return _read(file)
    shipped = resources.files("geodata").joinpath("data", f"{area_code[:6]}.geojson")
    if not shipped.is_file():
        raise BoundaryError(f"no map is shipped for area {area_code!r}: set boundaries_file")
    return _read(shipped)


def _read(file: Path | Traversable) -> Boundaries:
    collection = _parsed(file)
    features = collection.get("features")
    if collection.get("type") != "FeatureCollection" or not isinstance(features, list):
        raise BoundaryError(f"{file} is not a GeoJSON FeatureCollection")
    if (fault := too_much(features)) is not None:
        raise BoundaryError(f"{file} {fault}")
    areas: dict[str, Json] = {}
    lines: list[Json] = []
    for number, feature in enumerate(features, start=1):
        try:
            kind = _kind(feature)
            if kind == "area":
                area = _area(feature)
                code = area["properties"]["code"]
                if code in areas:
                    _refuse(f"a second area has the code {code!r}")
                areas[code] = area
            else:
                lines.append(_feature({"kind": kind}, _geometry(feature, frozenset(DEPTH))))
        except BoundaryError as error:
            raise BoundaryError(f"{file}, feature {number}: {error}") from None
    if not areas:
        raise BoundaryError(f"{file} holds no area")
    lines.sort(key=lambda line: LINES.index(line["properties"]["kind"]))
    return Boundaries(
        areas=_collection(list(areas.values())),
        lines=_collection(lines),
        box=_box(areas.values()),
        schematic=collection.get("schematic") is True,
    )


def _parsed(file: Path | Traversable) -> Json:
    try:
        data = file.read_bytes()
    except OSError as error:
        raise BoundaryError(f"cannot read {file}: {error.strerror}") from None
    if (fault := too_large(len(data))) is not None:
        raise BoundaryError(f"{file} {fault}")
    try:
        parsed = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise BoundaryError(f"{file} is not JSON: {error}") from None
    return parsed if isinstance(parsed, dict) else {}


def _kind(feature: object) -> str:
    if not isinstance(feature, dict) or not isinstance(feature.get("properties"), dict):
        _refuse("it has no properties")
    kind = feature["properties"].get("kind", "area")
    return kind if kind in LINES else "area"


def _area(feature: Json) -> Json:
    names = {key: feature["properties"].get(key) for key in ("code", "name")}
    for key, text in names.items():
        if not isinstance(text, str) or not 0 < len(text.strip()) <= MAX_TEXT:
            _refuse(f"property {key!r} must be a text of 1 to {MAX_TEXT} characters, got {text!r}")
    return _feature(names, _geometry(feature, _SURFACES))


def _geometry(feature: Json, allowed: frozenset[str]) -> Json:
    geometry = feature.get("geometry")
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if not isinstance(geometry, dict) or not isinstance(kind, str) or kind not in allowed:
        _refuse(f"its geometry must be one of {', '.join(sorted(allowed))}, got {kind!r}")
    shortest = 4 if kind in _SURFACES else 2
    coordinates = _nested(geometry.get("coordinates"), DEPTH[kind], shortest)
    return {"type": kind, "coordinates": coordinates}


def _nested(value: object, depth: int, shortest: int) -> list[Any]:
    if not isinstance(value, list) or not value:
        _refuse("its coordinates are not nested as its type demands")
    if depth > 1:
        return [_nested(part, depth - 1, shortest) for part in value]
    if len(value) < shortest:
        _refuse(f"a ring or line has fewer than {shortest} positions")
    return [_position(position) for position in value]


def _position(value: object) -> list[float]:
    if not isinstance(value, list) or len(value) < 2:
        _refuse(f"{value!r} is no position")
    for number, limit in zip(value, (180, 90), strict=False):
        if isinstance(number, bool) or not isinstance(number, int | float):
            _refuse(f"{value!r} is no position")
        if not math.isfinite(number) or abs(number) > limit:
            _refuse(f"{value!r} is not longitude and latitude in degrees")
    return [round(float(number), _DECIMALS) for number in value[:2]]


def _refuse(fault: str) -> NoReturn:
    raise BoundaryError(fault)


def _feature(properties: Json, geometry: Json) -> Json:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def _collection(features: list[Json]) -> Json:
    return {"type": "FeatureCollection", "features": features}


def _box(features: Iterable[Json]) -> tuple[float, float, float, float]:
    positions = [p for feature in features for p in _positions(feature["geometry"]["coordinates"])]
    lons, lats = zip(*positions, strict=True)
    return min(lons), min(lats), max(lons), max(lats)


def _positions(nested: list[Any]) -> Iterator[tuple[float, float]]:
    if isinstance(nested[0], float):
        yield nested[0], nested[1]
    else:
        for part in nested:
            yield from _positions(part)
