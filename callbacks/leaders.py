"""The leaders' pages: from an address to what is read and how it is drawn."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from callbacks.desk import Drawn, NotYoursError, Page
from callbacks.home import closed_to, home_of, meeting_of, spoken_in
from callbacks.listed import listed
from callbacks.pages import Visit
from callbacks.unavailable import told
from dashboard.briefing.decision import Decision
from dashboard.briefing.owned import Owned
from dashboard.briefing.read_owned import read_owned
from dashboard.briefing.register import read_about
from dashboard.calendar import local_day
from dashboard.centre import Centre
from dashboard.database.faults import UnavailableError
from dashboard.drilldown.against import Against
from dashboard.drilldown.case import CasePage, Mistyped
from dashboard.drilldown.case_list import ListView
from dashboard.drilldown.explain import Explanation
from dashboard.drilldown.league import Shown
from dashboard.drilldown.listing import PAGE
from dashboard.drilldown.listing import Page as Rows
from dashboard.drilldown.look import Look
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
from dashboard.request_id import current_request_id
from dashboard.snapshots.board import Unsealed
from dashboard.snapshots.feed import NoBoardError
from geodata.sketch import Sketch
from layouts.address import KEYS, AddressError, Zoned, number_of, parse, word_of
from layouts.desk.asking import Asking
from layouts.desk.frame import DeskPage, desk
from layouts.desk.moment import frame_of
from layouts.desk.refused import left
from layouts.explain.rows import SORTS
from layouts.overview.below import METRICS
from layouts.pages import absent_case, case, cases, data, explain, fault, league, overview, signals
from layouts.words import Language, Words

FARTHEST_PAGE = 100_000

_Case = tuple[CasePage | Mistyped | None, Neighbours | None, tuple[Decision, ...]]
"""A case, those beside it in the list it was opened from, and what was decided about it."""


@dataclass(frozen=True, slots=True)
class Source:
    """What pages are made of.

    `look` reads through a view of a question; `moment` is the instant a live page is as of, `clock`
    the one of a page that has no figures. `late` are the briefings the wall tells of. `sketch` is
    the map of the county, if anybody has drawn one.
    """

    centre: Centre
    look: Look
    moment: Callable[[], datetime]
    clock: Callable[[], datetime]
    late: Callable[[], tuple[Unsealed, ...]]
    synthetic: bool
    sketch: Sketch | None


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
    """Draws the pages of one centre; the first language of `words` is the default."""

    def __init__(self, source: Source, words: Mapping[Language, Words]) -> None:
        self._source = source
        self._centre = source.centre
        self._look = source.look
        self._words = words

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

    def fault(self, status: int, visit: Visit, error: Exception | None) -> Drawn:
        """Draw what stands in for a page; what failed is found in the log by its request's id."""
        words = self._words[visit.language]
        own = None if words is next(iter(self._words.values())) else words.language
        home = spoken_in(home_of(visit.viewer, self._centre.profile.area_code), own)
        wrong = error if isinstance(error, AddressError) else None
        text = fault.told(status, wrong, words)
        if isinstance(error, UnavailableError):
            text = words.text(told(error)[1])
        request = current_request_id() if status >= 500 else None
        page = fault.layout(status, text, home, words, request or "")
        return self.framed(page, self._plain(visit, words), visit)

    def _explain(self, visit: Visit, figure: str) -> Drawn | None:
        try:
            asked = by_id(figure)
        except KeyError:
            return None
        asking = self.asking(visit)
        part = word_of(visit.query, "part", ["", *Part], "")
        rows = self._rows(visit, SORTS)

        def read(view: View) -> Explanation:
            wanted = Part(part) if part else None
            found = read_explanation(view, self._centre, asked, asking.question, wanted, rows)
            return with_clocks(view, self._centre, found)

        found = self._look(asking.question, read, visit.viewer.scope)
        title = asking.words.text(f"figure.{figure}.name")
        page = DeskPage(title=title, here="", body=[explain.layout(found, asking)], bare=True)
        return self.framed(page, asking, visit)

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
        asking = self.asking(visit)
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
        return self.framed(drawn, asking, visit)

    def _cases(self, visit: Visit) -> Drawn:
        asking = self.asking(visit)
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
        return self.framed(cases.layout(found, asking), asking, visit)

    def _case(self, visit: Visit, code: str) -> Drawn:
        asking = self.asking(visit)
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
            return self.framed(case.layout(found, asking, way, decided), asking, visit)
        page = absent_case.layout(code.upper(), found, asking)
        return self.framed(page, asking, visit)._replace(status=404)

    def _league(self, visit: Visit, kind: str) -> Drawn:
        asking = self.asking(visit)
        shown = Shown(word_of(visit.query, "view", tuple(Shown), Shown.FLOW))
        check_league(visit, asking, Kind(kind))
        page = self._look(
            asking.question,
            lambda view: read_league_page(view, self._centre, asking.question, Kind(kind), shown),
            visit.viewer.scope,
        )
        return self.framed(league.layout(page, asking), asking, visit)

    def _data(self, visit: Visit) -> Drawn:
        asking, scope = self.asking(visit), visit.viewer.scope
        if scope != EVERYTHING:
            raise NotYoursError  # sources and checks are about the whole
        found = self._look(asking.question, lambda view: read_data_page(view, self._centre), scope)
        return self.framed(data.layout(found, asking), asking, visit)

    def _signals(self, visit: Visit) -> Drawn:
        asking = self.asking(visit)
        found = self._look(
            asking.question,
            lambda view: read_signals_page(view, self._centre, asking.question),
            visit.viewer.scope,
        )
        return self.framed(signals.layout(found, asking), asking, visit)

    # -- what all pages share -------------------------------------------------------------------

    def asking(self, visit: Visit) -> Asking:
        """Read what a visit asks.

        Raises:
            AddressError: its query means nothing.
        """
        words = self._words[visit.language]
        zoned = self._zoned()
        own = {key: values[-1] for key, values in visit.query.items() if key not in KEYS}
        return Asking(visit.path, parse(visit.query, zoned), zoned, words, own, visit.refused)

    def _plain(self, visit: Visit, words: Words) -> Asking:
        zoned = self._zoned()
        return Asking(visit.path, parse({}, zoned), zoned, words, {}, visit.refused)

    def _zoned(self) -> Zoned:
        default = next(iter(self._words))
        return Zoned(self._centre.zone, local_day(self._moment(), self._centre.zone), default)

    def _moment(self) -> datetime:
        try:
            return self._source.moment()
        except NoBoardError:  # also a page that says so has a frame
            return self._source.clock()

    @staticmethod
    def _rows(visit: Visit, sorts: Sequence[str]) -> Rows:
        page = number_of(visit.query, "page", 1, FARTHEST_PAGE)
        sort = word_of(visit.query, "sort", sorts, sorts[0])
        return Rows(sort=sort, offset=(page - 1) * PAGE, limit=PAGE)

    def framed(
        self,
        page: DeskPage,
        asking: Asking,
        visit: Visit,
        late: Sequence[Unsealed] | None = None,
    ) -> Drawn:
        """Put a page into the frame; first what was typed into a form that is on it no more.

        What is late is told on every page of now, to those who see the whole centre; `late` is in
        the page's own order.
        """
        viewer = visit.viewer
        told_late = self._source.late() if late is None else late
        if viewer.scope != EVERYTHING or asking.question.as_of is not None:
            told_late = ()
        frame = frame_of(
            self._centre.profile,
            asking,
            self._moment(),
            home=home_of(viewer, self._centre.profile.area_code),
            meeting=meeting_of(viewer),
            bounds=[place.name(english=visit.language == "en") for place in viewer.places],
            closed=closed_to(viewer),
            synthetic=self._source.synthetic,
            late=told_late,
        )
        typed = left(asking.refused, [*page.controls, *page.body], asking.words)
        page = replace(page, body=[*typed, *page.body])
        # what somebody typed is not drawn over by what is new
        live = asking.question.as_of is None and asking.refused is None
        return Drawn(f"{page.title} · {frame.centre}", desk(page, frame, asking.words), live)
