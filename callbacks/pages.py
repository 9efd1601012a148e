"""Which page belongs to an address: the wall through Dash, everything else through the desk."""

from collections.abc import Callable, Mapping
from typing import NamedTuple, get_args
from urllib.parse import SplitResult, parse_qs, urlsplit

from dash import Dash
from dash.development.base_component import Component
from flask import Response, has_request_context, request

from callbacks import gate
from dashboard.access.role import Right
from dashboard.access.viewer import Viewer
from dashboard.snapshots.feed import NoBoardError
from layouts.desk.refused import Refused
from layouts.shell import desk_document, document, no_page
from layouts.words import Language, Words

HOME = "/wall"
CATCH_ALL = "/<path:path>"
"""Dash's own endpoint for every address nothing else answers."""

MOST_FIELDS = 200
"""More fields than any address of ours has."""

TOO_LONG = f"an address has at most {MOST_FIELDS} fields"

Query = dict[str, list[str]]


class Visit(NamedTuple):
    """An address as a browser shows it: its path, its query and the language it asks for.

    `viewer` is who asks, known from the session and from nothing else. `refused` is the form the
    page answers, as it was sent.
    """

    path: str
    query: Query
    language: Language
    viewer: Viewer
    refused: Refused | None = None


class Answer(NamedTuple):
    """A desk page drawn: its status, its title, and all of it as JSON.

    `as_of` is the instant of its figures in epoch milliseconds, `build` the program that drew it.
    """

    status: int
    title: str
    body: bytes
    as_of: int | None
    build: str


def register(  # noqa: PLR0913 -- the wall, the desk, and who begins where
    app: Dash,
    draw_wall: Callable[[Language], Component],
    answer: Callable[[Visit], Answer],
    words: Mapping[Language, Words],
    titles: Mapping[Language, str],
    home: Callable[[Viewer], str],
) -> None:
    """Serve the wall through Dash and every other address through `answer`.

    The first language of `words` is the default; `home` is where somebody begins.
    """
    default = next(iter(words))

    def layout() -> Component:
        language = _language(_shown_query(), default)
        try:
            return draw_wall(language)
        except NoBoardError:
            return no_page(words[language])

    def index(**parts: str) -> str:
        language = _language(_query(request.query_string.decode("ascii", "replace")), default)
        return document(language=language, **parts | {"title": titles[language]})

    def route() -> Response | None:
        if request.path == "/":
            first = HOME if _begins_at_the_wall(gate.viewer()) else home(gate.viewer())
            query = request.query_string.decode("ascii", "replace")
            where = f"{first}?{query}" if query else first
            return Response(status=302, headers={"Location": where})
        if request.endpoint != CATCH_ALL or request.path == HOME:
            return None
        try:
            visit = _asked(default)
        except ValueError:
            return Response(TOO_LONG, 400, mimetype="text/plain")
        found = answer(visit)
        return written(found, visit.language)

    app.layout = layout
    app.interpolate_index = index
    app.server.before_request(route)


def written(found: Answer, language: Language, address: str = "") -> Response:
    """Write a drawn page as its document; `address` is where it stands, if it was not asked for."""
    page = desk_document(
        language=language,
        title=found.title,
        page=found.body,
        as_of=found.as_of,
        build=found.build,
        address=address,
    )
    return Response(page, status=found.status, mimetype="text/html")


def _begins_at_the_wall(viewer: Viewer) -> bool:
    return viewer.may(Right.WALL) and not viewer.may(Right.ADMINISTER)


def _asked(default: Language) -> Visit:
    return read_visit(urlsplit(request.url), default)


def read_visit(address: SplitResult, default: Language) -> Visit:
    """Read an address as this request's viewer asks for it; an unknown language is the default.

    Raises:
        ValueError: its query has too many fields.
    """
    query = _query(address.query)
    language = _language(query, default)
    query.pop("lang", None)
    return Visit(address.path, query, language, gate.viewer())


def _query(text: str) -> Query:
    return parse_qs(text, keep_blank_values=True, max_num_fields=MOST_FIELDS)


def _language(query: Query, default: Language) -> Language:
    known: dict[str, Language] = {language: language for language in get_args(Language)}
    return known.get(query.get("lang", [default])[0], default)


def _shown_query() -> Query:
    """Read the query shown: Dash fetches a layout from `_dash-layout`, with it as referrer."""
    shown = request.referrer if has_request_context() else None
    return _query(urlsplit(shown or HOME).query)
