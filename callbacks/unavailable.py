"""What a request gets, in words, when the database cannot do it just now."""

from collections.abc import Mapping

from dash import Dash
from flask import Response, request

from callbacks.live import FAULT
from dashboard.database.faults import (
    DiskFullError,
    DownError,
    TooSlowError,
    UnavailableError,
)
from layouts.words import Language, Words

AGAIN_S = 5
"""When a client may ask again, as it is told."""


def register(app: Dash, words: Mapping[Language, Words]) -> None:
    """Answer every route whose database is busy, too slow or without room.

    The first language of `words` is the default.
    """
    default = next(iter(words.values()))
    known: dict[str, Words] = {str(language): each for language, each in words.items()}

    def answer(error: UnavailableError) -> Response:
        status, sentence = _told(error, known.get(request.args.get("lang", ""), default))
        response = Response(sentence, status, content_type="text/plain; charset=utf-8")
        response.headers["Retry-After"] = str(AGAIN_S)
        response.headers[FAULT] = "1"
        return response

    app.server.register_error_handler(UnavailableError, answer)


def _told(error: UnavailableError, words: Words) -> tuple[int, str]:
    if isinstance(error, DiskFullError):
        return 507, words.text("unavailable.full")
    if isinstance(error, TooSlowError):
        return 504, words.text("unavailable.slow")
    if isinstance(error, DownError):
        return 503, words.text("unavailable.down")
    return 503, words.text("unavailable.busy")
