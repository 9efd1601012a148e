"""What leaders take away: the rows behind a page, as a workbook or CSV, by the page's own query."""

from collections.abc import Callable
from datetime import datetime
from threading import Lock
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from dash import Dash
from flask import Response, request

from callbacks.desk import NotYoursError
from callbacks.leaders import check_league
from callbacks.pages import Visit, read_visit
from dashboard.access.viewer import Viewer
from dashboard.briefing.read_register_page import read_register_page
from dashboard.briefing.register_page import Listed, RegisterPage
from dashboard.calendar import start_of
from dashboard.centre import Centre
from dashboard.drilldown.case_list import ListView
from dashboard.drilldown.league import Shown
from dashboard.drilldown.listing import Page
from dashboard.drilldown.look import Look
from dashboard.drilldown.read_case_list import read_whole_list
from dashboard.drilldown.read_explain import read_explanation
from dashboard.drilldown.read_league_page import read_league_page
from dashboard.export import comma_separated, workbook
from dashboard.export.table import MOST_ROWS, Table
from dashboard.figures.catalogue import by_id
from dashboard.figures.composition import Part
from dashboard.figures.period import SECOND, Period
from dashboard.figures.view import View
from dashboard.league.kind import Kind
from dashboard.snapshots.feed import NoBoardError
from dashboard.snapshots.read_place import read_fact
from layouts.address import AddressError, word_of
from layouts.decisions.selecting import selection_of
from layouts.desk.asking import Asking
from layouts.explain.rows import SORTS
from layouts.pages import cases
from layouts.sheets.about import Maker
from layouts.sheets.decision_counts import counts_tables
from layouts.sheets.decisions import decisions_table
from layouts.sheets.league import league_table
from layouts.sheets.lists import explanation_table, list_table
from layouts.words import Language

WAIT_S = 5
"""How long a file waits for the one that is being made; then its reader is asked to come again."""

FILES = {
    "xlsx": (workbook.workbook_of, workbook.MEDIA_TYPE),
    "csv": (comma_separated.first_of, comma_separated.MEDIA_TYPE),
}


class Named(NamedTuple):
    """A table, the plain name of its file, and what stands beside it in a workbook."""

    table: Table
    name: str
    beside: tuple[Table, ...] = ()


class Exports:
    """Makes tables of what a visit asks, `most` rows of each.

    `asking` reads a visit, `look` reads through a view; `now` is the clock files are dated by.
    """

    def __init__(  # noqa: PLR0913 -- what files are made of
        self,
        centre: Centre,
        look: Look,
        asking: Callable[[Visit], Asking],
        now: Callable[[], datetime],
        program: str,
        most: int = MOST_ROWS,
    ) -> None:
        self._centre = centre
        self._look = look
        self.asking = asking
        self._now = now
        self._program = program
        self._most = most

    def cases(self, visit: Visit) -> Named:
        """Make the table of a case list."""
        asking = self.asking(visit)
        shown = ListView(word_of(visit.query, "view", tuple(ListView), ListView.OPEN))
        sort = word_of(visit.query, "sort", cases.SORTS, cases.default_sort(shown))
        page = Page(sort=sort, limit=self._most)
        found = self._look(
            asking.question,
            lambda view: read_whole_list(view, self._centre, asking.question, shown, page),
            visit.viewer.scope,
        )
        return Named(list_table(found, asking, self._maker(asking)), f"cases-{shown}")

    def explain(self, visit: Visit, figure: str) -> Named | None:
        """Make the table of the rows behind a number; None for a figure there is not."""
        try:
            asked = by_id(figure)
        except KeyError:
            return None
        asking = self.asking(visit)
        part = word_of(visit.query, "part", ["", *Part], "")
        sort = word_of(visit.query, "sort", SORTS, SORTS[0])
        page = Page(sort=sort, limit=self._most)
        found = self._look(
            asking.question,
            lambda view: read_explanation(
                view, self._centre, asked, asking.question, Part(part) if part else None, page
            ),
            visit.viewer.scope,
        )
        name = f"{figure}-{found.part}"
        return Named(explanation_table(found, asking, self._maker(asking)), name)

    def league(self, visit: Visit, units: str) -> Named:
        """Make the table of a league page."""
        asking = self.asking(visit)
        shown = Shown(word_of(visit.query, "view", tuple(Shown), Shown.FLOW))
        check_league(visit, asking, Kind(units))
        found = self._look(
            asking.question,
            lambda view: read_league_page(view, self._centre, asking.question, Kind(units), shown),
            visit.viewer.scope,
        )
        table = league_table(found, asking, self._maker(asking))
        return Named(table, f"league-{units}-{shown}")

    def decisions(self, visit: Visit) -> Named:
        """Make the table of the register: what its page lists, of whoever asks."""
        asking, zone = self.asking(visit), self._centre.zone
        selected = selection_of(visit.query, asking)

        def read(view: View) -> tuple[RegisterPage | None, bool]:
            page = read_register_page(view, self._centre, selected, None)
            return page, read_fact(view.connection, "synthetic") is True

        found, synthetic = self._look(asking.question, read, visit.viewer.scope)
        if found is None:
            raise LookupError("a register without a wish is always there")
        month = start_of(found.today.replace(day=1), zone)
        start = selected.start if selected.listed is Listed.PAPER else month
        period = Period(start, found.as_of + SECOND)
        if selected.taken is not None:
            period = selected.taken.span(zone)
        table = decisions_table(
            found, period, asking, self._maker(asking), synthetic=synthetic, most=self._most
        )
        beside = counts_tables(found, asking, self._maker(asking), table.mark)
        return Named(table, f"decisions-{selected.listed}", beside)

    def _maker(self, asking: Asking) -> Maker:
        profile = self._centre.profile
        centre = profile.name_en if asking.words.language == "en" else profile.name
        return Maker(centre, self._program, self._now())


