"""What a number of a briefing opens into. A page makes addresses of it; files leave it out.

They are no dataclasses, so that nothing of them goes into what a file is set from.
"""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple, TypeAlias

from dashboard.briefing.morning import Progress
from dashboard.briefing.waiting import Shown
from dashboard.figures.choice import PeriodChoice
from dashboard.figures.composition import Part
from dashboard.figures.filters import EVERY, Filters


class Counted(NamedTuple):
    """The rows a figure counts; without `part` the figure itself, a share and all it is made of.

    A stock has no `period`. Without `as_of` it is as of the document's own moment.
    """

    figure: str
    period: PeriodChoice | None = None
    filters: Filters = EVERY
    part: Part | None = None
    as_of: datetime | None = None


class CaseOf(NamedTuple):
    """A case by its code."""

    code: str


class Changed(NamedTuple):
    """A group of what changed since the issue before."""

    group: str


class Waiting(NamedTuple):
    """The supervision orders the briefing tells of that wait for an answer."""

    shown: Shown


class Decided(NamedTuple):
    """The decisions the briefing tells of that have come so far; None: all of them."""

    progress: Progress | None


class DecisionOf(NamedTuple):
    """A decision by its number in the register."""

    number: int


Reference: TypeAlias = Counted | CaseOf | Changed | Waiting | Decided | DecisionOf
Href = Callable[[Reference], str]
"""The address of what is referred to."""


def of(
    figure: str,
    period: PeriodChoice | None = None,
    part: Part | None = None,
    **filters: str | frozenset[str] | None,
) -> Counted:
    """Refer to a figure under some filters (fields of Filters)."""
    return Counted(figure, period, Filters(**filters), part)  # type: ignore[arg-type]
