"""Which page belongs to an address: the wall through Dash, everything else through the desk."""

from collections.abc import Callable, Mapping
from typing import NamedTuple, get_args
from urllib.parse import SplitResult, parse_qs, urlsplit

from dash import Dash
from dash.development.base_component import Component
from flask import Response, has_request_context, request

from dashboard.snapshots.feed import NoBoardError
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
    """An address as a browser shows it: its path, its query and the language it asks for."""

    path: str
    query: Query
    language: Language


class Answer(NamedTuple):
    """A desk page drawn: its status, its title, and all of it as JSON.

    `as_of` is the instant of its figures in epoch milliseconds, `build` the program that drew it.
    """

    status: int
    title: str
    body: bytes
    as_of: int | None
    build: str


def register(
    app: Dash,
    draw_wall: Callable[[Language], Component],
    answer: Callable[[Visit], Answer],
    words: Mapping[Language, Words],
    titles: Mapping[Language, str],
) -> None:
    """Serve the wall through Dash and every other address through `answer`.

    The first language of `words` is the default.
    """
    default = next(iter(words))

    def layout() -> Component:
        visit = _visited(default)
        try:
            return draw_wall(visit.language)
        except NoBoardError:
            return no_page(words[visit.language])

    def index(**parts: str) -> str:
        language = _asked(default).language
        return document(language=language, **parts | {"title": titles[language]})

    def route() -> Response | None:
        if request.path == "/":
            query = request.query_string.decode("ascii", "replace")
            return Response(status=302, headers={"Location": f"{HOME}?{query}" if query else HOME})
        if request.endpoint != CATCH_ALL or request.path == HOME:
            return None
        try:
            visit = _asked(default)
        except ValueError:
            return Response(TOO_LONG, 400, mimetype="text/plain")
        found = answer(visit)
        page = desk_document(
            language=visit.language,
            title=found.title,
            page=found.body,
            as_of=found.as_of,
            build=found.build,
        )
        return Response(page, status=found.status, mimetype="text/html")

    app.layout = layout
    app.interpolate_index = index
    app.server.before_request(route)


def _asked(default: Language) -> Visit:
    return read_visit(urlsplit(request.url), default)


def read_visit(address: SplitResult, default: Language) -> Visit:
    """Read an address; an unknown language is the default.

    Raises:
        ValueError: its query has too many fields.
    """
    query = parse_qs(address.query, keep_blank_values=True, max_num_fields=MOST_FIELDS)
    known = {language: language for language in get_args(Language)}
    asked = query.pop("lang", [default])[0]
    return Visit(address.path, query, known.get(asked, default))


def _visited(default: Language) -> Visit:
    """Read the address shown: Dash fetches a layout from `_dash-layout`, with it as referrer."""
    if not has_request_context():
        return Visit(HOME, {}, default)
    return read_visit(urlsplit(request.referrer or HOME), default)
