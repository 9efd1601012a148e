"""Which page belongs to an address: drawn on the server, without a routing callback."""

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple, get_args
from urllib.parse import parse_qs, urlsplit

from dash import Dash
from dash.development.base_component import Component
from flask import has_request_context, redirect, request
from werkzeug.wrappers import Response

from dashboard.snapshots.feed import NoBoardError
from layouts.shell import document, no_page
from layouts.words import Language, Words

HOME = "/wall"
CATCH_ALL = "/<path:path>"
"""Dash's own endpoint for every address nothing else answers."""


class Page(NamedTuple):
    """An address pattern, whether it is a "wall" or a "desk" page, and how it is drawn.

    `draw` gets the language and the groups of the pattern.
    """

    pattern: str
    kind: str
    draw: Callable[..., Component]


class Visit(NamedTuple):
    """The address a browser shows, and the language it asked for."""

    path: str
    language: Language


def register(
    app: Dash,
    pages: tuple[Page, ...],
    words: Mapping[Language, Words],
    titles: Mapping[Language, str],
) -> None:
    """Serve the pages; the first language of `words` is the default."""
    default = next(iter(words))

    def layout() -> Component:
        visit = _visit(default)
        page, groups = find(pages, visit.path)
        try:
            return page.draw(visit.language, **groups) if page else no_page(words[visit.language])
        except NoBoardError:
            return no_page(words[visit.language])

    def index(**parts: str) -> str:
        parts.pop("title")
        visit = _visit(default)
        page, _ = find(pages, visit.path)
        kind = "desk" if page is None else page.kind
        return document(language=visit.language, kind=kind, title=titles[visit.language], **parts)

    def route() -> Response | tuple[str, int] | None:
        if request.path == "/":
            query = request.query_string.decode()
            return redirect(f"{HOME}?{query}" if query else HOME)
        if request.endpoint == CATCH_ALL and find(pages, request.path)[0] is None:
            return app.index(), 404
        return None

    app.layout = layout
    app.interpolate_index = index
    app.server.before_request(route)


def find(pages: tuple[Page, ...], path: str) -> tuple[Page | None, dict[str, str]]:
    """Return the page of an address and the groups of its pattern."""
    for page in pages:
        match = re.fullmatch(page.pattern, path)
        if match is not None:
            return page, match.groupdict()
    return None, {}


def _visit(default: Language) -> Visit:
    """Read the address: Dash fetches a page's layout from `_dash-layout`, with it as referrer."""
    if not has_request_context():
        return Visit(HOME, default)
    layout = request.path.endswith("/_dash-layout")
    address = urlsplit((request.referrer or HOME) if layout else request.url)
    asked = parse_qs(address.query).get("lang", [default])[0]
    known = {language: language for language in get_args(Language)}
    return Visit(address.path, known.get(asked, default))
