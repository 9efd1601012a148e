"""Boundaries as a flat drawing: paths in pixels, and where a name fits best."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from geodata.boundaries import Boundaries, Json

GRID = 24
"""Places tried along each side of an area's box for its name."""

WIDE = 0.5
"""A name is about twice as wide as high: sideways room counts half."""

Point = tuple[float, float]
Ring = Sequence[Point]


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaShape:
    """One area: its path, the middle of its name, and how many pixels are free around that."""

    code: str
    name: str
    path: str
    x: float
    y: float
    room: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """A whole place, `width` by `height` pixels; `lines` are (kind, path), lowest first."""

    width: int
    height: int
    areas: tuple[AreaShape, ...]
    lines: tuple[tuple[str, str], ...]
    schematic: bool


def sketch(boundaries: Boundaries, width: int, margin: int = 16) -> Sketch:
    """Draw the shapes `width` pixels wide, true to scale in the middle of the place."""
    west, south, east, north = boundaries.box
    squeeze = math.cos(math.radians((south + north) / 2))
    scale = (width - 2 * margin) / ((east - west) * squeeze)

    def flat(lon: float, lat: float) -> Point:
        return margin + (lon - west) * squeeze * scale, margin + (north - lat) * scale

    def rings(geometry: Json) -> list[list[Point]]:
        return [[flat(*point[:2]) for point in ring] for ring in _rings(geometry)]

    areas = []
    for feature in boundaries.areas["features"]:
        drawn = rings(feature["geometry"])
        x, y, room = _name_place(drawn)
        areas.append(
            AreaShape(
                code=feature["properties"]["code"],
                name=feature["properties"]["name"],
                path="".join(_path(ring, closed=True) for ring in drawn),
                x=round(x, 1),
                y=round(y, 1),
                room=round(room, 1),
            )
        )
    lines = tuple(
        (
            feature["properties"]["kind"],
            "".join(_path(ring, closed=False) for ring in rings(feature["geometry"])),
        )
        for feature in boundaries.lines["features"]
    )
    return Sketch(
        width=width,
        height=round(2 * margin + (north - south) * scale),
        areas=tuple(areas),
        lines=lines,
        schematic=boundaries.schematic,
    )


def _rings(geometry: Json) -> Iterator[Sequence[Sequence[float]]]:
    coordinates = geometry["coordinates"]
    match geometry["type"]:
        case "LineString":
            yield coordinates
        case "MultiLineString" | "Polygon":
            yield from coordinates
        case _:
            for polygon in coordinates:
                yield from polygon


def _path(ring: Ring, *, closed: bool) -> str:
    return f"M{'L'.join(f'{x:.1f} {y:.1f}' for x, y in ring)}{'Z' if closed else ''}"


def _name_place(rings: Sequence[Ring]) -> tuple[float, float, float]:
    """Return the place farthest from every border, sideways room counting half."""
    squeezed = [[(x * WIDE, y) for x, y in ring] for ring in rings]
    points = [point for ring in squeezed for point in ring]
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    top, bottom = min(y for _, y in points), max(y for _, y in points)
    best = (-1.0, (left + right) / 2, (top + bottom) / 2)
    for column in range(1, GRID):
        for row in range(1, GRID):
            x = left + (right - left) * column / GRID
            y = top + (bottom - top) * row / GRID
            if _inside(x, y, squeezed):
                best = max(best, (_clearance(x, y, squeezed, best[0]), x, y))
    room, x, y = best
    return x / WIDE, y, max(room, 0.0)


def _inside(x: float, y: float, rings: Sequence[Ring]) -> bool:
    crossings = 0
    for ring in rings:
        for (x1, y1), (x2, y2) in pairwise(ring):
            if (y1 > y) != (y2 > y) and x < x1 + (x2 - x1) * (y - y1) / (y2 - y1):
                crossings += 1
    return crossings % 2 == 1


def _clearance(x: float, y: float, rings: Sequence[Ring], best: float) -> float:
    """Return how far the nearest border is; if nearer than `best`, only that it is nearer."""
    nearest = math.inf
    for ring in rings:
        for start, end in pairwise(ring):
            nearest = min(nearest, _distance(x, y, start, end))
            if nearest < best:  # for most places one of the first borders tells
                return nearest
    return nearest


def _distance(x: float, y: float, start: Point, end: Point) -> float:
    (x1, y1), (x2, y2) = start, end
    length = (x2 - x1) ** 2 + (y2 - y1) ** 2
    along = 0.0 if length == 0 else ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / length
    along = min(max(along, 0.0), 1.0)
    return math.hypot(x - x1 - along * (x2 - x1), y - y1 - along * (y2 - y1))
