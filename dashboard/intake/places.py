"""Which area and which point a row belongs to."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from dashboard.intake.faults import Rejection
from dashboard.intake.mapping import Areas, Location
from dashboard.terms import AreaLevel
from geodata import datum

Box = tuple[float, float, float, float]
"""West, south, east, north in degrees."""

_TO_WGS84 = {
    "wgs84": lambda lon, lat: (lon, lat),
    "gcj02": datum.gcj02_to_wgs84,
    "bd09": datum.bd09_to_wgs84,
}


class KnownArea(NamedTuple):
    """An area of the database under the county."""

    code: str
    level: AreaLevel
    names: tuple[str, ...]


class Place(NamedTuple):
    """An area and a WGS-84 point; both may be unknown. `note` says why a point was dropped."""

    area_code: str | None
    lon: float | None
    lat: float | None
    note: str | None


class Points:
    """Reads coordinates; those outside the box are dropped or refused as the mapping says."""

    def __init__(self, location: Location, box: Box | None) -> None:
        self._convert = _TO_WGS84[location.datum]
        self._box = location.box or box
        self._blank = frozenset(location.blank)
        self._drops = location.outside == "drop"

    def read(self, lon: str, lat: str) -> tuple[float, float] | str | None:
        """Return the WGS-84 point, None for blank cells, or the note of a dropped one.

        Raises:
            Rejection: no number, or outside the box where the mapping says quarantine.
        """
        if not lon and not lat:
            return None
        try:
            point = float(lon), float(lat)
        except ValueError:
            return self._refuse("point_not_a_number", f"{lon!r}, {lat!r} is no point")
        if point == (0.0, 0.0):
            return "point_zero"
        if point in self._blank:
            return "point_blank"
        if _holds(self._box, *(converted := self._convert(*point))):
            return converted
        if _holds(self._box, *self._convert(*reversed(point))):
            return self._refuse("point_swapped", f"{lon}, {lat}: longitude and latitude swapped")
        return self._refuse("point_outside", f"{lon}, {lat} lies outside the area")

    def _refuse(self, note: str, reason: str) -> str:
        if self._drops:
            return note
        raise Rejection(reason, "location")


def _holds(box: Box | None, lon: float, lat: float) -> bool:
    west, south, east, north = box or (-180.0, -90.0, 180.0, 90.0)
    return west <= lon <= east and south <= lat <= north


class Places:
    """Finds a row's area the way the mapping says."""

    def __init__(
        self,
        areas: Areas,
        known: Iterable[KnownArea],
        points: Points | None,
        code_at: Callable[[float, float], str | None] | None,
    ) -> None:
        rows = tuple(known)
        self._by = areas.by
        self._quarantines = areas.unknown == "quarantine"
        self._codes = frozenset(area.code for area in rows)
        self._names = _unique_names(rows)
        self._points = points
        self._code_at = code_at

    def find(self, word: str | None, lon: str, lat: str) -> Place:
        """Return the place of one row; `word` is its area cell, None when blank.

        Raises:
            Rejection: the area is unknown, or the point unusable, and the mapping refuses that.
        """
        found = self._points.read(lon, lat) if self._points else None
        point, note = (None, found) if isinstance(found, str) else (found, None)
        code = self._code(word, point)
        if code is None and self._quarantines:
            raise Rejection(f"unknown area {word!r}" if word else "no area", "areas")
        return Place(code, point[0] if point else None, point[1] if point else None, note)

    def _code(self, word: str | None, point: tuple[float, float] | None) -> str | None:
        if self._by == "point":
            code = self._code_at(*point) if point and self._code_at else None
            return code if code in self._codes else None
        if word is None:
            return None
        if self._by == "name":
            return self._names.get(word.casefold())
        code = word if len(word) == 15 else word.ljust(12, "0")
        return code if code in self._codes else None


def _unique_names(areas: Iterable[KnownArea]) -> dict[str, str | None]:
    """Map every name to its code; a township wins over its villages, twins name nobody."""
    order = tuple(AreaLevel)
    names: dict[str, str | None] = {}
    levels: dict[str, AreaLevel] = {}
    for area in sorted(areas, key=lambda area: order.index(area.level)):
        for name in {name.casefold() for name in area.names}:
            if name not in names:
                names[name], levels[name] = area.code, area.level
            elif levels[name] == area.level:
                names[name] = None
    return names
