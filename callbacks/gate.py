"""The one gate before every route: who asks, and whether they may. What is not listed is denied."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import quote, urlencode, urlsplit

from dash import Dash
from flask import Flask, Response, g, request

from callbacks.needed import is_listed, needed
from callbacks.screen_pass import ScreenPass
from dashboard.access.door import Door
from dashboard.access.role import Role
from dashboard.access.viewer import Viewer

SIGN_IN, SIGN_OUT, ENTER, ACCOUNT = "/sign-in", "/sign-out", "/enter/", "/account"
PAIR, SCREENS = "/pair", "/screens"
DECISIONS, BRIEFING, EDITING = "/decisions", "/briefing", "/briefing/edit"
DUTY = "/duty"

OPEN = (SIGN_IN, "/healthz", "/readyz", PAIR)
"""Paths anybody may ask for, and (below) what lies under these: a link decides for itself."""
OPEN_UNDER = (ENTER, "/assets/")

FOR_ALL = ("/", SIGN_OUT, ACCOUNT)
"""What everybody signed in may ask for."""

OF_SCREENS = ("/", "/wall")
"""Where a screen that shows nothing any more is told so; a person is asked to sign in."""

LARGEST_BODY = 64 * 1024
"""Bytes of a form; nothing larger is sent here."""

LARGEST_HEADERS = 32 * 1024
"""Bytes of all headers together: gunicorn bounds each, waitress all."""

POSTED = frozenset({SIGN_IN, SIGN_OUT, PAIR, SCREENS, DECISIONS, BRIEFING, EDITING, DUTY})
POSTED_UNDER = (f"{DECISIONS}/", f"{DUTY}/")
"""Where forms are sent; each looks itself at what its sender may do."""
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


def register(  # noqa: PLR0913 -- who comes: people, screens, and through which proxies
    app: Dash,
    door: Door,
    cookie: Cookie,
    screens: ScreenPass,
    proxies: Sequence[str],
    refused: Callable[[Viewer], Response],
    programs: Mapping[str, Callable[[], bool]],
) -> None:
    """Guard every route of the server; call it before anything else is registered.

    `proxies` are believed about whose request they pass on. `refused` makes the page for somebody
    who may not see what they ask for. Paths of `programs` are no person's: each is asked whether it
    lets this request in.
    """
    app.server.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY

    def check() -> Response | None:
        g.address = _address(frozenset(proxies))
        if (malformed := _refuse_malformed()) is not None:
            return malformed
        if request.method not in SAFE and (foreign := _refuse_unsafe()) is not None:
            return foreign
        if request.path in OPEN or request.path.startswith(OPEN_UNDER):
            return None
        if request.path in programs:
            return None if programs[request.path]() else _plain(401)
        found = door.viewer(cookie.read(), acts=not is_poll()) if cookie.read() else None
        found = found or screens.viewer(g.address)
        if found is None:
            return _dark() if screens.token() and _of_screens() else _sign_in_first()
        g.viewer = found
        if request.path in _for_all(found) or found.may(needed(request.path)):
            return None
        door.write_down(found, "refused", g.address, request.path[:80])
        return refused(found) if _wants_a_page() else _plain(403)

    app.server.before_request(check)


class UnlistedError(Exception):
    """There is a page or a route nobody has said who may open; the message names it."""


def refuse_unlisted(server: Flask, pages: Iterable[str], others: Collection[str]) -> None:
    """Refuse to start with an address that nothing says who may open.

    `pages` are the patterns of those behind Dash's rule for everything else; it and what no person
    asks for are `others`. Call it when all is registered.

    Raises:
        UnlistedError: one is neither open, nor everybody's, nor in `needed.NEEDED`.
    """
    known = {*OPEN, *FOR_ALL, *others}
    rules = (rule.rule for rule in server.url_map.iter_rules())
    routes = (rule for rule in rules if rule not in known and not rule.startswith(OPEN_UNDER))
    for address in (*routes, *pages):
        if not is_listed(address):
            raise UnlistedError(f"callbacks/needed.py does not say what {address} needs")


def _for_all(found: Viewer) -> Sequence[str]:
    return FOR_ALL[:1] if found.role is Role.SCREEN else FOR_ALL


def _of_screens() -> bool:
    return request.path in OF_SCREENS or request.path.startswith("/live/")


def _dark() -> Response:
    """Send a screen that is no longer let in to where it says why; a poll is told by a header."""
    if not _wants_a_page():
        response = _plain(401)
        response.headers["X-Screen"] = PAIR
        return response
    language = request.args.get("lang", "")
    where = f"{PAIR}?lang={quote(language, safe='')}" if language else PAIR
    return Response(status=302, headers={"Location": where})


def _refuse_malformed() -> Response | None:
    """Refuse what no browser sends and no database takes."""
    if sum(len(name) + len(value) for name, value in request.headers) > LARGEST_HEADERS:
        return _plain(431)
    texts = (text for _, text in request.values.items(multi=True))
    return _plain(400) if any("\0" in text for text in (request.path, *texts)) else None


def _refuse_unsafe() -> Response | None:
    """Refuse what changes something and does not come from a page of ours."""
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    origin = request.headers.get("Origin")
    if site not in ("same-origin", "none"):
        return _plain(403)
    if origin is not None and urlsplit(origin).netloc != request.host:
        return _plain(403)
    known = request.path in POSTED or request.path.startswith(POSTED_UNDER)
    return None if known else _plain(405)


def _sign_in_first() -> Response:
    if not _wants_a_page():
        return _plain(401)
    whole, language = request.full_path.rstrip("?"), request.args.get("lang")
    said = {} if whole == "/" else {"next": whole}
    said |= {"lang": language} if language else {}
    where = f"{SIGN_IN}?{urlencode(said)}" if said else SIGN_IN
    return Response(status=302, headers={"Location": where})


def _wants_a_page() -> bool:
    return request.method in SAFE and navigates()


def navigates() -> bool:
    """Tell a browser that goes somewhere, also with a form, from a script that fetches."""
    mode = request.headers.get("Sec-Fetch-Mode", "navigate")
    asks = request.accept_mimetypes.quality("text/html") > 0
    scripts = request.path.startswith(("/live/", "/desk/", "/_"))
    return mode == "navigate" and asks and not scripts


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
