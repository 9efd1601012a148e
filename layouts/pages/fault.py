"""What stands in for a page that cannot be shown: what is wrong, and what to do."""

from dash import html
from dash.development.base_component import Component

from layouts.address import AddressError
from layouts.desk.frame import DeskPage
from layouts.words import Words


def told(status: int, error: AddressError | None, words: Words) -> str:
    """Say what a status means, of an address what of it is wrong."""
    if error is not None:
        return words.text(f"desk.fault.{status}", key=error.key, value=error.value[:80])
    return words.text(f"desk.fault.{status}")


def layout(status: int, text: str, overview: str, words: Words, request: str = "") -> DeskPage:
    """Draw the page of a status: what is wrong in words, and the way back.

    `request` finds what failed in the log, "" where nothing did.
    """
    back = html.A(words.text("desk.overview"), href=overview, className="d-button")
    return DeskPage(
        title=words.text(f"desk.fault.{status}.title"),
        here="",
        body=[html.P(text, className="d-sentence"), *_found_by(request, words), back],
    )


def plain(status: int, text: str, again: str, words: Words, request: str) -> Component:
    """Draw it for somebody of whom nothing is known just now, and for pages beside the desk."""
    body = [
        html.H1(words.text(f"desk.fault.{status}.title")),
        html.P(text),
        *_found_by(request, words),
        html.A(words.text("desk.fault.again"), href=again),
    ]
    return html.Div(html.Main(body, className="door-page"), className="door")


def _found_by(request: str, words: Words) -> list[Component]:
    if not request:
        return []
    return [html.P([words.text("desk.fault.request"), " ", html.Code(request)], className="d-note")]
