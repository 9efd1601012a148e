"""One's own account, and what is said to somebody who may not see a page."""

from dash import html
from dash.development.base_component import Component

from dashboard.access.role import Right
from dashboard.access.viewer import Viewer
from layouts.desk.controls import Input
from layouts.words import Words


def account(viewer: Viewer, home: str, words: Words) -> Component:
    """Draw who is signed in, what that lets one see, and the way out."""
    facts = [
        ("account.name", viewer.name),
        ("account.login", viewer.login),
        ("account.role", words.text(f"role.{viewer.role}")),
        ("account.scope", scope_of(viewer, words) or words.text("account.scope.everything")),
    ]
    listed = [part for key, text in facts for part in (html.Dt(words.text(key)), html.Dd(text))]
    spoken = Input(name="lang", type="hidden", value=words.language)
    out = html.Button(words.text("account.sign_out"), type="submit")
    return _page(
        words.text("account.title"),
        [html.Dl(listed), html.A(words.text("denied.home"), href=home), *_screens(viewer, words),
         html.Form([spoken, out], method="POST", action="/sign-out")],
    )  # fmt: skip


def _screens(viewer: Viewer, words: Words) -> list[Component]:
    if not viewer.may(Right.ADMINISTER):
        return []
    return [" · ", html.A(words.text("screens.title"), href=f"/screens?lang={words.language}")]


def denied(viewer: Viewer, home: str, words: Words) -> Component:
    """Say that a page is not theirs, who they are here, and where theirs is."""
    role = words.text(f"role.{viewer.role}")
    return _page(
        words.text("denied.title"),
        [
            html.P(words.text("denied.text", name=viewer.name, role=role)),
            html.A(words.text("denied.home"), href=home),
        ],
    )


def unlinked(provider: str, subject: str, back: str, words: Words) -> Component:
    """Say that a provider knows somebody who has no account here, and what to do about it."""
    listed = [html.Dt(words.text("unlinked.subject")), html.Dd(html.Code(subject))]
    return _page(
        words.text("unlinked.title"),
        [
            html.P(words.text("unlinked.text", name=provider)),
            html.Dl(listed),
            html.P(words.text("unlinked.next")),
            html.A(words.text("unlinked.back"), href=back),
        ],
    )


def scope_of(viewer: Viewer, words: Words) -> str:
    """Name what a viewer is bound to; "" for everything."""
    english = words.language == "en"
    return words.text("scope.and").join(place.name(english=english) for place in viewer.places)


def _page(title: str, body: list[Component]) -> Component:
    return html.Div(html.Main([html.H1(title), *body], className="door-page"), className="door")
