"""Supervision orders that wait for an answer, one by one, as a paper counts them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from dashboard.briefing.case_line import CaseLine
from dashboard.briefing.issue import Issue
from dashboard.drilldown.listing import Page
from dashboard.snapshots.board import Directory
from dashboard.terms import Colour


class Shown(StrEnum):
    """Which orders are listed: those of a colour, those of none, or all of them."""

    ALL = ""
    RED = "red"
    YELLOW = "yellow"
    BLUE = "blue"
    UNCOLOURED = "uncoloured"

    @classmethod
    def of(cls, colour: Colour | None) -> "Shown":
        """Return what shows the orders of a colour."""
        return cls.UNCOLOURED if colour is None else cls(colour.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingOrder:
    """An order and the case it is about; `waits_s` are the seconds since it was issued."""

    case: CaseLine
    colour: Colour | None
    at: datetime
    waits_s: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingPage:
    """One page of an issue's orders, the longest waiting first; `counts` are of all there are.

    `as_of` is the issue's own moment, `known_at` by when what counts was recorded; None: by now.
    """

    issue: Issue
    as_of: datetime
    known_at: datetime | None
    directory: Directory
    counts: Mapping[Shown, int]
    shown: Shown
    rows: tuple[WaitingOrder, ...]
    page: Page

    @property
    def total(self) -> int:
        """How many orders are listed on all pages."""
        return self.counts[self.shown]
