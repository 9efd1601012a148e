"""What a figure must know of other cases: who brought them, and where 110 was called."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """What other cases ask about one."""

    id: int
    accepted_at: datetime
    kind: str
    channel: str
    area: str
    place: str | None
    category: str | None
    keys: frozenset[str]
    applicants: frozenset[str]

    @property
    def group(self) -> str:
        """The category group, or the kind where there is no category."""
        return self.kind if self.category is None else self.category[:2]


@dataclass(slots=True)
class Links:
    """The cases that share a party or a place with others."""

    by_key: dict[str, list[Brief]] = field(default_factory=lambda: defaultdict(list))
    calls_by_place: dict[tuple[str, str], list[Brief]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def add(self, brief: Brief) -> None:
        """Let other cases find this one."""
        for key in brief.keys:
            self.by_key[key].append(brief)
        if brief.channel == "police_110" and brief.place is not None:
            self.calls_by_place[brief.area, brief.place].append(brief)

    def sharing(self, keys: Iterable[str], case_id: int) -> Iterator[Brief]:
        """Yield the other cases of the same parties; one of two parties comes twice."""
        for key in keys:
            yield from (brief for brief in self.by_key.get(key, ()) if brief.id != case_id)

    def calls_at(self, area: str, place: str | None, case_id: int) -> Iterator[Brief]:
        """Yield the other cases 110 was called for at a place."""
        if place is not None:
            found = self.calls_by_place.get((area, place), ())
            yield from (brief for brief in found if brief.id != case_id)
