"""The wall's feed over HTTP: `GET /live/wall` gives what changed since the version one has."""

from collections.abc import Callable, Mapping
from datetime import datetime

from dash import Dash
from flask import Response, request

from callbacks.paint import Painter
from dashboard.snapshots.feed import Feed, NoBoardError, Reading
from layouts.words import Language

PATH = "/live/wall"


def register(
    app: Dash,
    feed: Feed,
    painters: Mapping[Language, Painter],
    build: str,
    shown_now: Callable[[], datetime],
) -> None:
    """Answer the wall's script.

    The first painter's language is the default. `If-None-Match` with the current version gets 304.
    Every answer tells in its headers the build and, in epoch milliseconds, the instant of its
    figures and of the clock the wall shows.
    """
    default = next(iter(painters))
    known = {str(language): painter for language, painter in painters.items()}

    def live_wall() -> Response:
        try:
            reading = feed.latest()
        except NoBoardError:
            return _answer(Response(status=503), build, shown_now(), None)
        painter = known.get(request.args.get("lang", default), painters[default])
        painting = painter.paint(reading.board)
        tag = f'"{build}.{painting.version}"'
        if request.headers.get("If-None-Match") == tag:
            response = Response(status=304)
        else:
            body = painter.changes(painting, request.args.get("have", ""))
            response = Response(body, mimetype="application/json")
            response.headers["Content-Encoding"] = "gzip"
        response.headers["ETag"] = tag
        return _answer(response, build, shown_now(), reading)

    app.server.add_url_rule(PATH, "live_wall", live_wall)


def _answer(response: Response, build: str, shown: datetime, reading: Reading | None) -> Response:
    headers = response.headers
    headers["Cache-Control"] = "no-store"
    headers["X-Build"] = build
    headers["X-Now"] = _milliseconds(shown)
    if reading is not None:
        headers["X-As-Of"] = _milliseconds(reading.board.as_of)
        if reading.fault:
            headers["X-Fault"] = "1"
    return response


def _milliseconds(at: datetime) -> str:
    return str(int(at.timestamp() * 1000))
