"""An explanation: everything behind one number, down to the cases of each part."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from dashboard.cases.account import ClockAccount
from dashboard.deadlines import RuleVersion
from dashboard.drilldown.listing import Listing, Page
from dashboard.figures.cell import Cell, Spread
from dashboard.figures.comparison import Change
from dashboard.figures.composition import Composition, Part
from dashboard.figures.period import Period
from dashboard.figures.unit import Unit
from dashboard.snapshots.board import Directory


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesInForce:
    """The rules a number rests on; None where they do not touch it.

    `limits` is the set of time limits that binds the cases accepted on the last day counted.
    `league` names the rules a league's table of this share is made by.
    """

    limits: RuleVersion | None = None
    league: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """One number taken apart, as of an instant.

    `period` is None for a stock. `interval` is the 95 % Wilson interval of a share, `spread` that
    of a measured amount. `change` compares with the preceding period and `year` with the
    same dates of the year before, both cut equally. `part` is the
    one whose rows `listing` shows. `clocks` are the accounts of its cases by their ids, as far as
    they were asked for and can be drawn up.
    """

    figure: str
    unit: Unit
    source: str
    rules: RulesInForce
    as_of: datetime
    known_at: datetime | None
    synthetic: bool
    directory: Directory
    period: Period | None
    cell: Cell
    interval: tuple[float, float] | None
    spread: Spread | None
    change: Change | None
    year: Change | None
    composition: Composition
    part: Part
    page: Page
    listing: Listing
    clocks: Mapping[int, ClockAccount] = field(default_factory=dict)
