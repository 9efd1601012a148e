"""Where much more comes in than usual: the arithmetic of hotspots (metrics 4.7)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, variance
from typing import TypeAlias

from dashboard.figures.filters import NONE, Filters
from dashboard.signals.tail import negative_binomial_tail
from dashboard.signals.windows import ENOUGH
from dashboard.terms import Colour

PRIOR_WINDOWS = 2
"""So many windows of the category's mean are added to a cell's own."""

FALSE_SHARE = 0.05
"""Share of false ones among the reds that Benjamini and Hochberg's limit allows."""

TOP = 3
YELLOW_ON_WALL = 3

Key: TypeAlias = tuple[str, str]
"""A cell: area and category."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Cases of one cell: in the seven days looked at, and in each window before."""

    now: int
    before: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hotspot:
    """One cell: what came in, what was to be expected, how likely so much is by chance.

    `expected` and `p` are None without windows enough; `ratio` also where nothing was expected.
    """

    area: str
    category: str
    count: int
    expected: float | None
    ratio: float | None
    p: float | None
    colour: Colour


def cases_of(area: str, category: str) -> Filters:
    """Return the filters that mean the cases of one cell; its period is the seven days."""
    if category.isdecimal():
        return Filters(area=area, categories=frozenset({category}))
    return Filters(area=area, kinds=frozenset({category}), categories=frozenset({NONE}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """The graded cells, most striking first, and the largest counts whatever is usual.

    `limit` is the p below which a cell can be red; None when no cell is below any.
    """

    graded: tuple[Hotspot, ...]
    top: tuple[Hotspot, ...]
    cells: int
    limit: float | None
    enough: bool

    @property
    def for_wall(self) -> tuple[Hotspot, ...]:
        """Every red one and at most three yellow ones; blue is for tables."""
        red = [spot for spot in self.graded if spot.colour is Colour.RED]
        yellow = [spot for spot in self.graded if spot.colour is Colour.YELLOW]
        return (*red, *yellow[:YELLOW_ON_WALL])


def find(counts: Mapping[Key, Counts], areas: Sequence[str], windows: int) -> Findings:
    """Grade every area with every category that occurs; a cell without counts is empty.

    All `before` have `windows` members. Ties stand in the order of `areas`.
    """
    enough = windows >= ENOUGH
    cells: list[Hotspot] = []
    for category in sorted({category for _, category in counts}):
        empty = Counts(now=0, before=(0,) * windows)
        column = [counts.get((area, category), empty) for area in areas]
        cells += _one_category(category, areas, column, enough=enough)
    limit = false_discovery_limit([cell.p for cell in cells if cell.p is not None])
    cells = [_graded(cell, limit) for cell in cells]
    place = {area: position for position, area in enumerate(areas)}
    graded = [cell for cell in cells if cell.colour is not Colour.NONE]
    graded.sort(key=lambda cell: (-_RANK[cell.colour], cell.p, place[cell.area], cell.category))
    counted = [cell for cell in cells if cell.count > 0]
    counted.sort(key=lambda cell: (-cell.count, place[cell.area], cell.category))
    return Findings(
        graded=tuple(graded),
        top=tuple(counted[:TOP]),
        cells=len(cells),
        limit=limit,
        enough=enough,
    )


def expected(before: Sequence[int], mean: float) -> float:
    """Return the mean of a cell's windows, pulled towards the category's `mean` per window."""
    return (sum(before) + PRIOR_WINDOWS * mean) / (len(before) + PRIOR_WINDOWS)


def dispersion(rows: Sequence[Sequence[int]]) -> float:
    """Return how many times the mean the counts of a category vary, pooled over its cells."""
    means = sum(fmean(row) for row in rows)
    return max(1.0, sum(variance(row) for row in rows) / means) if means else 1.0


def false_discovery_limit(values: Sequence[float], share: float = FALSE_SHARE) -> float | None:
    """Return the largest p that Benjamini and Hochberg let pass; None when none does."""
    passed = None
    for place, p in enumerate(sorted(values), 1):
        if p <= place * share / len(values):
            passed = p
    return passed


def _one_category(
    category: str, areas: Sequence[str], column: Sequence[Counts], *, enough: bool
) -> list[Hotspot]:
    if not enough:
        return [
            Hotspot(area=area, category=category, count=counts.now, expected=None, ratio=None,
                    p=None, colour=Colour.NONE)
            for area, counts in zip(areas, column, strict=True)
        ]  # fmt: skip
    rows = [counts.before for counts in column]
    mean, spread = fmean([fmean(row) for row in rows]), dispersion(rows)
    spots = []
    for area, counts in zip(areas, column, strict=True):
        usual = expected(counts.before, mean)
        spots.append(
            Hotspot(
                area=area,
                category=category,
                count=counts.now,
                expected=usual,
                ratio=counts.now / usual if usual else None,
                p=negative_binomial_tail(counts.now, usual, spread),
                colour=Colour.NONE,
            )
        )
    return spots


_RANK = {Colour.NONE: 0, Colour.BLUE: 1, Colour.YELLOW: 2, Colour.RED: 3}


def _graded(cell: Hotspot, limit: float | None) -> Hotspot:
    colour = _colour(cell, limit)
    if colour is Colour.NONE:
        return cell
    return Hotspot(
        area=cell.area,
        category=cell.category,
        count=cell.count,
        expected=cell.expected,
        ratio=cell.ratio,
        p=cell.p,
        colour=colour,
    )


def _colour(cell: Hotspot, limit: float | None) -> Colour:
    if cell.p is None:
        return Colour.NONE
    ratio = float("inf") if cell.ratio is None else cell.ratio
    if limit is not None and cell.p <= limit and ratio >= 2 and cell.count >= 5:
        return Colour.RED
    if cell.p < 0.01 and ratio >= 1.5 and cell.count >= 5:
        return Colour.YELLOW
    if cell.p < 0.05 and ratio >= 1.2 and cell.count >= 3:
        return Colour.BLUE
    return Colour.NONE
