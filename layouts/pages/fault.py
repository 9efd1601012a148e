"""What stands in for a page that cannot be shown: what is wrong, and what to do."""

from dash import html

from layouts.address import AddressError
from layouts.desk.frame import DeskPage
from layouts.words import Words


def layout(status: int, error: AddressError | None, overview: str, words: Words) -> DeskPage:
    """Draw the page of a status: 400, 404, 500 or 503."""
    title = words.text(f"desk.fault.{status}.title")
    text = words.text(f"desk.fault.{status}")
    if error is not None:
        text = words.text(f"desk.fault.{status}", key=error.key, value=error.value[:80])
    back = html.A(words.text("desk.overview"), href=overview, className="d-button")
    return DeskPage(title=title, here="", body=[html.P(text, className="d-sentence"), back])
