"""What all desk pages share: what a visit asks, and the frame its page stands in."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from callbacks.desk import Drawn
from callbacks.home import closed_to, home_of, meeting_of, spoken_in
from callbacks.pages import Visit
from callbacks.unavailable import told
from dashboard.calendar import local_day
from dashboard.centre import Centre
from dashboard.database.faults import UnavailableError
from dashboard.drilldown.look import Look
from dashboard.figures.scope import EVERYTHING
from dashboard.request_id import current_request_id
from dashboard.snapshots.board import Unsealed
from dashboard.snapshots.feed import NoBoardError
from geodata.sketch import Sketch
from layouts.address import KEYS, AddressError, Zoned, parse
from layouts.desk.asking import Asking
from layouts.desk.frame import DeskPage, desk
from layouts.desk.moment import frame_of
from layouts.desk.refused import left
from layouts.pages import fault
from layouts.words import Language, Words


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


class Framing:
    """Reads visits and frames pages of one centre; the first language of `words` is the default."""

    def __init__(self, source: Source, words: Mapping[Language, Words]) -> None:
        self._source = source
        self._centre = source.centre
        self._words = words

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
