"""Signing in and out over HTTP, and the pages of one's own account."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from dash import Dash
from dash.development.base_component import Component
from flask import Response, request

from callbacks import gate
from callbacks.home import home_of, spoken_in
from dashboard.access.door import Door, Refused
from dashboard.access.viewer import Viewer
from dashboard.sign_in_settings import ProviderSettings
from geodata.sketch import Sketch
from layouts.pages import account
from layouts.pages.sign_in import SignIn, Way, layout
from layouts.shell import plain_document
from layouts.words import Language, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Entrance:
    """What the pages before and beside the desk show; the first language is the default."""

    words: Mapping[Language, Words]
    titles: Mapping[Language, str]
    mottos: Mapping[Language, str]
    synthetic: bool
    sketch: Sketch | None
    county: str
    build: str
    providers: Mapping[str, ProviderSettings] = field(default_factory=dict)

    def form(self, language: Language, *, following: str, **said: object) -> str:
        """Write the sign-in page."""
        other = "zh-CN" if language == "en" else "en"
        page = SignIn(
            centre=self.titles[language],
            motto=self.mottos[language],
            synthetic=self.synthetic,
            other=f"{gate.SIGN_IN}?{urlencode({'lang': other, 'next': following})}",
            following=following,
            ways=self._ways(language, following),
            **said,  # type: ignore[arg-type]  # fields of SignIn, by name
        )
        words = self.words[language]
        return self._write(language, words.text("sign_in.title"), layout(page, self.sketch, words))

    def unlinked(self, kind: str, subject: str, language: Language) -> Response:
        """Say that somebody has no account here, though a provider knows them."""
        words = self.words[language]
        back = f"{gate.SIGN_IN}?{urlencode({'lang': language})}"
        body = account.unlinked(self.name_of(kind, language), subject, back, words)
        page = self._write(language, words.text("unlinked.title"), body)
        return Response(page, 403, mimetype="text/html")

    def name_of(self, kind: str, language: Language) -> str:
        """Return what a provider is called; "" for none of ours."""
        provider = self.providers.get(kind)
        if provider is None:
            return ""
        return (provider.name_en if language == "en" else None) or provider.name

    def left(self, kind: str, language: Language) -> Way | None:
        """Return where one signs out at a provider as well, if it has such a place."""
        provider = self.providers.get(kind)
        if provider is None or provider.end_session_url is None:
            return None
        return Way(self.name_of(kind, language), provider.end_session_url)

    def _ways(self, language: Language, following: str) -> tuple[Way, ...]:
        query = urlencode({"lang": language, "next": following})
        return tuple(
            Way(self.name_of(kind, language), f"{gate.ENTER}by/{kind}?{query}")
            for kind in self.providers
        )

    def denied(self, viewer: Viewer) -> Response:
        """Refuse a page to somebody signed in."""
        language = self.language()
        words = self.words[language]
        body = account.denied(viewer, self._home(viewer, language), words)
        page = self._write(language, words.text("denied.title"), body)
        return Response(page, 403, mimetype="text/html")

    def account(self, viewer: Viewer) -> Response:
        """Show somebody their own account."""
        language = self.language()
        words = self.words[language]
        body = account.account(viewer, self._home(viewer, language), words)
        page = self._write(language, words.text("account.title"), body)
        return Response(page, mimetype="text/html")

    def language(self) -> Language:
        """Return the language this request asks for."""
        asked = request.form.get("lang") or request.args.get("lang")
        return next((each for each in self.words if each == asked), next(iter(self.words)))

    def other_language(self) -> Language | None:
        """Return the language this request asks for where that is not the default."""
        asked = self.language()
        return None if asked == next(iter(self.words)) else asked

    def _home(self, viewer: Viewer, language: Language) -> str:
        return spoken_in(home_of(viewer, self.county), language)

    def _write(self, language: Language, title: str, body: Component) -> str:
        whole = f"{title} · {self.titles[language]}"
        return plain_document(language=language, title=whole, body=body, build=self.build)


def register(app: Dash, door: Door, cookie: gate.Cookie, entrance: Entrance) -> None:
    """Serve the way in, the way out and one's account."""

    def sign_in() -> Response:
        following = inside(request.values.get("next", ""))
        language = entrance.language()
        if request.method != "POST":
            left = entrance.left(request.args.get("left", ""), language)
            return form(200, entrance.form(language, following=following, left=left))
        login = request.form.get("login", "")[:60]
        password = request.form.get("password", "")
        found = door.sign_in(login, password, gate.address())
        if isinstance(found, Refused):
            said = {"login": login, "tries_left": found.tries_left}
            return form(401, entrance.form(language, following=following, **said))
        return let_in(cookie, found, following, chosen(found) or entrance.other_language())

    def enter(secret: str) -> Response:
        found = door.enter(secret, gate.address())
        following = inside(request.args.get("next", ""))
        if found is None:
            language = entrance.language()
            return form(401, entrance.form(language, following="/", trouble="link_used"))
        return let_in(cookie, found, following, chosen(found))

    def sign_out() -> Response:
        provider = door.sign_out(cookie.read(), gate.viewer(), gate.address())
        where = f"{gate.SIGN_IN}?{urlencode({'left': provider})}" if provider else gate.SIGN_IN
        where = spoken_in(where, entrance.other_language())
        response = Response(status=303, headers={"Location": where})
        cookie.take(response)
        return response

    def chosen(secret: str) -> str | None:
        found = door.viewer(secret, acts=False)
        return None if found is None else found.language

    def own_account() -> Response:
        return entrance.account(gate.viewer())

    rules: tuple[tuple[str, str, Callable[..., Response], list[str]], ...] = (
        (gate.SIGN_IN, "sign_in", sign_in, ["GET", "POST"]),
        (f"{gate.ENTER}<secret>", "enter", enter, ["GET"]),
        (gate.SIGN_OUT, "sign_out", sign_out, ["POST"]),
        (gate.ACCOUNT, "account", own_account, ["GET"]),
    )
    for rule, name, view, methods in rules:
        app.server.add_url_rule(rule, name, view, methods=methods)


def form(status: int, page: str) -> Response:
    """Answer with a page."""
    return Response(page, status, mimetype="text/html")


def let_in(cookie: gate.Cookie, secret: str, following: str, language: str | None) -> Response:
    """Hand over a session and go on, in a language unless the address asks for another."""
    response = Response(status=303, headers={"Location": spoken_in(following, language)})
    cookie.give(response, secret)
    return response


def inside(wanted: str) -> str:
    """Return an address of this server to go on to; whatever is none is the first page."""
    plain = wanted.startswith("/") and not wanted.startswith(("//", "/\\"))
    if not plain or any(ord(letter) < 0x20 or letter == "\\" for letter in wanted):
        return "/"
    parts = urlsplit(wanted)
    return "/" if parts.scheme or parts.netloc else wanted
