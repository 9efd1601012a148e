"""The leaders' pages: from an address to what is read and how it is drawn."""

from collections.abc import Callable, Sequence
from typing import Any

from callbacks.desk import Drawn, NotYoursError, Page
from callbacks.framing import Framing, Source
from callbacks.listed import listed
from callbacks.pages import Visit
from dashboard.briefing.decision import Decision
from dashboard.briefing.owned import Owned
from dashboard.briefing.read_owned import read_owned
from dashboard.briefing.register import read_about
from dashboard.drilldown.against import Against
from dashboard.drilldown.case import CasePage, Mistyped
from dashboard.drilldown.case_list import ListView
from dashboard.drilldown.explain import Explanation
from dashboard.drilldown.league import Shown
from dashboard.drilldown.listing import PAGE
from dashboard.drilldown.listing import Page as Rows
from dashboard.drilldown.neighbours import Neighbours
from dashboard.drilldown.overview import Overview
from dashboard.drilldown.read_case import read_case
from dashboard.drilldown.read_case_list import read_case_list
from dashboard.drilldown.read_data_page import read_data_page
from dashboard.drilldown.read_explain import read_explanation, with_clocks
from dashboard.drilldown.read_league_page import ranks, read_league_page, unbalanced_by
from dashboard.drilldown.read_overview import read_overview
from dashboard.drilldown.read_signals_page import read_signals_page
from dashboard.drilldown.subject import (
    Subject,
    area_subject,
    department_subject,
    situation_subject,
)
from dashboard.figures.catalogue import by_id
from dashboard.figures.composition import Part
from dashboard.figures.scope import EVERYTHING
from dashboard.figures.view import View
from dashboard.league.kind import Kind
from layouts.address import AddressError, number_of, word_of
from layouts.desk.asking import Asking
from layouts.desk.frame import DeskPage
from layouts.explain.rows import SORTS
from layouts.overview.below import METRICS
from layouts.pages import absent_case, case, cases, data, explain, league, overview, signals

FARTHEST_PAGE = 100_000

_Case = tuple[CasePage | Mistyped | None, Neighbours | None, tuple[Decision, ...]]
"""A case, those beside it in the list it was opened from, and what was decided about it."""


def check_league(visit: Visit, asking: Asking, kind: Kind) -> None:
    """Refuse a table whose flows would not add up.

    Raises:
        NotYoursError: too little of it is the viewer's.
        AddressError: it is filtered by what its units pass to each other.
    """
    if not ranks(visit.viewer.scope, kind):
        raise NotYoursError
    wrong = unbalanced_by(asking.question.filters, kind)
    if wrong is not None:
        raise AddressError(*wrong)


