"""Where one signs in: the place, its name, and one form that works without a script."""

from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component
from dash_svg import G, Path, Svg

from geodata.sketch import Sketch
from layouts.desk.controls import Input
from layouts.words import Words


@dataclass(frozen=True, slots=True)
class Way:
    """Somebody else who says who one is: their name and the address that leads there."""

    name: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """What the form shows.

    `login` is what was typed, `following` the address to go on to, `ways` the providers beside the
    form. `tries_left` is None before the first try, 0 while locked. `trouble` is what else is said:
    why somebody came back from a provider without being let in (`through`), or that a link works no
    more. `left` is where one has signed out of here, and is still signed in.
    """

    centre: str
    motto: str
    synthetic: bool
    other: str
    following: str = "/"
    login: str = ""
    tries_left: int | None = None
    trouble: str | None = None
    through: str = ""
    ways: tuple[Way, ...] = ()
    left: Way | None = None


def layout(page: SignIn, sketch: Sketch | None, words: Words) -> Component:
    """Draw the page."""
    return html.Div(
        [html.Main([_place(page, sketch, words), _form(page, words)]), _foot(page, words)],
        className="door",
    )


def _place(page: SignIn, sketch: Sketch | None, words: Words) -> Component:
    name = html.Div(
        [
            html.I(className="mark"),
            html.Div([html.B(page.centre), html.Span(words.text("sign_in.platform"))]),
        ],
        className="door-name",
    )
    drawn = [] if sketch is None else [_outline(sketch)]
    note = [html.P(words.text("app.schematic.note"), className="door-note")] if sketch else []
    return html.Section([name, *drawn, html.P(page.motto, className="door-motto"), *note])


def _outline(sketch: Sketch) -> Component:
    areas = G([Path(d=area.path, className="a") for area in sketch.areas])
    own = [(kind, path) for kind, path in sketch.lines if kind != "context"]
    lines = [Path(d=path, className=f"l-{kind}") for kind, path in own]
    return Svg([areas, *lines], viewBox=f"0 0 {sketch.width} {sketch.height}", className="door-map")


def _form(page: SignIn, words: Words) -> Component:
    name, word = words.text("sign_in.login"), words.text("sign_in.password")
    fields = [
        html.H1(words.text("sign_in.title")),
        html.P(words.text("sign_in.lead"), className="door-lead"),
        html.Label(name, htmlFor="login"),
        Input(id="login", name="login", type="text", value=page.login, required="required",
              autoComplete="username", maxLength="60"),
        html.Label(word, htmlFor="password"),
        Input(id="password", name="password", type="password", required="required",
              autoComplete="current-password", maxLength="128"),
        *_said(page, words),
        Input(name="next", type="hidden", value=page.following),
        Input(name="lang", type="hidden", value=words.language),
        html.Button(words.text("sign_in.button"), type="submit"),
        *_ways(page, words),
        html.P(words.text("sign_in.forgotten"), className="door-note"),
    ]  # fmt: skip
    return html.Section(html.Form(fields, method="POST", action="/sign-in"), className="door-form")


def _said(page: SignIn, words: Words) -> list[Component]:
    """Say what went wrong, never which of the two it was."""
    if page.left is not None:
        title = html.B(words.text("sign_in.left.title"))
        link = html.A(words.text("sign_in.left", name=page.left.name), href=page.left.address)
        return [html.Div(html.Div([title, link]), className="door-said is-done", role="status")]
    if page.trouble is not None:
        key = f"sign_in.{page.trouble}"
    elif page.tries_left is None:
        return []
    else:
        key = "sign_in.refused" if page.tries_left else "sign_in.locked"
    title = html.B(words.text(f"{key}.title", name=page.through))
    text = html.Span(words.text(key, n=page.tries_left, name=page.through))
    said = [html.I(className="sy yellow"), html.Div([title, text])]
    return [html.Div(said, className="door-said", role="alert")]


def _ways(page: SignIn, words: Words) -> list[Component]:
    if not page.ways:
        return []
    links = [html.A(way.name, href=way.address, className="door-way") for way in page.ways]
    return [html.Div(html.Span(words.text("sign_in.or")), className="door-or"), *links]


def _foot(page: SignIn, words: Words) -> Component:
    demo = words.text("sign_in.demo") if page.synthetic else ""
    other = html.A(words.text("desk.other_language"), href=page.other)
    return html.Footer([html.Span(demo), other])
