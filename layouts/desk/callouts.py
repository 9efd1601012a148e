"""Where names stand that do not fit into their areas: outside the place, with a line to them.

The rules of the design: outside the outline, a straight line to a dot in the area, no line through
another name or another line, and as little of it as can be over other areas.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import ceil, hypot, inf

from geodata.sketch import Sketch

CELL = 5
"""Pixels of a cell of the raster that says what is land."""

STEP = 2
"""Cells between two places tried."""

OVER_OTHERS = 3.0
"""A line over other areas counts as so much longer."""

SLOPE = 0.35
"""What a difference in height counts for."""

FARTHEST, DEAREST = 130.0, 260.0
"""A name farther off or costing more than this stands nowhere: a number in its area says more."""

OFFERS, MOST_TRIES = 80, 5_000

NEXT_TO = 4.0
"""Pixels a name keeps from land, names and lines."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle by its left upper corner."""

    x: float
    y: float
    width: float
    height: float

    def nearest(self, x: float, y: float) -> Point:
        """Return its point nearest to another."""
        return (
            min(max(x, self.x), self.x + self.width),
            min(max(y, self.y), self.y + self.height),
        )

    def meets(self, other: "Box", apart: float = NEXT_TO) -> bool:
        """Tell whether another is nearer than `apart`."""
        return (
            self.x - apart < other.x + other.width
            and other.x - apart < self.x + self.width
            and self.y - apart < other.y + other.height
            and other.y - apart < self.y + self.height
        )

    def is_crossed(self, start: Point, end: Point) -> bool:
        """Tell whether a line goes through it."""
        return any(
            self.x < start[0] + (end[0] - start[0]) * n / 24 < self.x + self.width
            and self.y < start[1] + (end[1] - start[1]) * n / 24 < self.y + self.height
            for n in range(25)
        )


@dataclass(frozen=True, slots=True)
class Callout:
    """A name's place, and its line from the dot in the area to the name."""

    box: Box
    dot: Point
    end: Point


@dataclass(frozen=True, slots=True)
class Wanted:
    """An area whose name stands outside: the dot in it, and how large the name is."""

    code: str
    dot: Point
    width: float
    height: float


@lru_cache(maxsize=64)
def place(sketch: Sketch, wanted: tuple[Wanted, ...], names: tuple[Box, ...]) -> dict[str, Callout]:
    """Choose all places together, for the least of all lines; names without one are left out.

    `names` are boxes in the areas that lines go around.
    """
    land = _land(sketch)
    offers = [_offers(one, land, names) for one in wanted]
    search = _Search(offers)
    search.go_on([], 0.0)
    found = zip(wanted, search.best, strict=True)
    return {one.code: callout for one, callout in found if callout is not None}


Offer = tuple[float, Callout]


def _offers(one: Wanted, land: "Land", names: Sequence[Box]) -> list[Offer]:
    """Return the cheapest places by themselves, with what they cost."""
    found: list[Offer] = []
    for box in land.free(one):
        reach, end = _reach(box, one.dot), box.nearest(*one.dot)
        if reach >= FARTHEST or any(name.is_crossed(one.dot, end) for name in names):
            continue
        cost = reach + OVER_OTHERS * land.over_others(one, end)
        if cost < DEAREST:
            found.append((cost, Callout(box, one.dot, end)))
    return sorted(found, key=lambda offer: offer[0])[:OFFERS]


class _Search:
    """Tries places name after name and leaves what cannot become cheaper than the best so far."""

    def __init__(self, offers: Sequence[Sequence[Offer]]) -> None:
        self._offers = offers
        least = [min((cost for cost, _ in some), default=DEAREST) for some in offers]
        self._at_least = [sum(least[place:]) for place in range(len(least) + 1)]
        self._least = inf
        self._tries = MOST_TRIES
        self.best: list[Callout | None] = [None] * len(offers)

    def go_on(self, chosen: list[Callout | None], cost: float) -> None:
        """Choose for the next name."""
        place = len(chosen)
        if cost + self._at_least[place] >= self._least:
            return
        if place == len(self._offers):
            self._least, self.best = cost, chosen
            return
        for more, callout in self._offers[place]:
            self._tries -= 1
            if self._tries < 0:
                return
            if not any(other is not None and _clash(callout, other) for other in chosen):
                self.go_on([*chosen, callout], cost + more)
        self.go_on([*chosen, None], cost + DEAREST)


