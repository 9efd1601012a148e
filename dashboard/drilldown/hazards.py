"""The hazards of a place that stand: how many by risk and state, and those to look at first."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardRow:
    """A hazard point without its name, which is free text.

    `state` is a HazardStatus, None where it was removed since and nobody wrote down what it was
    before. `late`: its removal was due by then.
    """

    kind: str | None
    risk: str
    area: str
    township: str | None
    department: str | None
    found_at: datetime
    due_at: datetime | None
    state: str | None
    late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Hazards:
    """`counts` are standing points by risk and state, `late` those of each risk past their due.

    `rows` are the first of them: highest risk, then what is due first.
    """

    counts: Mapping[tuple[str, str | None], int] = field(default_factory=dict)
    late: Mapping[str, int] = field(default_factory=dict)
    rows: tuple[HazardRow, ...] = ()

    def of(self, risk: str) -> int:
        """Count the points of a risk."""
        return sum(count for (one, _), count in self.counts.items() if one == risk)

    @property
    def total(self) -> int:
        """Count all of them."""
        return sum(self.counts.values())
