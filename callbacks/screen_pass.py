"""What a screen carries: a token once it is paired, and before that what it polls with."""

from typing import NamedTuple

from flask import Flask, Response, g, request

from dashboard.access.code import CODE_VALID
from dashboard.access.device import VALID, Report, Standing
from dashboard.access.screens import Screens
from dashboard.access.viewer import Viewer

SAYS = "X-Wall"
"""A wall's poll says with it: its build, the age of its data in seconds, its memory in MB."""

LARGEST = 10**6


class LastingCookie(NamedTuple):
    """A secret that outlives the browser: a screen is switched off at night."""

    plain_name: str
    secure: bool
    seconds: int
    same_site: str

    @property
    def name(self) -> str:
        """A name with this prefix cannot be set by another host or over plain HTTP."""
        return f"__Host-{self.plain_name}" if self.secure else self.plain_name

    def give(self, response: Response, secret: str) -> None:
        """Hand it to a browser."""
        response.set_cookie(
            self.name, secret, max_age=self.seconds, httponly=True, samesite=self.same_site,
            secure=self.secure, path="/",
        )  # fmt: skip

    def take(self, response: Response) -> None:
        """Have a browser forget it."""
        response.delete_cookie(
            self.name, httponly=True, samesite=self.same_site, secure=self.secure, path="/"
        )

    def read(self) -> str:
        """Return the secret this request came with, or ""."""
        return request.cookies.get(self.name, "")


class ScreenPass:
    """Knows the screen behind a request, and gives it another token when that is due."""

    def __init__(self, screens: Screens, *, secure: bool) -> None:
        # twice its time: a screen whose permission is over still has to say which one it is
        lasts = 2 * int(VALID.total_seconds())
        self.own = LastingCookie("wuqing-screen", secure, lasts, "Lax")
        self.waits = LastingCookie("wuqing-pair", secure, int(CODE_VALID.total_seconds()), "Strict")
        self._screens = screens

    def register(self, server: Flask) -> None:
        """Hand out what `viewer` found due."""

        def hand_out(response: Response) -> Response:
            token = g.pop("screen_token", None)
            if token is not None:
                self.own.give(response, token)
            return response

        server.after_request(hand_out)

    def token(self) -> str:
        """Return the token this request came with, or ""."""
        return self.own.read()

    def standing(self, address: str, *, fresh: bool = False) -> Standing | None:
        """Return the screen this request comes from, None when it is none of ours."""
        token = self.token()
        return self._screens.standing(token, address, fresh=fresh) if token else None

    def viewer(self, address: str) -> Viewer | None:
        """Return the screen as a viewer while it may show the wall, and note what it says."""
        standing = self.standing(address)
        if standing is None or standing.why is not None:
            return None
        if request.path.startswith("/live/"):
            g.screen_token = self._screens.note(self.token(), said(request.headers.get(SAYS, "")))
        return standing.device.viewer


def said(header: str) -> Report:
    """Read what a wall says about itself; what is not understood is not known."""
    build, age, heap = (*header.split(","), "", "", "")[:3]
    return Report(build.strip()[:12] or None, _count(age), _count(heap))


def _count(text: str) -> int | None:
    plain = text.strip()
    known = plain.isascii() and plain.isdecimal() and len(plain) < 9
    return min(int(plain), LARGEST) if known else None
