"""One page of the rows behind a number."""

from dataclasses import dataclass
from datetime import datetime

from dashboard.drilldown.case_row import CaseRow

PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRow:
    """A row that is no case: a hazard point, an intelligence item, a whistle."""

    id: str
    at: datetime
    title: str
    title_en: str | None
    township: str | None
    risk: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One page of what is behind a part of a figure; its list has `total` rows in all.

    Either `cases` or `items` is filled, by the figure's table. A case stands once for each of its
    events or stretches a figure counts, with `event_at`. `gone` more are counted and not listed:
    stretches of cases that have left the reader's scope since.
    """

    total: int
    gone: int = 0
    cases: tuple[CaseRow, ...] = ()
    items: tuple[ItemRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """Which rows of a list: sorted by one of SORTS, from `offset` on; `limit` None: all."""

    sort: str = "left"
    offset: int = 0
    limit: int | None = PAGE
