"""What a unit had, got and gave, as a sum that must be right (league-tables 2)."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from operator import attrgetter

Code = str | None
"""A unit's code; None is nobody: no department yet, or no township."""


class ImbalanceError(Exception):
    """What a unit had, got and gave is not what it has: its stretches do not fit each other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """Cases of one unit: opening + what came - what went = closing. Flows add up.

    `received` were accepted with the unit; a department also receives what the centre dispatches.
    """

    opening: int = 0
    received: int = 0
    transferred_in: int = 0
    reopened: int = 0
    transferred_out: int = 0
    merged: int = 0
    dropped: int = 0
    closed: int = 0
    closing: int = 0

    @property
    def balances(self) -> bool:
        """Tell whether the sum is right."""
        came = self.opening + self.received + self.transferred_in + self.reopened
        return (
            came == self.closing + self.transferred_out + self.merged + self.dropped + self.closed
        )


def total(flows: Iterable[Flow]) -> Flow:
    """Add flows up; transfers between the units stay in it on both sides."""
    listed = list(flows)
    names = [field.name for field in fields(Flow)]
    return Flow(**{name: sum(map(attrgetter(name), listed)) for name in names})
