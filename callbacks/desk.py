"""The leaders' pages over HTTP: found by address, drawn once for a moment, then kept."""

import hashlib
import logging
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import SplitResult, urlencode, urlsplit

import orjson
from dash import Dash
from dash.development.base_component import Component
from flask import Response, request

from callbacks.kept import Kept
from callbacks.pages import Answer, Visit, read_visit
from callbacks.unavailable import AGAIN_S, told
from dashboard.access.role import Right
from dashboard.database.faults import AnyFault, UnavailableError
from dashboard.snapshots.feed import NoBoardError
from layouts.address import AddressError
from layouts.words import Language

log = logging.getLogger(__name__)

PATH = "/desk/page"
KEPT_S = 60
"""Longer than any live page is shown: the key names its moment, age never decides what is right."""


class Drawn(NamedTuple):
    """A page as components; `title` is the document's, `live` says that it goes on changing.

    `status` is another for a page that says itself what there is not, or what failed, and may be
    there later.
    """

    title: str
    page: Component
    live: bool = True
    status: int = 200


class Page(NamedTuple):
    """An address pattern and what draws it, from the visit and the groups of the pattern.

    `draw` returns None for what there is not (404), and may raise AddressError (400). A page that
    is not `kept` is drawn for each visit: it shows what was written since the board was made.
    `version` changes with what a kept page shows besides the figures of its moment.
    """

    pattern: str
    draw: Callable[..., Drawn | None]
    kept: bool = True
    version: Callable[[], str] = str


class NotYoursError(Exception):
    """A page about more than whoever asks may see."""


class Desk:
    """Answers visits: each page is drawn once for an address, a language and a moment.

    `moment` is the instant a live page is as of; `fault` draws what stands in for a page, by status
    and visit. `build` names the program, for pages that must reload. `told` changes with what the
    frame of every page tells, which may be news while the moment stands still.
    """

    def __init__(  # noqa: PLR0913 -- what pages are made of
        self,
        pages: tuple[Page, ...],
        fault: Callable[[int, Visit, Exception | None], Drawn],
        moment: Callable[[], datetime],
        kept: Kept,
        build: str,
        told: Callable[[], str] = str,
    ) -> None:
        self._pages = pages
        self._fault = fault
        self._moment = moment
        self._kept = kept
        self.build = build
        self._told = told

    @property
    def patterns(self) -> tuple[str, ...]:
        """The addresses there are pages for."""
        return tuple(page.pattern for page in self._pages)

    def answer(self, visit: Visit) -> Answer:
        """Return the page of a visit; whatever goes wrong is a page, too."""
        page = next((one for one in self._pages if re.fullmatch(one.pattern, visit.path)), None)
        try:
            at = self._moment()
        except NoBoardError:
            return self._written(503, self._fault(503, visit, None), None)
        version = _version(page)
        if version is None or visit.refused is not None:
            return self._draw(page, visit, at)
        key = _key(visit, at, f"{version} {self._told()}")
        found = self._kept.get(key)
        if found is None:
            found = self._draw(page, visit, at)
            if found.status < 500 and (page is None or page.kept):
                self._kept.put(key, found, KEPT_S)
        return found

    def _draw(self, page: Page | None, visit: Visit, at: datetime) -> Answer:
        match = None if page is None else re.fullmatch(page.pattern, visit.path)
        if page is None or match is None:
            return self._written(404, self._fault(404, visit, None), at)
        try:
            drawn = page.draw(visit, **match.groupdict())
        except AddressError as error:
            return self._written(400, self._fault(400, visit, error), at)
        except NotYoursError:
            return self._written(403, self._fault(403, visit, None), at)
        except UnavailableError as error:
            return self._unavailable(visit, error)
        except Exception as error:
            return self._broken(visit, error)
        if drawn is None:
            return self._written(404, self._fault(404, visit, None), at)
        return self._written(drawn.status, drawn, at)

    def failed(self, status: int, visit: Visit, error: Exception) -> Answer:
        """Draw what stands in for what failed elsewhere."""
        return self._written(status, self._fault(status, visit, error), None)

    def written(self, drawn: Drawn) -> Answer:
        """Write a page that something else drew."""
        try:
            at = self._moment()
        except NoBoardError:
            at = None
        return self._written(drawn.status, drawn, at)

    def _broken(self, visit: Visit, error: Exception) -> Answer:
        """A mistake in one page must not take the desk down, nor show itself."""
        log.exception("page %s failed", visit.path)
        return self.failed(500, visit, error)

    def _unavailable(self, visit: Visit, error: UnavailableError) -> Answer:
        return self.failed(told(error)[0], visit, error)

    def _written(self, status: int, drawn: Drawn, at: datetime | None) -> Answer:
        stamp = None if at is None else int(at.timestamp() * 1000)
        body: dict[str, Any] = {
            "title": drawn.title,
            "live": drawn.live and status in (drawn.status, 503),
            "page": drawn.page,
        }
        written = orjson.dumps(body, default=Component.to_plotly_json)
        return Answer(status, drawn.title, written, stamp, self.build)


def register(app: Dash, desk: Desk, default: Language) -> None:
    """Answer the desk's script: `GET /desk/page?at=<address>` gives the page of an address.

    `If-None-Match` with what the page still looks like gets 304. Headers tell the build and, in
    epoch milliseconds, the instant of the figures: it goes on while the page stays the same.
    """

    def desk_page() -> Response:
        try:
            visit = read_visit(_inside(request.args.get("at", "")), default)
        except ValueError as error:
            return Response(f"at: {error}", 400, mimetype="text/plain")
        found = desk.answer(visit)
        tag = hashlib.blake2b(found.body, digest_size=8).hexdigest()
        response = Response(found.body, status=found.status, mimetype="application/json")
        if found.status == 200 and request.headers.get("If-None-Match") == f'"{tag}"':
            response = Response(status=304)
        response.headers["ETag"] = f'"{tag}"'
        response.headers["X-Build"] = desk.build
        if found.as_of is not None:
            response.headers["X-As-Of"] = str(found.as_of)
        if found.status == 503:
            response.headers["Retry-After"] = str(AGAIN_S)
        response.headers["Cache-Control"] = "no-store"
        return response

    app.server.add_url_rule(PATH, "desk_page", desk_page)


def _inside(text: str) -> SplitResult:
    address = urlsplit(text)
    if address.scheme or address.netloc or not address.path.startswith("/"):
        raise ValueError("not an address of this server")
    return address


def _version(page: Page | None) -> str | None:
    """Return a page's version; None where none can be told, of which the page itself will tell."""
    try:
        return "" if page is None else page.version()
    except AnyFault:
        return None


def _key(visit: Visit, at: datetime, version: str) -> str:
    query = urlencode(sorted((key, value) for key in visit.query for value in visit.query[key]))
    scope = visit.viewer.scope
    bounds = "all" if scope.departments is None else " ".join(sorted(scope.departments))
    rights = " ".join(sorted(right for right in Right if visit.viewer.may(right)))
    named = (
        f"{visit.language} {scope.area} {bounds} {rights} {visit.path}?{query} {at.timestamp():.0f}"
        f" {version}"
    )
    return "desk:" + hashlib.blake2b(named.encode("utf-8", "replace"), digest_size=16).hexdigest()
