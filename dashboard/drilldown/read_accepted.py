"""What was accepted: each span counted once, told by situation, category and area below."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from dashboard.figures.catalogue.flow import RECEIVED
from dashboard.figures.cell import Cell
from dashboard.figures.dimension import CATEGORY, SITUATION, Dimension
from dashboard.figures.measure import measure
from dashboard.figures.period import Period
from dashboard.figures.sensitive import is_sensitive, is_small
from dashboard.figures.view import View

MADE_OF = 2
"""Categories named of a situation."""

Group: TypeAlias = tuple[str | None, str | None]
"""A situation and a category."""

Ranked: TypeAlias = tuple[tuple[str | None, int, int], ...]
"""A code, how much of it now, and how much before."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """Cases accepted in the period and in the span it is compared with.

    `parts` are those of now by area below.
    """

    now: Mapping[Group, int]
    before: Mapping[Group, int]
    parts: Mapping[str | None, int]

    @property
    def cell(self) -> Cell:
        """All of the period."""
        return Cell(sum(self.now.values()))

    @property
    def cell_before(self) -> Cell:
        """All of the span before."""
        return Cell(sum(self.before.values()))

    @property
    def situations(self) -> Ranked:
        """Those that had anything in either span, most first."""
        return self._most_first(0)

    @property
    def categories(self) -> Ranked:
        """Those that had anything in either span, most first."""
        return self._most_first(1)

    def made_of(
        self, sensitive: frozenset[str]
    ) -> dict[str | None, tuple[tuple[str | None, int], ...]]:
        """Return the categories most accepted in each situation, of those that may be told."""
        found: dict[str | None, list[tuple[str | None, int]]] = {}
        for (situation, category), count in self.now.items():
            if not is_small(count, sensitive=is_sensitive(category, sensitive)):
                found.setdefault(situation, []).append((category, count))
        return {
            situation: tuple(sorted(rows, key=lambda row: (-row[1], row[0] or ""))[:MADE_OF])
            for situation, rows in found.items()
        }

    def _most_first(self, place: int) -> Ranked:
        now, before = _by(self.now, place), _by(self.before, place)
        rows = [(code, now[code], before[code]) for code in now.keys() | before.keys()]
        return tuple(sorted(rows, key=lambda row: (-row[1], row[0] is None, row[0] or "")))


def read_accepted(view: View, below: Dimension | None, now: Period, before: Period) -> Accepted:
    """Count both spans, and now's by area below."""
    dimensions = (SITUATION, CATEGORY)
    found = measure(view, (RECEIVED,), (*dimensions, *([below] if below else [])), now)[RECEIVED]
    groups: dict[Group, int] = defaultdict(int)
    parts: dict[str | None, int] = defaultdict(int)
    for (situation, category, *code), cell in found.items():
        groups[situation, category] += cell.numerator
        if code:
            parts[code[0]] += cell.numerator
    earlier = measure(view, (RECEIVED,), dimensions, before)[RECEIVED]
    return Accepted(groups, {key: cell.numerator for key, cell in earlier.items()}, parts)


def _by(groups: Mapping[Group, int], place: int) -> Counter[str | None]:
    found: Counter[str | None] = Counter()
    for key, count in groups.items():
        found[key[place]] += count
    return found
