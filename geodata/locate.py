"""In which area a point lies. Shapely is loaded on use: the web process never needs it."""

from typing import Any

from geodata.boundaries import Boundaries


class Outlines:
    """The areas of one place, searchable by point; `box` is west, south, east, north."""

    def __init__(self, boundaries: Boundaries) -> None:
        from shapely import STRtree, make_valid, prepare
        from shapely.geometry import shape

        features: list[dict[str, Any]] = boundaries.areas["features"]
        shapes = [make_valid(shape(feature["geometry"])) for feature in features]
        for outline in shapes:
            prepare(outline)
        self._codes = boundaries.codes
        self._tree = STRtree(shapes)
        self.box = boundaries.box

    def code_at(self, lon: float, lat: float) -> str | None:
        """Return the code of the area that holds the point; on a shared edge the lowest code."""
        from shapely import Point

        hits = self._tree.query(Point(lon, lat), predicate="intersects")
        return min((self._codes[hit] for hit in hits), default=None)
