"""The briefing over HTTP: its pages and its files, for those who see the whole centre."""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial

from flask import Response

from callbacks.desk import Drawn, Page
from callbacks.framing import Framing, Source
from callbacks.issue_address import ISSUE, begun, day_of, issue_asked, issue_named
from callbacks.leaders import FARTHEST_PAGE
from callbacks.pages import Visit
from dashboard.access.role import Right
from dashboard.access.viewer import Viewer
from dashboard.briefing.case_line import Turn
from dashboard.briefing.cycle import cycles
from dashboard.briefing.editing import Editor
from dashboard.briefing.issue import Cycle, Issue
from dashboard.briefing.issued import Issued
from dashboard.briefing.read_issued import read_issued
from dashboard.briefing.seal import SealError
from dashboard.briefing.uncomposed import Step, UncomposedError, uncomposed
from dashboard.drilldown.listing import PAGE
from dashboard.drilldown.listing import Page as Rows
from dashboard.drilldown.question import Question
from dashboard.figures.scope import EVERYTHING
from dashboard.figures.view import View
from dashboard.request_id import current_request_id
from dashboard.snapshots.board import Unsealed
from layouts.address import AddressError, number_of, word_of
from layouts.briefing.document import Document
from layouts.briefing.files import KINDS, file_of
from layouts.briefing.map_drawing import drawing
from layouts.briefing.parts import SINCE
from layouts.briefing.since import QUIET
from layouts.briefing.write import Maker, document
from layouts.pages import briefing as drawn
from layouts.pages import since
from layouts.pages import uncomposed as uncomposed_page
from layouts.unsealed import is_of, own_first
from layouts.words import Language, Words

log = logging.getLogger(__name__)


class Briefings:
    """Composes briefings and puts them into words; `now` is when a draft was made."""

    def __init__(
        self,
        framing: Framing,
        source: Source,
        words: Mapping[Language, Words],
        editor: Editor,
        now: Callable[[], datetime],
    ) -> None:
        self._editor = editor
        self._framing = framing
        self._source = source
        self._words = words
        self._now = now

    @property
    def pages(self) -> tuple[Page, ...]:
        """The newest one and each by the day of its meeting, and what changed since the last."""
        version = self._editor.version
        return (
            Page(ISSUE, partial(self.told, self._page), version=version),
            Page(ISSUE + SINCE, partial(self.told, self._since), version=version),
        )

    def told(
        self, draw: Callable[[Visit, str | None], Drawn | None], visit: Visit, day: str | None
    ) -> Drawn | None:
        """Draw a page; where its issue cannot be had, say so in its place."""
        try:
            return draw(visit, day)
        except UncomposedError as error:
            return self.failed(error, visit)

    def failed(self, error: UncomposedError, visit: Visit) -> Drawn:
        """Draw what stands in for an issue, and write down why; it is tried again by itself."""
        day = error.issue.day
        log.error("the briefing of %s cannot be had", day, exc_info=error.__cause__)
        asking = self._framing.asking(visit)
        late = own_first(self._source.late(), error.issue)
        page = uncomposed_page.layout(error, late, asking, self._now(), current_request_id() or "")
        passes = error.why in uncomposed_page.PASSES
        drawn = self._framing.framed(page, asking, visit, late)
        return drawn._replace(status=503 if passes else 500)

    def _page(self, visit: Visit, day: str | None) -> Drawn | None:
        view = word_of(visit.query, "view", ("", "slides"), "")
        asking = self._framing.asking(visit)
        found = self._asked(visit, asking.question, day)
        if found is None:
            return None
        with uncomposed(found.briefing.issue, Step.DRAWN):
            paper = self._paper(found, asking.words)
            if view == "slides":
                page = drawn.projected(paper, asking, found)
                return self._framing.framed(page, asking, visit, self._late(found))
            may_edit = asking.question.as_of is None and visit.viewer.may(Right.MEETING)
            page = drawn.layout(paper, asking, found, may_edit=may_edit)
        # a paper is read, not watched: what is new stands in the next one
        return self._framing.framed(page, asking, visit, self._late(found))._replace(live=False)

    def _since(self, visit: Visit, day: str | None) -> Drawn | None:
        shown = word_of(visit.query, "view", ("", *Turn, QUIET), "")
        page = number_of(visit.query, "page", 1, FARTHEST_PAGE)
        asking = self._framing.asking(visit)
        found = self._asked(visit, asking.question, day)
        if found is None:
            return None
        rows = Rows(offset=(page - 1) * PAGE)
        with uncomposed(found.briefing.issue, Step.DRAWN):
            paper = self._paper(found, asking.words)
            listed = since.layout(paper, found.briefing, asking, shown, rows)
        return self._framing.framed(listed, asking, visit, self._late(found))._replace(live=False)

    def _late(self, found: Issued) -> tuple[Unsealed, ...]:
        """Name what is late, this issue first; the board may not know yet that it was sealed."""
        late = own_first(self._source.late(), found.briefing.issue)
        return tuple(
            one for one in late if found.seal is None or not is_of(one, found.briefing.issue)
        )

    def file(self, cycle: str, day: str, kind: str, language: Language) -> Response | None:
        """Draw a file; None for what there is not.

        Raises:
            UncomposedError: its issue cannot be had, or it cannot be drawn.
        """
        if kind not in KINDS or cycle not in cycles(self._source.centre):
            return None
        try:
            asked = day_of(day)
        except AddressError:
            return None
        question = Question.default(self._source.moment(), self._source.centre.zone)
        issue = begun(self._source, question, Cycle(cycle), asked)
        if issue is None:
            return None
        found = self._issued(question, issue)
        if not found.intact:
            return None
        words = self._words[language]
        sketch = self._source.sketch
        with uncomposed(found.briefing.issue, Step.DRAWN):
            map_ = "" if sketch is None else drawing(sketch, found.briefing, words)
            made = file_of(kind, self._paper(found, words), words, map_)
        response = Response(made.content, content_type=made.media_type)
        response.headers["Content-Disposition"] = f'attachment; filename="{made.name}"'
        return response

    def seal(self, cycle: str, day: str, viewer: Viewer, address: str) -> None:
        """Seal an issue by hand.

        Raises:
            SealError: it cannot be sealed.
        """
        issue = issue_named(self._source.centre, cycle, day)
        if issue is None:
            raise SealError("none")
        self._editor.seal(viewer, issue, address)

    def _asked(self, visit: Visit, question: Question, day: str | None) -> Issued | None:
        issue = issue_asked(visit, question, day, self._source)
        return None if issue is None else self._issued(question, issue)

    def _issued(self, question: Question, issue: Issue) -> Issued:
        centre = self._source.centre
        as_of = question.as_of or self._source.moment()

        def read(view: View) -> Issued:
            return read_issued(view.connection, centre, issue, as_of, question.as_of)

        with uncomposed(issue, Step.COMPOSED):
            return self._source.look(question, read, EVERYTHING)

    def _paper(self, found: Issued, words: Words) -> Document:
        profile, seal = self._source.centre.profile, found.seal
        name = profile.name_en if words.language == "en" else profile.name
        made_at = self._now() if seal is None else seal.sealed_at
        proof = None if seal is None else seal.sha256
        return document(found.briefing, Maker(centre=name, made_at=made_at, seal=proof), words)
