"""What leaders take away: the rows behind a page, as a workbook or CSV, by the page's own query."""

from collections.abc import Callable
from datetime import datetime
from threading import Lock
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from dash import Dash
from flask import Response, request

from callbacks.pages import Visit, read_visit
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
from dashboard.league.kind import Kind
from dashboard.snapshots.feed import NoBoardError
from layouts.address import AddressError, word_of
from layouts.desk.asking import Asking
from layouts.explain.rows import SORTS
from layouts.pages import cases
from layouts.sheets.about import Maker
from layouts.sheets.league import league_table
from layouts.sheets.lists import explanation_table, list_table
from layouts.words import Language

WAIT_S = 5
"""How long a file waits for the one that is being made; then its reader is asked to come again."""

FILES = {
    "xlsx": (workbook.workbook, workbook.MEDIA_TYPE),
    "csv": (comma_separated.comma_separated, comma_separated.MEDIA_TYPE),
}


class Named(NamedTuple):
    """A table and the plain name of its file."""

    table: Table
    name: str


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
        )
        name = f"{figure}-{found.part}"
        return Named(explanation_table(found, asking, self._maker(asking)), name)

    def league(self, visit: Visit, units: str) -> Named:
        """Make the table of a league page."""
        asking = self.asking(visit)
        shown = Shown(word_of(visit.query, "view", tuple(Shown), Shown.FLOW))
        found = self._look(
            asking.question,
            lambda view: read_league_page(view, self._centre, asking.question, Kind(units), shown),
        )
        table = league_table(found, asking, self._maker(asking))
        return Named(table, f"league-{units}-{shown}")

    def _maker(self, asking: Asking) -> Maker:
        profile = self._centre.profile
        centre = profile.name_en if asking.words.language == "en" else profile.name
        return Maker(centre, self._program, self._now())


def register(app: Dash, exports: Exports, default: Language) -> None:
    """Serve `/export/...`, one file at a time, so that the wall always has a thread to itself."""
    turn = Lock()

    def answer(kind: str, make: Callable[[Visit], Named | None]) -> Response:
        try:
            visit = read_visit(urlsplit(request.url), default)
        except ValueError as error:
            return _sentence(400, str(error))
        try:
            asking = exports.asking(visit)
            if not turn.acquire(timeout=WAIT_S):
                return _sentence(503, asking.words.text("export.busy"))
            try:
                named = make(visit)
                return _sentence(404, "") if named is None else _file(named, kind, asking)
            finally:
                turn.release()
        except AddressError as error:
            words = exports.asking(visit._replace(query={})).words
            value = error.value[:80]
            return _sentence(400, words.text("desk.fault.400", key=error.key, value=value))
        except NoBoardError:
            return _sentence(503, "")

    def export_cases(kind: str) -> Response:
        return answer(kind, exports.cases)

    def export_explain(figure: str, kind: str) -> Response:
        return answer(kind, lambda visit: exports.explain(visit, figure))

    def export_league(units: str, kind: str) -> Response:
        return answer(kind, lambda visit: exports.league(visit, units))

    kind = f"<any({','.join(FILES)}):kind>"
    units = f"<any({','.join(Kind)}):units>"
    for rule, view in (
        (f"/export/cases.{kind}", export_cases),
        (f"/export/explain/<figure>.{kind}", export_explain),
        (f"/export/league/{units}.{kind}", export_league),
    ):
        app.server.add_url_rule(rule, view.__name__, view)


def _file(named: Named, kind: str, asking: Asking) -> Response:
    write, media_type = FILES[kind]
    zone = asking.zoned.zone
    response = Response(write(named.table, zone), content_type=media_type)
    stamp = named.table.made_at.astimezone(zone).strftime("%Y%m%d-%H%M")
    full = f"{named.table.name}-{stamp}.{kind}".replace("/", " ")
    response.headers["Content-Disposition"] = (
        f'attachment; filename="{named.name}-{stamp}.{kind}"; '
        f"filename*=UTF-8''{quote(full, safe='')}"
    )
    return response


def _sentence(status: int, text: str) -> Response:
    return Response(text, status=status, content_type="text/plain; charset=utf-8")
