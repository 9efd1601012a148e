"""The one gate before every route: who asks, and whether they may. What is not listed is denied."""

from collections.abc import Callable, Sequence
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from dash import Dash
from flask import Response, g, request

from dashboard.access.door import Door
from dashboard.access.role import Right
from dashboard.access.viewer import Viewer

SIGN_IN, SIGN_OUT, ENTER, ACCOUNT = "/sign-in", "/sign-out", "/enter/", "/account"

OPEN = (SIGN_IN, "/healthz", "/readyz")
"""Paths anybody may ask for, and (below) what lies under these: a link decides for itself."""
OPEN_UNDER = (ENTER, "/assets/")

NEEDED = (
    ("/wall", Right.WALL),
    ("/live/", Right.WALL),
    ("/_", Right.WALL),
    ("/export/", Right.EXPORT),
)
"""What a path that begins so needs; every other needs the desk."""

FOR_ALL = ("/", SIGN_OUT, ACCOUNT)
"""What everybody signed in may ask for."""

LARGEST_BODY = 64 * 1024
"""Bytes of a form; nothing larger is sent here."""

POSTED = frozenset({SIGN_IN, SIGN_OUT})
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class Cookie(NamedTuple):
    """How the session's secret travels: over TLS alone where there is TLS."""

    secure: bool

    @property
    def name(self) -> str:
        """A name with this prefix cannot be set by another host or over plain HTTP."""
        return "__Host-wuqing" if self.secure else "wuqing"

    def give(self, response: Response, secret: str) -> None:
        """Hand a session to a browser; it ends with the browser, or when the server says so."""
        response.set_cookie(
            self.name, secret, httponly=True, samesite="Lax", secure=self.secure, path="/"
        )

    def take(self, response: Response) -> None:
        """Have a browser forget it."""
        response.delete_cookie(
            self.name, httponly=True, samesite="Lax", secure=self.secure, path="/"
        )

    def read(self) -> str:
        """Return the secret this request came with, or ""."""
        return request.cookies.get(self.name, "")


def viewer() -> Viewer:
    """Return who asks; the gate has let nobody else in."""
    known: Viewer = g.viewer
    return known


def known_viewer() -> Viewer | None:
    """Return who asks, None where anybody may."""
    found: Viewer | None = g.get("viewer")
    return found


def address() -> str:
    """Return the network address this request comes from."""
    known: str = g.address
    return known


def register(
    app: Dash,
    door: Door,
    cookie: Cookie,
    proxies: Sequence[str],
    refused: Callable[[Viewer], Response],
) -> None:
    """Guard every route of the server; call it before anything else is registered.

    `proxies` are believed about whose request they pass on. `refused` makes the page for somebody
    who may not see what they ask for.
    """
    app.server.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY

    def check() -> Response | None:
        g.address = _address(frozenset(proxies))
        if request.method not in SAFE and (foreign := _refuse_unsafe()) is not None:
            return foreign
        if request.path in OPEN or request.path.startswith(OPEN_UNDER):
            return None
        found = door.viewer(cookie.read(), acts=not is_poll()) if cookie.read() else None
        if found is None:
            return _sign_in_first()
        g.viewer = found
        if request.path in FOR_ALL or found.may(_needed(request.path)):
            return None
        door.write_down(found, "refused", g.address, request.path[:80])
        return refused(found) if _wants_a_page() else _plain(403)

    app.server.before_request(check)


def _needed(path: str) -> Right:
    return next((right for start, right in NEEDED if path.startswith(start)), Right.DESK)


def _refuse_unsafe() -> Response | None:
    """Refuse what changes something and does not come from a page of ours."""
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    origin = request.headers.get("Origin")
    if site not in ("same-origin", "none"):
        return _plain(403)
    if origin is not None and urlsplit(origin).netloc != request.host:
        return _plain(403)
    return None if request.path in POSTED else _plain(405)


def _sign_in_first() -> Response:
    if not _wants_a_page():
        return _plain(401)
    whole = request.full_path.rstrip("?")
    where = SIGN_IN if whole == "/" else f"{SIGN_IN}?next={quote(whole, safe='')}"
    return Response(status=302, headers={"Location": where})


def _wants_a_page() -> bool:
    """Tell a browser that goes somewhere from a script that fetches."""
    mode = request.headers.get("Sec-Fetch-Mode", "navigate")
    asks = request.accept_mimetypes.quality("text/html") > 0
    scripts = request.path.startswith(("/live/", "/desk/", "/_"))
    return request.method in SAFE and mode == "navigate" and asks and not scripts


def is_poll() -> bool:
    """Tell whether a page only asks whether it is still the newest."""
    return request.path.startswith("/live/") or (
        request.path == "/desk/page" and "If-None-Match" in request.headers
    )


def _address(proxies: frozenset[str]) -> str:
    found = request.remote_addr or ""
    passed = [each.strip() for each in request.headers.get("X-Forwarded-For", "").split(",")]
    while found in proxies and passed and passed[-1]:
        found = passed.pop()
    return found[:45]


def _plain(status: int) -> Response:
    return Response("", status=status, content_type="text/plain; charset=utf-8")
