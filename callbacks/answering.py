"""Every request gets an id and, once answered, one line in the log and its place in the metrics."""

import logging
import time
from collections.abc import Sequence
from contextlib import ExitStack

from dash import Dash
from flask import Response, g, request

from callbacks.gate import ENTER, SIGN_IN, is_poll
from dashboard.operations.meters import Meters
from dashboard.request_id import answering, current_request_id, request_id_from

log = logging.getLogger(__name__)

HEADER = "X-Request-Id"

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
"""Others are told as `other`: a method is whatever a client sends."""

UNKNOWN = "none"
"""The route of an address nobody serves: a path could hold anything."""

WAYS_IN = {SIGN_IN: "password", f"{ENTER}<secret>": "link"}


def register(app: Dash, proxies: Sequence[str], meters: Meters) -> None:
    """Accompany every request; call it before the gate is registered, which writes things down.

    A proxy named in `proxies` is believed about the id it has given the request.
    """
    server, believed = app.server, frozenset(proxies)

    def begin() -> None:
        handed_on = request.headers.get(HEADER, "") if request.remote_addr in believed else ""
        g.answering = ExitStack()
        g.answering.enter_context(answering(request_id_from(handed_on)))
        g.began = time.perf_counter()

    def say(response: Response) -> Response:
        if "began" not in g:
            return response
        response.headers[HEADER] = current_request_id() or ""
        route = UNKNOWN if request.url_rule is None else str(request.url_rule.rule)
        took = time.perf_counter() - g.began
        meters.answered(route, response.status_code, took)
        if response.status_code == 401 and route in WAYS_IN:
            meters.refused_sign_in(WAYS_IN[route])
        # a wall asks every few seconds whether there is news; that it was answered is no news
        level = logging.DEBUG if response.status_code < 400 and is_poll() else logging.INFO
        fields = {
            "method": request.method if request.method in METHODS else "other",
            "route": route,
            "status": response.status_code,
            "ms": round(took * 1000),
        }
        log.log(level, "answered", extra=fields)
        return response

    def end(_error: BaseException | None) -> None:
        if "answering" in g:
            g.answering.close()

    server.before_request(begin)
    server.after_request(say)
    server.teardown_request(end)
