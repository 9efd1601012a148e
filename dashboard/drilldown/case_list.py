"""The case list: which cases there are under a question, by colour, and one page of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from dashboard.drilldown.case_row import CaseRow
from dashboard.drilldown.listing import Page
from dashboard.figures.period import Period
from dashboard.snapshots.board import Directory


class ListView(StrEnum):
    """Lists everybody asks for; each is the rows of a figure."""

    OPEN = "open"
    OVERDUE = "overdue"
    DUE_TODAY = "due_today"
    FOLLOW_UP = "follow_up"
    ACCEPTED = "accepted"
    CLOSED = "closed"
    MISSED = "missed"
    ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class ColourCounts:
    """Open cases of the list by colour; paused ones are counted apart, the rest is normal."""

    red: int
    yellow: int
    blue: int
    paused: int
    normal: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseList:
    """One page of a view under a question; `total` cases are in it.

    `views` count every view under the same filters; None: not counted, it would take long.
    `colours` add up to `total` in views of open cases and are None elsewhere. `options` count the
    values of each filter within the list, most first, at most 12 each; of all cases ever they are
    not counted (None). `without` says how many there would be if one filter (a field of Filters)
    were dropped, where the list is empty.
    """

    as_of: datetime
    synthetic: bool
    directory: Directory
    view: ListView
    views: Mapping[ListView, int | None]
    total: int
    colours: ColourCounts | None
    page: Page
    rows: tuple[CaseRow, ...]
    options: Mapping[str, tuple[tuple[str, int | None], ...]] = field(default_factory=dict)
    without: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeList:
    """The rows of a list to take away: all `total` of them, or as many as one may have."""

    as_of: datetime
    known_at: datetime | None
    synthetic: bool
    directory: Directory
    view: ListView
    figure: str
    source: str
    period: Period | None
    total: int
    rows: tuple[CaseRow, ...]
