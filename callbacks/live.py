"""The wall's feed over HTTP: `GET /live/wall` gives what changed since the version one has."""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime

from dash import Dash
from flask import Response, request

from callbacks.paint import Painter
from dashboard.database.faults import AnyFault
from dashboard.snapshots.feed import Feed, NoBoardError, Reading
from layouts.words import Language

log = logging.getLogger(__name__)

PATH = "/live/wall"
FAULT = "X-Fault"
"""Marks an answer that is old, or has no figures, because the database does not answer."""


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
    figures and of the clock the wall shows. One that fails for the database says so: X-Fault.
    """
    default = next(iter(painters))
    known = {str(language): painter for language, painter in painters.items()}

    def live_wall() -> Response:
        try:
            reading = feed.latest()
        except NoBoardError:
            return _without_figures()
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

    def _without_figures() -> Response:
        response = _answer(Response(status=503), build, shown_now(), None)
        response.headers[FAULT] = "1"
        return response

    def broken(error: AnyFault) -> Response:
        # before the feed is asked, whoever asks is looked up
        if request.path != PATH:
            raise error
        reason = str(error).partition("\n")[0]  # not what was asked for
        log.error("a wall was not answered, the database does not answer: %s", reason)
        return _without_figures()

    app.server.register_error_handler(AnyFault, broken)
    app.server.add_url_rule(PATH, "live_wall", live_wall)


def _answer(response: Response, build: str, shown: datetime, reading: Reading | None) -> Response:
    headers = response.headers
    headers["Cache-Control"] = "no-store"
    headers["X-Build"] = build
    headers["X-Now"] = _milliseconds(shown)
    if reading is not None:
        headers["X-As-Of"] = _milliseconds(reading.board.as_of)
        if reading.fault:
            headers[FAULT] = "1"
    return response


def _milliseconds(at: datetime) -> str:
    return str(int(at.timestamp() * 1000))
