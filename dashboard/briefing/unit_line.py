"""How townships and departments stand, and what they were asked."""

from dataclasses import dataclass

from dashboard.briefing.overall import Number


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitLine:
    """A township or department: its span, its stock, its month.

    `band` counts from 1, best first; None where chance may have made the differences, or with too
    few cases due. `award` is "flag", "snail" or None.
    """

    code: str | None
    accepted: int
    in_hand: int
    overdue: int
    on_time: Number
    low: float | None
    high: float | None
    band: int | None
    award: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Orders:
    """Supervision orders not answered, by colour; letters awaiting an answer; cases sent back.

    `letters` is None where no letters are kept. `uncoloured` are orders of no colour; None in
    papers sealed before they were counted.
    """

    red: int
    yellow: int
    blue: int
    letters: int | None
    returned: int
    uncoloured: int | None = None

    @property
    def waiting(self) -> int:
        """All orders that wait for an answer."""
        return self.red + self.yellow + self.blue + (self.uncoloured or 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreeLists:
    """A weekly briefing's counts of the three lists: long open, new and unjudged, watched.

    `long_open` is None: no article says how long is long. `watched` is None where no such list is
    kept.
    """

    long_open: int | None
    new_unjudged: int
    watched: int | None
