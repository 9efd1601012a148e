"""Signing in by a provider over HTTP: sent there with a cookie, and back with it."""

import logging
from typing import NamedTuple

from dash import Dash
from flask import Response, request

from callbacks import gate
from callbacks.sign_in import Entrance, form, inside, let_in
from dashboard.access.sign_on.sign_on import Admitted, Sent, SignOn, Turned, Why
from dashboard.operations.meters import Meters
from layouts.words import Language

log = logging.getLogger(__name__)

BY = f"{gate.ENTER}by/"

STATUS = {Why.UNREACHABLE: 503, Why.LOCKED: 429}
"""Every other refusal is 401."""


class ErrandCookie(NamedTuple):
    """How the errand's secret travels: back to the browser that was sent, and to no other path."""

    secure: bool

    @property
    def name(self) -> str:
        """A name with this prefix cannot be set by another host or over plain HTTP."""
        return "__Secure-wuqing-errand" if self.secure else "wuqing-errand"

    def give(self, response: Response, secret: str) -> None:
        """Hand it to a browser. Lax: it comes with the provider's redirect and with no form."""
        response.set_cookie(
            self.name, secret, max_age=600, httponly=True, samesite="Lax", secure=self.secure,
            path=BY,
        )  # fmt: skip

    def take(self, response: Response) -> None:
        """Have a browser forget it."""
        response.delete_cookie(
            self.name, httponly=True, samesite="Lax", secure=self.secure, path=BY
        )

    def read(self) -> str:
        """Return the secret this request came with, or ""."""
        return request.cookies.get(self.name, "")


def register(
    app: Dash, sign_on: SignOn, cookie: gate.Cookie, entrance: Entrance, meters: Meters
) -> None:
    """Serve the way to each provider and back; without one there is neither."""
    errand = ErrandCookie(cookie.secure)

    def go(kind: str) -> Response:
        if kind not in sign_on.providers:
            return Response("", 404, mimetype="text/plain")
        following, language = inside(request.args.get("next", "")), entrance.language()
        found = sign_on.begin(kind, following, language, gate.address())
        if isinstance(found, Sent):
            response = Response(status=303, headers={"Location": found.address})
            errand.give(response, found.secret)
            return response
        return turn(kind, found, following)

    def back(kind: str) -> Response:
        if kind not in sign_on.providers:
            return Response("", 404, mimetype="text/plain")
        found = sign_on.finish(kind, errand.read(), request.args.to_dict(), gate.address())
        if isinstance(found, Admitted):
            response = let_in(cookie, found.secret, inside(found.following), found.language)
        else:
            response = turn(kind, found, "/")
        errand.take(response)
        return response

    def turn(kind: str, turned: Turned, following: str) -> Response:
        tell(kind, turned.why, meters)
        language = spoken(turned.language)
        if turned.why is Why.UNLINKED and turned.who is not None:
            return entrance.unlinked(kind, turned.who.subject, language)
        through = entrance.name_of(kind, language)
        said = {"trouble": str(turned.why), "through": through}
        return form(
            STATUS.get(turned.why, 401), entrance.form(language, following=following, **said)
        )

    def spoken(began_in: str | None) -> Language:
        return next((each for each in entrance.words if each == began_in), entrance.language())

    app.server.add_url_rule(f"{BY}<kind>", "sign_on", go, methods=["GET"])
    app.server.add_url_rule(f"{BY}<kind>/back", "sign_on_back", back, methods=["GET"])


def tell(kind: str, why: Why, meters: Meters) -> None:
    """Count and log that nobody is let in; a provider that does not answer refuses nobody."""
    if why is not Why.UNREACHABLE:
        meters.refused_sign_in(kind)
    log.info("nobody is let in by %s: %s", kind, why)
