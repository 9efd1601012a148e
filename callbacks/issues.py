"""Past issues of the briefing over HTTP, for those who see the whole centre."""

from callbacks.desk import Drawn, NotYoursError, Page
from callbacks.framing import Framing, Source
from callbacks.leaders import FARTHEST_PAGE
from callbacks.pages import Visit
from dashboard.briefing.archive import Which
from dashboard.briefing.issue import Cycle
from dashboard.briefing.read_archive import read_archive
from dashboard.drilldown.listing import PAGE
from dashboard.drilldown.listing import Page as Rows
from dashboard.figures.scope import EVERYTHING
from layouts.address import FARTHEST_YEARS, number_of, word_of
from layouts.pages import issues


class Issues:
    """Draws the archive; one asked as of a past moment holds what was sealed by then."""

    def __init__(self, framing: Framing, source: Source) -> None:
        self._framing = framing
        self._source = source

    @property
    def pages(self) -> tuple[Page, ...]:
        """Its address; what was just sealed must be there at once, so it is never kept."""
        return (Page(r"/briefing/issues", self._page, kept=False),)

    def _page(self, visit: Visit) -> Drawn:
        asking = self._framing.asking(visit)
        if visit.viewer.scope != EVERYTHING:
            raise NotYoursError  # they are about the whole
        cycle = word_of(visit.query, "cycle", ("", *Cycle), "")
        year = number_of(visit.query, "year", 0, FARTHEST_YEARS[1])
        page = number_of(visit.query, "page", 1, FARTHEST_PAGE)
        which = Which(
            cycle=Cycle(cycle) if cycle else None,
            year=year or None,
            by=asking.question.as_of,
        )
        found = self._source.look(
            asking.question,
            lambda view: read_archive(
                view.connection, self._source.centre, which, Rows(offset=(page - 1) * PAGE)
            ),
            visit.viewer.scope,
        )
        return self._framing.framed(issues.layout(found, asking), asking, visit)
