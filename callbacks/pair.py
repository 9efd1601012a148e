"""Pairing a screen over HTTP, and what it shows while it may not show the wall."""

from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlencode

import orjson
from dash import Dash
from flask import Response, request

from callbacks import gate
from callbacks.booth import Booth
from callbacks.screen_pass import ScreenPass
from dashboard.access.device import Why
from dashboard.access.screens import Screens, Told
from layouts.pages import screen

LARGEST_SIDE = 32_768
"""Pixels; no screen has more."""


def register(
    app: Dash, known: Screens, carried: ScreenPass, booth: Booth, now: Callable[[], datetime]
) -> None:
    """Serve `/pair`: a page for who fetches it, the next step for its script that posts to it."""

    def pair() -> Response:
        standing = carried.standing(gate.address(), fresh=True)
        if standing is not None and standing.why is None:
            where = f"/wall?{urlencode({'lang': booth.language()})}"
            return Response(status=302, headers={"Location": where})
        if standing is not None and standing.why is Why.EXPIRED:
            return booth.write(screen.Shown(standing, None, gate.address()), now())
        was = None if standing is None else standing.device
        pending = known.begin(carried.waits.read(), gate.address(), was)
        response = booth.write(screen.Shown(standing, pending, gate.address()), now())
        if pending is None:
            response.status_code = 429
        else:
            carried.waits.give(response, pending.secret)
        return response

    def poll() -> Response:
        standing = carried.standing(gate.address(), fresh=True)
        turn = known.poll(carried.waits.read(), standing, _size())
        told, words = turn.told, booth.words[booth.language()]
        if told is Told.WAIT and request.form.get("shows") != screen.shows(standing):
            told = Told.RELOAD
        said = {"told": told, **screen.refreshed(standing, now(), words)}
        response = Response(orjson.dumps(said), mimetype="application/json")
        if turn.token is not None:
            carried.own.give(response, turn.token)
            carried.waits.take(response)
        return response

    app.server.add_url_rule(gate.PAIR, "pair", pair, methods=["GET"])
    app.server.add_url_rule(gate.PAIR, "pair_poll", poll, methods=["POST"])


def _size() -> tuple[int, int] | None:
    width, height = (_side(request.form.get(side, "")) for side in ("width", "height"))
    known = 0 < width <= LARGEST_SIDE and 0 < height <= LARGEST_SIDE
    return (width, height) if known else None


def _side(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0
