"""Adding up rows by figure, span and unit."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from statistics import median
from typing import NamedTuple

from dashboard.check.recount import Moment, Of, Recount, Row
from dashboard.check.window import Window


class Key(NamedTuple):
    """A figure of a unit in a span; `kind` is whole, township or department."""

    figure: str
    span: int
    kind: str
    unit: str | None


Values = tuple[int, int]
Middle = tuple[float, float]
"""A median, and the smallest amount that nine tenths do not exceed."""

Hands = tuple[str | None, str | None]
"""A township and a department."""


class Group(NamedTuple):
    """Figures that are counted among the same rows."""

    first: Recount
    figures: tuple[tuple[str, Recount], ...]


def grouped(recounts: Mapping[str, Recount]) -> tuple[Group, ...]:
    """Put figures together that ask the same of a row before they count it."""
    groups: dict[tuple[object, ...], list[tuple[str, Recount]]] = defaultdict(list)
    for name, recount in recounts.items():
        groups[recount.of, recount.when, recount.among].append((name, recount))
    return tuple(Group(figures[0][1], tuple(figures)) for figures in groups.values())


@dataclass(slots=True)
class Tally:
    """The sums of figures, and the amounts of those that measure one.

    Of the `watched` figures `seen` are the cases that went into the numerator.
    """

    window: Window
    watched: frozenset[Key] = frozenset()
    cells: dict[Key, Values] = field(default_factory=dict)
    amounts: "dict[Key, array[int]]" = field(default_factory=lambda: defaultdict(_no_amounts))
    seen: dict[Key, set[int]] = field(default_factory=lambda: defaultdict(set))

    def merge(self, other: "Tally") -> None:
        """Add what was counted of other rows."""
        for key, values in other.cells.items():
            before = self.cells.get(key, (0, 0))
            self.cells[key] = before[0] + values[0], before[1] + values[1]
        for key, amounts in other.amounts.items():
            self.amounts[key].extend(amounts)
        for key, cases in other.seen.items():
            self.seen[key] |= cases

    def middles(self) -> dict[Key, Middle]:
        """Return the median and the 90th percentile of what was measured."""
        return {key: _middle(sorted(amounts)) for key, amounts in self.amounts.items()}

    def add(self, groups: Iterable[Group], row: Row, moment: Moment, hands: Hands) -> None:
        """Count a row in the spans its instant falls into."""
        for group in groups:
            when = group.first.when
            assert when is not None  # noqa: S101 -- flows have an instant
            spans = self.window.spans_of(row[when])
            if spans and group.first.among(row, moment):
                self._count(group, row, moment, spans, hands)

    def add_stock(
        self, groups: Iterable[Group], row: Row, moment: Moment, span: int, hands: Hands
    ) -> None:
        """Count a row as it stands at the end of a span."""
        for group in groups:
            if group.first.among(row, moment):
                self._count(group, row, moment, (span,), hands)

    def _count(
        self, group: Group, row: Row, moment: Moment, spans: tuple[int, ...], hands: Hands
    ) -> None:
        units = (("whole", ""), ("township", hands[0]), ("department", hands[1]))
        for name, recount in group.figures:
            counted, base = recount.values(row, moment)
            if not counted and not base:
                continue
            for span in spans:
                for kind, unit in units:
                    key = Key(name, span, kind, unit)
                    before = self.cells.get(key, (0, 0))
                    self.cells[key] = before[0] + counted, before[1] + base
                    if recount.amount is not None:
                        self.amounts[key].append(counted)
                    if key in self.watched and counted:
                        self.seen[key].add(row["case"])


def _no_amounts() -> "array[int]":
    return array("q")


def _middle(ordered: list[int]) -> Middle:
    tenth = len(ordered) // 10
    return median(ordered), ordered[len(ordered) - 1 - tenth]


def flows(groups: Iterable[Group], of: Of) -> tuple[Group, ...]:
    """Take the groups of a kind of row that are counted in spans."""
    return tuple(one for one in groups if one.first.of is of and one.first.when is not None)


def stocks(groups: Iterable[Group], of: Of) -> tuple[Group, ...]:
    """Take the groups of a kind of row that are counted at moments."""
    return tuple(one for one in groups if one.first.of is of and one.first.when is None)
