"""Reading where a case stands in a list: one statement for what is around it, one to count."""

from dataclasses import dataclass

from dashboard.drilldown.behind import behind
from dashboard.drilldown.listing import Page
from dashboard.drilldown.neighbours import Neighbour, Neighbours
from dashboard.figures.composition import Part
from dashboard.figures.figure import Figure
from dashboard.figures.filters import Filters
from dashboard.figures.period import Period
from dashboard.figures.view import View

AROUND = 25
"""How far a list may have moved since for the case still to be found in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """The rows of a list: a part of a figure over `period`, under filters, sorted."""

    figure: Figure
    part: Part
    period: Period | None
    filters: Filters
    sort: str


def read_neighbours(view: View, rows: Rows, case_id: int, place: int) -> Neighbours:
    """Find a case near the place it had in a list."""
    first = max(place - 1 - AROUND, 0)
    page = Page(sort=rows.sort, offset=first, limit=2 * AROUND + 1)
    listing = behind(view.narrowed(rows.filters), rows.figure, rows.part, rows.period, page)
    found = listing.cases
    at = [n for n, row in enumerate(found) if row.id == case_id and _whole(n, first, listing.total)]
    if not at:
        return Neighbours(place=None, total=listing.total)
    here = min(at, key=lambda n: abs(first + n + 1 - place))

    def beside(steps: range) -> Neighbour | None:
        others = (n for n in steps if found[n].id != case_id)
        return next((Neighbour(found[n].code, first + n + 1) for n in others), None)

    return Neighbours(
        place=first + here + 1,
        total=listing.total,
        before=beside(range(here - 1, -1, -1)),
        after=beside(range(here + 1, len(found))),
    )


def _whole(n: int, first: int, total: int) -> bool:
    """Tell whether the rows beside the `n`th of those read were read, too, or are not there."""
    return (n > 0 or first == 0) and (n < 2 * AROUND or first + n + 1 == total)
