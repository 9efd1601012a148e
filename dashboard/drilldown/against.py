"""What a leader's page compares with: the period before, the year before, or that around 春节."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from dashboard.figures.period import Period


class Against(StrEnum):
    """环比, 同比, and 同比 with days as far from 春节 (metrics 4.5)."""

    PREVIOUS = "previous"
    YEAR = "year"
    SPRING = "spring"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The span a period is compared with, what that is, and what else it could be.

    `since` is when the first of all cases was accepted: the database reaches back so far.
    """

    against: Against
    offered: tuple[Against, ...]
    before: Period
    since: datetime | None = None