class Leaders:
    """Draws the pages of one centre."""

    def __init__(self, framing: Framing, source: Source) -> None:
        self._framing = framing
        self._source = source
        self._centre = source.centre
        self._look = source.look

    @property
    def pages(self) -> tuple[Page, ...]:
        """Every address there is."""
        return (
            Page(r"/area/(?P<code>\d{12}|\d{15})", self._area),
            Page(r"/department/(?P<code>[^/]{1,32})", self._department),
            Page(r"/situation/(?P<code>[a-z_]{1,24})", self._situation),
            Page(r"/explain/(?P<figure>[a-z0-9_]{1,40})", self._explain),
            Page(r"/cases", self._cases),
            Page(r"/case/(?P<code>[0-9A-Za-z-]{1,32})", self._case),
            Page(r"/league/(?P<kind>townships|departments)", self._league),
            Page(r"/signals", self._signals),
            Page(r"/data", self._data),
        )

    def _explain(self, visit: Visit, figure: str) -> Drawn | None:
        try:
            asked = by_id(figure)
        except KeyError:
            return None
        asking = self._framing.asking(visit)
        part = word_of(visit.query, "part", ["", *Part], "")
        rows = self._rows(visit, SORTS)

        def read(view: View) -> Explanation:
            wanted = Part(part) if part else None
            found = read_explanation(view, self._centre, asked, asking.question, wanted, rows)
            return with_clocks(view, self._centre, found)

        found = self._look(asking.question, read, visit.viewer.scope)
        title = asking.words.text(f"figure.{figure}.name")
        page = DeskPage(title=title, here="", body=[explain.layout(found, asking)], bare=True)
        return self._framing.framed(page, asking, visit)

    def _area(self, visit: Visit, code: str) -> Drawn | None:
        return self._place(visit, lambda connection: area_subject(connection, code))

    def _department(self, visit: Visit, code: str) -> Drawn | None:
        return self._place(
            visit, lambda connection: department_subject(connection, self._centre, code)
        )

    def _situation(self, visit: Visit, code: str) -> Drawn | None:
        return self._place(
            visit, lambda connection: situation_subject(connection, self._centre, code)
        )

    def _place(self, visit: Visit, find: Callable[[Any], Subject | None]) -> Drawn | None:
        asking = self._framing.asking(visit)
        word_of(visit.query, "metric", METRICS, METRICS[0])
        wanted = Against(word_of(visit.query, "compare", tuple(Against), Against.PREVIOUS))

        def read(view: View) -> tuple[Overview, Subject, Owned | None] | None:
            subject = find(view.connection)
            if subject is None:
                return None
            if not subject.lies_in(view.scope):
                raise NotYoursError
            page = read_overview(view, self._centre, asking.question, subject, wanted)
            return page, subject, read_owned(view, subject)

        found = self._look(asking.question, read, visit.viewer.scope)
        if found is None:
            return None
        page, subject, owned = found
        drawn = overview.layout(page, asking, subject.own, self._source.sketch, owned)
        return self._framing.framed(drawn, asking, visit)

    def _cases(self, visit: Visit) -> Drawn:
        asking = self._framing.asking(visit)
        shown = ListView(word_of(visit.query, "view", tuple(ListView), ListView.OPEN))
        size = int(word_of(visit.query, "size", [str(each) for each in cases.SIZES], str(PAGE)))
        sort = word_of(visit.query, "sort", cases.SORTS, cases.default_sort(shown))
        page = number_of(visit.query, "page", 1, FARTHEST_PAGE)
        rows = Rows(sort=sort, offset=(page - 1) * size, limit=size)
        found = self._look(
            asking.question,
            lambda view: read_case_list(view, self._centre, asking.question, shown, rows),
            visit.viewer.scope,
        )
        return self._framing.framed(cases.layout(found, asking), asking, visit)

    def _case(self, visit: Visit, code: str) -> Drawn:
        asking = self._framing.asking(visit)
        along = listed(asking)

        def read(view: View) -> _Case:
            found = read_case(view, self._centre, code)
            if not isinstance(found, CasePage):
                return found, None, ()
            known_at = view.known_at or view.as_of
            decided = read_about(view.connection, found.row.code, view.scope, as_of=known_at)
            if along is None:
                return found, None, decided
            return found, along.neighbours(view, self._centre, found.row.id), decided

        found, beside, decided = self._look(asking.question, read, visit.viewer.scope)
        if isinstance(found, CasePage):
            way = [] if along is None or beside is None else [along.drawn(beside)]
            return self._framing.framed(case.layout(found, asking, way, decided), asking, visit)
        page = absent_case.layout(code.upper(), found, asking)
        return self._framing.framed(page, asking, visit)._replace(status=404)

    def _league(self, visit: Visit, kind: str) -> Drawn:
        asking = self._framing.asking(visit)
        shown = Shown(word_of(visit.query, "view", tuple(Shown), Shown.FLOW))
        check_league(visit, asking, Kind(kind))
        page = self._look(
            asking.question,
            lambda view: read_league_page(view, self._centre, asking.question, Kind(kind), shown),
            visit.viewer.scope,
        )
        return self._framing.framed(league.layout(page, asking), asking, visit)

    def _data(self, visit: Visit) -> Drawn:
        asking, scope = self._framing.asking(visit), visit.viewer.scope
        if scope != EVERYTHING:
            raise NotYoursError  # sources and checks are about the whole
        found = self._look(asking.question, lambda view: read_data_page(view, self._centre), scope)
        return self._framing.framed(data.layout(found, asking), asking, visit)

    def _signals(self, visit: Visit) -> Drawn:
        asking = self._framing.asking(visit)
        found = self._look(
            asking.question,
            lambda view: read_signals_page(view, self._centre, asking.question),
            visit.viewer.scope,
        )
        return self._framing.framed(signals.layout(found, asking), asking, visit)

    @staticmethod
    def _rows(visit: Visit, sorts: Sequence[str]) -> Rows:
        page = number_of(visit.query, "page", 1, FARTHEST_PAGE)
        sort = word_of(visit.query, "sort", sorts, sorts[0])
        return Rows(sort=sort, offset=(page - 1) * PAGE, limit=PAGE)
