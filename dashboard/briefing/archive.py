"""The archive: sealed issues of a cycle and a year, a page of them, each held to its seal."""

from dataclasses import dataclass
from datetime import datetime

from dashboard.briefing.issue import Cycle
from dashboard.briefing.issued import Seal
from dashboard.drilldown.listing import Page


@dataclass(frozen=True, slots=True)
class Filed:
    """A seal, and whether its row still has the fingerprint it got.

    `later` are the events that came to light since and happened before the moment of its figures:
    without any nothing it says can be another now. None where its body does not tell the moment,
    and on a page of a past moment, which does not know what came later.
    """

    seal: Seal
    intact: bool
    later: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Which:
    """Which issues: of a cycle, of a year, sealed by a moment; None for all of them."""

    cycle: Cycle | None = None
    year: int | None = None
    by: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """One page of `total` issues, newest first; `cycles` and `years` are those there are any of.

    `stated` are the cycles of the profile: the others were, and their issues cannot be opened.
    """

    rows: tuple[Filed, ...]
    total: int
    page: Page
    which: Which
    cycles: tuple[Cycle, ...]
    years: tuple[int, ...]
    stated: tuple[Cycle, ...]
