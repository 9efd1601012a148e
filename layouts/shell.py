"""The HTML document around every page."""

from html import escape

from layouts.words import Language

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