def _clash(one: Callout, other: Callout) -> bool:
    return (
        one.box.meets(other.box)
        or one.box.is_crossed(other.dot, other.end)
        or other.box.is_crossed(one.dot, one.end)
        or _cross((one.dot, one.end), (other.dot, other.end))
    )


def _reach(box: Box, dot: Point) -> float:
    x, y = box.nearest(*dot)
    return hypot(x - dot[0], y - dot[1]) + SLOPE * abs(y - dot[1])


class Land:
    """Which area each cell of a drawing belongs to, and how many cells are land before it."""

    def __init__(self, sketch: Sketch) -> None:
        self._columns, self._rows = ceil(sketch.width / CELL), ceil(sketch.height / CELL)
        self._of: dict[tuple[int, int], str] = {}
        for area in sketch.areas:
            for row, crossings in _crossings(area.path).items():
                for start, end in zip(crossings[::2], crossings[1::2], strict=False):
                    for column in range(int(start / CELL), ceil(end / CELL)):
                        self._of[column, row] = area.code
        self._sums = [[0] * (self._columns + 1)]
        for row in range(self._rows):
            line, above = [0], self._sums[-1]
            for column in range(self._columns):
                here = (column, row) in self._of
                line.append(line[-1] + above[column + 1] - above[column] + here)
            self._sums.append(line)

    def free(self, one: Wanted) -> Iterator[Box]:
        """Yield every place where nothing of the name would lie on land."""
        apart = ceil(NEXT_TO / CELL)
        across, down = ceil(one.width / CELL), ceil(one.height / CELL)
        for row in range(0, self._rows - down, STEP):
            for column in range(0, self._columns - across, STEP):
                left, top = max(0, column - apart), max(0, row - apart)
                right = min(self._columns, column + across + apart)
                bottom = min(self._rows, row + down + apart)
                sums = self._sums
                if (
                    sums[bottom][right] - sums[top][right] - sums[bottom][left] + sums[top][left]
                    == 0
                ):
                    yield Box(column * CELL, row * CELL, one.width, one.height)

    def over_others(self, one: Wanted, end: Point) -> float:
        """Return how many pixels of the line to `end` lie over other areas."""
        length = hypot(end[0] - one.dot[0], end[1] - one.dot[1])
        steps = max(1, int(length / CELL))
        others = 0
        for n in range(steps + 1):
            x = one.dot[0] + (end[0] - one.dot[0]) * n / steps
            y = one.dot[1] + (end[1] - one.dot[1]) * n / steps
            others += self._of.get((int(x / CELL), int(y / CELL)), one.code) != one.code
        return others * length / (steps + 1)


@lru_cache(maxsize=8)
def _land(sketch: Sketch) -> Land:
    return Land(sketch)


def _crossings(path: str) -> dict[int, list[float]]:
    """Return where the middle of each row of cells enters and leaves a path, in order."""
    found: dict[int, list[float]] = {}
    for ring in path.split("M")[1:]:
        points = [(float(x), float(y)) for x, y in re.findall(r"([-\d.]+) ([-\d.]+)", ring)]
        for (x1, y1), (x2, y2) in pairwise([*points, points[0]]):
            low, high = sorted((y1, y2))
            for row in range(ceil(low / CELL - 0.5), ceil(high / CELL - 0.5)):
                y = (row + 0.5) * CELL
                found.setdefault(row, []).append(x1 + (y - y1) * (x2 - x1) / (y2 - y1))
    return {row: sorted(places) for row, places in found.items()}


def _cross(one: tuple[Point, Point], other: tuple[Point, Point]) -> bool:
    def side(a: Point, b: Point, c: Point) -> float:
        return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])

    (a, b), (c, d) = one, other
    return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0
