"""The HTML document around every page, and the page that stands in for one."""

from html import escape

from dash import html
from dash.development.base_component import Component

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

THEMES = {"wall": "dark", "desk": "light"}


def document(*, language: Language, kind: str, title: str, **parts: str) -> str:
    """Put Dash's parts into the document; `kind` is "wall" or "desk".

    Dash's own entry says "Loading..." in English; ours is empty until the page is there.
    """
    parts["title"] = escape(title)
    return PAGE.format(language=language, kind=kind, theme=THEMES[kind], **parts)


def no_page(words: Words) -> Component:
    """What an address shows that has no page, or whose page cannot be drawn now."""
    back = html.A(words.text("area.back"), href=f"/wall?lang={words.language}", className="back")
    return html.Main([html.P(words.text("fault.page")), back], className="area-page")
