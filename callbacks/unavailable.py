"""What a request gets, in words, when the database cannot do it just now."""

from collections.abc import Callable, Mapping

from dash import Dash
from flask import Response, request

from callbacks.live import FAULT
from dashboard.database.faults import (
    DiskFullError,
    DownError,
    EndedError,
    TooSlowError,
    UnavailableError,
)
from layouts.words import Language, Words

AGAIN_S = 5
"""When a client may ask again, as it is told."""


def register(
    app: Dash,
    words: Mapping[Language, Words],
    page: Callable[[int, Exception], Response | None],
) -> None:
    """Answer every route whose database is busy, too slow or without room.

    `page` draws it for a browser that goes somewhere. The first language of `words` is the default.
    """
    default = next(iter(words.values()))
    known: dict[str, Words] = {str(language): each for language, each in words.items()}

    def answer(error: UnavailableError) -> Response:
        status, key = told(error)
        response = page(status, error)
        if response is None:
            sentence = known.get(request.args.get("lang", ""), default).text(key)
            response = Response(sentence, status, content_type="text/plain; charset=utf-8")
        response.headers["Retry-After"] = str(AGAIN_S)
        response.headers[FAULT] = "1"
        return response

    app.server.register_error_handler(UnavailableError, answer)


def told(error: UnavailableError) -> tuple[int, str]:
    """Return the status of what cannot be done just now, and the key of what is said of it."""
    if isinstance(error, DiskFullError | EndedError):
        return 507, "unavailable.full"
    if isinstance(error, TooSlowError):
        return 504, "unavailable.slow"
    if isinstance(error, DownError):
        return 503, "unavailable.down"
    return 503, "unavailable.busy"
