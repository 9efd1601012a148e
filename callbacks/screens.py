"""The list of screens: what each says about itself, confirming codes, renewing and revoking."""

from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlencode

from dash import Dash
from flask import Response, request

from callbacks import gate
from callbacks.booth import Booth
from dashboard.access.screens import Confirmed, Screens
from layouts.pages.screens import Listed

DONE = ("confirm", "renew", "revoke")


def register(app: Dash, known: Screens, booth: Booth, now: Callable[[], datetime]) -> None:
    """Serve `/screens`; the gate lets administrators in alone."""

    def listed() -> Response:
        done = request.args.get("done", "")
        page = Listed(known.listed(), now(), booth.build, done if done in DONE else "")
        return booth.list(page)

    def administer() -> Response:
        form, viewer = request.form, gate.viewer()
        asked, which = form.get("do", ""), _number(form.get("id", ""))
        if asked == "confirm":
            code, name = form.get("code", "")[:20], form.get("name", "")[:60]
            result = known.confirm(viewer, code, name, gate.address())
            if result is not Confirmed.DONE:
                page = Listed(known.listed(), now(), booth.build, result, code, name)
                return booth.list(page, 400)
            return _back("confirm")
        act = {"renew": known.renew, "revoke": known.revoke}.get(asked)
        if act is None or not act(viewer, which, gate.address()):
            return booth.list(Listed(known.listed(), now(), booth.build, "gone"), 400)
        return _back(asked)

    def _back(done: str) -> Response:
        where = f"{gate.SCREENS}?{urlencode({'done': done, 'lang': booth.language()})}"
        return Response(status=303, headers={"Location": where})

    app.server.add_url_rule(gate.SCREENS, "screens", listed, methods=["GET"])
    app.server.add_url_rule(gate.SCREENS, "screens_do", administer, methods=["POST"])


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else 0