class Counter:
    """Hands files out, one at a time, so that the wall always has a thread to itself.

    `note` writes down who took which file.
    """

    def __init__(
        self, exports: Exports, default: Language, note: Callable[[Viewer, str], None]
    ) -> None:
        self._exports = exports
        self._default = default
        self._note = note
        self._turn = Lock()

    def cases(self, kind: str) -> Response:
        """Answer for a case list."""
        return self._answer(kind, self._exports.cases)

    def explain(self, figure: str, kind: str) -> Response:
        """Answer for the rows behind a number."""
        return self._answer(kind, lambda visit: self._exports.explain(visit, figure))

    def league(self, units: str, kind: str) -> Response:
        """Answer for a league page."""
        return self._answer(kind, lambda visit: self._exports.league(visit, units))

    def decisions(self, kind: str) -> Response:
        """Answer for the register of decisions."""
        return self._answer(kind, self._exports.decisions)

    def _answer(self, kind: str, make: Callable[[Visit], Named | None]) -> Response:
        try:
            visit = read_visit(urlsplit(request.url), self._default)
        except ValueError as error:
            return _sentence(400, str(error))
        try:
            asking = self._exports.asking(visit)
            if not self._turn.acquire(timeout=WAIT_S):
                return _sentence(503, asking.words.text("export.busy"))
            try:
                named = make(visit)
            finally:
                self._turn.release()
        except AddressError as error:
            words = self._exports.asking(visit._replace(query={})).words
            value = error.value[:80]
            return _sentence(400, words.text("desk.fault.400", key=error.key, value=value))
        except (NotYoursError, NoBoardError) as error:
            return _sentence(403 if isinstance(error, NotYoursError) else 503, "")
        if named is None:
            return _sentence(404, "")
        self._note(visit.viewer, f"{named.name}.{kind}")
        return _file(named, kind, asking)


def register(app: Dash, counter: Counter) -> None:
    """Serve `/export/...`."""
    kind = f"<any({','.join(FILES)}):kind>"
    units = f"<any({','.join(Kind)}):units>"
    for rule, name, view in (
        (f"/export/cases.{kind}", "export_cases", counter.cases),
        (f"/export/explain/<figure>.{kind}", "export_explain", counter.explain),
        (f"/export/league/{units}.{kind}", "export_league", counter.league),
        (f"/export/decisions.{kind}", "export_decisions", counter.decisions),
    ):
        app.server.add_url_rule(rule, name, view)


def _file(named: Named, kind: str, asking: Asking) -> Response:
    write, media_type = FILES[kind]
    zone = asking.zoned.zone
    response = Response(write([named.table, *named.beside], zone), content_type=media_type)
    stamp = named.table.made_at.astimezone(zone).strftime("%Y%m%d-%H%M")
    full = f"{named.table.name}-{stamp}.{kind}".replace("/", " ")
    response.headers["Content-Disposition"] = (
        f'attachment; filename="{named.name}-{stamp}.{kind}"; '
        f"filename*=UTF-8''{quote(full, safe='')}"
    )
    return response


def _sentence(status: int, text: str) -> Response:
    return Response(text, status=status, content_type="text/plain; charset=utf-8")
