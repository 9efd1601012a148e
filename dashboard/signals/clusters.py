"""Points that lie close together: places of trouble where no outlines help (metrics 4.7)."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from math import asin, cos, floor, radians, sin, sqrt

from dashboard.signals.hotspots import Counts, Findings, find

NEAR_M = 300.0
EARTH_M = 6_371_008.8
"""Mean radius of the earth."""

DEGREE_M = 111_195.0
"""Metres of a degree along a meridian."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A point and the window it was found in: 0 for the seven days looked at, then backwards."""

    id: str
    lon: float
    lat: float
    window: int


def distance_m(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the great-circle distance of two (lon, lat) in degrees."""
    (lon, lat), (lon2, lat2) = one, other
    up = sin(radians(lat2 - lat) / 2) ** 2
    along = sin(radians(lon2 - lon) / 2) ** 2
    return 2 * EARTH_M * asin(sqrt(up + cos(radians(lat)) * cos(radians(lat2)) * along))


def clusters(points: Sequence[tuple[float, float]], near_m: float = NEAR_M) -> list[list[int]]:
    """Join points (lon, lat) that a chain of steps of at most `near_m` connects.

    Returns the members of each cluster by their place in `points`, ascending.
    """
    leader = list(range(len(points)))

    def root(place: int) -> int:
        while leader[place] != place:
            leader[place] = place = leader[leader[place]]
        return place

    for one, other in _candidates(points, near_m):
        if distance_m(points[one], points[other]) <= near_m:
            low, high = sorted((root(one), root(other)))
            leader[high] = low
    groups: dict[int, list[int]] = defaultdict(list)
    for place in range(len(points)):
        groups[root(place)].append(place)
    return list(groups.values())


def find_clusters(found: Sequence[Found], windows: int) -> tuple[Findings, dict[str, list[str]]]:
    """Grade clusters as hotspots are graded; also returns the ids of each cluster's points.

    A cluster is called by the first of its points; its counts are those found in each window.
    """
    members: dict[str, list[str]] = {}
    counts: dict[tuple[str, str], Counts] = {}
    for group in clusters([(point.lon, point.lat) for point in found]):
        points = [found[place] for place in group]
        name = points[0].id
        members[name] = [point.id for point in points]
        tally = [sum(point.window == window for point in points) for window in range(windows + 1)]
        counts[name, "hazard"] = Counts(now=tally[0], before=tuple(tally[1:]))
    return find(counts, list(members), windows), members


def _candidates(points: Sequence[tuple[float, float]], near_m: float) -> Iterator[tuple[int, int]]:
    """Yield pairs from the same or neighbouring squares of a grid at least `near_m` wide."""
    widest = max((abs(lat) for _, lat in points), default=0.0)
    tall = near_m / DEGREE_M * 1.01
    wide = tall / max(cos(radians(min(widest + tall, 89.9))), 1e-3)
    squares: dict[tuple[int, int], list[int]] = defaultdict(list)
    for place, (lon, lat) in enumerate(points):
        column, row = floor(lon / wide), floor(lat / tall)
        for aside, above in product((-1, 0, 1), repeat=2):
            for other in squares.get((column + aside, row + above), ()):
                yield other, place
        squares[column, row].append(place)
