"""An explanation: everything behind one number, down to the cases of each part."""

from dataclasses import dataclass
from datetime import datetime

from dashboard.drilldown.listing import Listing, Page
from dashboard.figures.cell import Cell, Spread
from dashboard.figures.comparison import Change
from dashboard.figures.composition import Composition, Part
from dashboard.figures.period import Period
from dashboard.figures.unit import Unit
from dashboard.snapshots.board import Directory


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """One number taken apart, as of an instant.

    `period` is None for a stock. `interval` is the 95 % Wilson interval of a share, `spread` that
    of a measured amount. `change` compares with the preceding period and `year` with the
    same dates of the year before, both cut equally. `part` is the
    one whose rows `listing` shows.
    """

    figure: str
    unit: Unit
    source: str
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
