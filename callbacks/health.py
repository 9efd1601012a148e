"""For who watches over the service: does the process live, and can it do its work."""

from collections.abc import Callable

from dash import Dash
from flask import Response


def register(app: Dash, ready: Callable[[], bool]) -> None:
    """Serve `/healthz` and `/readyz`; anybody may ask, so neither tells more than yes or no.

    `/healthz` asks nothing but this process. `/readyz` is 503 while `ready` is not.
    """

    def healthz() -> Response:
        return _answer(200, "ok")

    def readyz() -> Response:
        return _answer(200, "ok") if ready() else _answer(503, "unavailable")

    app.server.add_url_rule("/healthz", "healthz", healthz)
    app.server.add_url_rule("/readyz", "readyz", readyz)


def _answer(status: int, word: str) -> Response:
    response = Response(f'{{"status":"{word}"}}', status, mimetype="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response
