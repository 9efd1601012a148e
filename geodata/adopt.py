"""Making the map of a place from any GeoJSON file of its areas; shapely is loaded on use."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from geodata.boundaries import BoundaryError
from geodata.sizes import too_large, too_much

ROUGH = 10
"""So many times what a map may hold is taken here: the map made of it is simpler."""

DETAIL_DEG = 1e-4
"""Bends smaller than about ten metres are left out, the same on both sides of a border."""

GRID_DEG = 1e-5

TOUCHING_DEG = 1e-4


class Area(NamedTuple):
    """One area of a file: its properties and its GeoJSON geometry."""

    properties: dict[str, Any]
    geometry: dict[str, Any]


def read_areas(file: Path) -> tuple[Area, ...]:
    """Read the polygons of a GeoJSON file.

    Raises:
        BoundaryError: no such file, too large, too many features or corners, or no GeoJSON with
            polygons.
    """
    try:
        if (fault := too_large(file.stat().st_size, ROUGH)) is not None:
            raise BoundaryError(f"{file} {fault}")
        document = json.loads(file.read_text("utf-8-sig"))
    except OSError as error:
        raise BoundaryError(f"cannot read {file}: {error.strerror}") from None
    except (ValueError, RecursionError):
        raise BoundaryError(f"{file} is not a GeoJSON file") from None
    found = document.get("features") if isinstance(document, dict) else None
    features = found if isinstance(found, list) else []
    if (fault := too_much(features, ROUGH)) is not None:
        raise BoundaryError(f"{file} {fault}")
    areas = [
        Area(feature["properties"], feature["geometry"])
        for feature in features
        if isinstance(feature, dict)
        and isinstance(feature.get("properties"), dict)
        and isinstance(feature.get("geometry"), dict)
        and feature["geometry"].get("type") in ("Polygon", "MultiPolygon")
    ]
    if not areas:
        raise BoundaryError(f"{file} holds no polygons with properties")
    return tuple(areas)


def write_map(file: Path, areas: Sequence[tuple[str, str, dict[str, Any]]]) -> None:
    """Write a file for the settings' boundaries_file from (code, name, geometry) of each area.

    The common outline and the inner borders are added as lines.

    Raises:
        BoundaryError: a geometry is broken, or the map would be one that is refused.
    """
    from shapely import GEOSException, coverage_simplify, make_valid, set_precision, union_all
    from shapely.geometry import mapping, shape

    try:
        exact = [make_valid(shape(geometry)) for _, _, geometry in areas]
        drawn = [set_precision(part, GRID_DEG) for part in coverage_simplify(exact, DETAIL_DEG)]
        outline = union_all(drawn).buffer(TOUCHING_DEG).buffer(-TOUCHING_DEG)
        edges = union_all([part.boundary for part in drawn])
        inner = set_precision(edges.difference(outline.boundary.buffer(TOUCHING_DEG)), GRID_DEG)
        outline = set_precision(outline, GRID_DEG)
    except (GEOSException, TypeError, ValueError, KeyError, IndexError) as error:
        raise BoundaryError(f"an outline is broken: {error}") from None
    features = [
        _feature(mapping(part), code=code, name=name)
        for (code, name, _), part in zip(areas, drawn, strict=True)
    ]
    features += [
        _feature(mapping(part), kind=kind)
        for kind, part in (("outline", outline), ("inner", inner))
        if not part.is_empty
    ]
    text = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)
    if (fault := too_much(features) or too_large(len(text.encode()))) is not None:
        raise BoundaryError(f"the map made of these outlines {fault}")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")


def _feature(geometry: dict[str, Any], **properties: str) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}
