"""The HTML document around every page, and the page that stands in for one."""

from collections.abc import Sequence
from functools import cache
from html import escape
from importlib import resources

from dash import html
from dash.development.base_component import Component

from layouts.markup import markup
from layouts.words import Language, Words

PAGE = """<!DOCTYPE html>
<html lang="{language}" class="{kind}" data-theme="{theme}">
<head>
{metas}
<title>{title}</title>
{favicon}
{css}
</head>
<body>
<div id="react-entry-point"></div>
<footer>
{config}
{scripts}
{renderer}
</footer>
</body>
</html>
"""

OWN = """<!DOCTYPE html>
<html lang="{language}" class="{kind}" data-theme="{theme}">
<head>
<meta charset="UTF-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" type="image/x-icon" href="/assets/favicon.ico?m={build}">
{styles}
</head>
<body>
{body}
</body>
</html>
"""
"""A document Dash has no part in."""

DESK_BODY = """<div id="desk"></div>
<script type="application/json" id="desk-page" data-build="{build}" data-as-of="{as_of}" \
data-address="{address}">{page}\
</script>
{scripts}"""

SCREEN_STYLES = ("00-fonts.css", "10-tokens.css", "20-base.css", "30-wall.css", "71-screens.css")

DESK_SCRIPTS = (
    "draw.js", "patch.js", "desk-ask.js", "desk-drawer.js", "desk-keys.js", "desk-help.js",
    "desk-hands.js", "desk.js",
)  # fmt: skip
"""A desk page is drawn by our own scripts alone; Dash's renderer is for the wall."""

NOT_ON_THE_WALL = r"^(desk.*|patch|pair)\.js$|^[67]\d-.*\.css$"
"""Assets Dash need not put into the wall's document; they are served all the same."""


def document(*, language: Language, title: str, **parts: str) -> str:
    """Put Dash's parts into the wall's document.

    Dash's own entry says "Loading..." in English; ours is empty until the page is there.
    """
    parts["title"] = escape(title)
    return PAGE.format(language=language, kind="wall", theme="dark", **parts)


def desk_document(  # noqa: PLR0913 -- all a document says
    *, language: Language, title: str, page: bytes, as_of: int | None, build: str, address: str = ""
) -> str:
    """Put a drawn page into its document, to be shown without a second question to the server.

    `address` is where the page stands if it is not the document's own: what answers a form.

    `as_of` is the instant of its figures in epoch milliseconds. `build` marks the addresses of
    styles and scripts, so that they may be kept for a year.
    """
    scripts = [f'<script src="/assets/{name}?m={build}"></script>' for name in DESK_SCRIPTS]
    body = DESK_BODY.format(
        page=page.decode().replace("<", "\\u003c"),
        as_of="" if as_of is None else as_of,
        build=build,
        address=escape(address),
        scripts="\n".join(scripts),
    )
    return _own(language, title, body, build)


def plain_document(*, language: Language, title: str, body: Component, build: str) -> str:
    """Write a page that needs no script."""
    return _own(language, title, markup(body), build)


def screen_document(*, language: Language, title: str, body: Component, build: str) -> str:
    """Write what a screen shows that does not show the wall."""
    own = f'{markup(body)}\n<script src="/assets/pair.js?m={build}"></script>'
    return _own(language, title, own, build, on_the_wall=True)


def _own(
    language: Language, title: str, body: str, build: str, *, on_the_wall: bool = False
) -> str:
    kind, theme, sheets = (
        ("wall", "dark", SCREEN_STYLES) if on_the_wall else ("desk", "light", desk_styles())
    )
    return OWN.format(
        language=language,
        kind=kind,
        theme=theme,
        title=escape(title),
        body=body,
        build=build,
        styles=_styles(build, sheets),
    )


def _styles(build: str, sheets: Sequence[str]) -> str:
    links = (f'<link rel="stylesheet" href="/assets/{name}?m={build}">' for name in sheets)
    return "\n".join(links)


@cache
def desk_styles() -> tuple[str, ...]:
    """Name the style sheets of desk pages in order: what every page shares, and from 60 on."""
    names = (entry.name for entry in resources.files("layouts").joinpath("assets").iterdir())
    sheets = sorted(name for name in names if name.endswith(".css"))
    return tuple(name for name in sheets if not "30" <= name[:2] < "60")


def no_page(words: Words) -> Component:
    """What the wall's address shows while there is no board."""
    back = html.A(words.text("area.back"), href=f"/wall?lang={words.language}")
    return html.Main([html.P(words.text("fault.page")), back], className="no-page")
