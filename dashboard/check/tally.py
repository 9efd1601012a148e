"""Adding up rows by figure, span and unit."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
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
    """The sums of figures; of the `watched` ones, which cases went into the numerator."""

    window: Window
    watched: frozenset[Key] = frozenset()
    cells: dict[Key, Values] = field(default_factory=dict)
    seen: dict[Key, set[int]] = field(default_factory=lambda: defaultdict(set))

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
                    if key in self.watched and counted:
                        self.seen[key].add(row["case"])


def flows(groups: Iterable[Group], of: Of) -> tuple[Group, ...]:
    """Take the groups of a kind of row that are counted in spans."""
    return tuple(one for one in groups if one.first.of is of and one.first.when is not None)


def stocks(groups: Iterable[Group], of: Of) -> tuple[Group, ...]:
    """Take the groups of a kind of row that are counted at moments."""
    return tuple(one for one in groups if one.first.of is of and one.first.when is None)
