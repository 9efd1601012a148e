"""The supervision orders of a briefing over HTTP, for those who see the whole centre."""

from collections.abc import Callable
from functools import partial

from callbacks.briefing import Briefings
from callbacks.desk import Drawn, Page
from callbacks.framing import Framing, Source
from callbacks.issue_address import ISSUE, issue_asked
from callbacks.leaders import FARTHEST_PAGE
from callbacks.pages import Visit
from dashboard.briefing.read_waiting_page import read_waiting_page
from dashboard.briefing.uncomposed import Step, uncomposed
from dashboard.briefing.waiting import Shown
from dashboard.drilldown.listing import PAGE
from dashboard.drilldown.listing import Page as Rows
from layouts.address import number_of, word_of
from layouts.briefing.parts import ORDERS
from layouts.pages import waiting


class Waiting:
    """Draws the orders that an issue's number counts; what goes wrong is told as of the issue.

    `version` changes when one is sealed.
    """

    def __init__(
        self, framing: Framing, source: Source, papers: Briefings, version: Callable[[], str]
    ) -> None:
        self._framing = framing
        self._source = source
        self._papers = papers
        self._version = version

    @property
    def pages(self) -> tuple[Page, ...]:
        """Those of the newest issue, and of each by the day of its meeting."""
        page = partial(self._papers.told, self._page)
        return (Page(ISSUE + ORDERS, page, version=self._version),)

    def _page(self, visit: Visit, day: str | None) -> Drawn | None:
        asking = self._framing.asking(visit)
        shown = Shown(word_of(visit.query, "view", tuple(Shown), Shown.ALL))
        page = number_of(visit.query, "page", 1, FARTHEST_PAGE)
        issue = issue_asked(visit, asking.question, day, self._source)
        if issue is None:
            return None
        with uncomposed(issue, Step.COMPOSED):
            found = self._source.look(
                asking.question,
                lambda view: read_waiting_page(
                    view, self._source.centre, issue, asking.question, shown,
                    Rows(offset=(page - 1) * PAGE),
                ),
                visit.viewer.scope,
            )  # fmt: skip
        return self._framing.framed(waiting.layout(found, asking), asking, visit)._replace(
            live=False
        )
