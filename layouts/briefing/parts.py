"""The pages around the meeting: its papers, the register of what it decided, the roster."""

from dash.development.base_component import Component

from layouts.desk.asking import Asking
from layouts.desk.controls import segments

PARTS = (("paper", "/briefing"), ("issues", "/briefing/issues"), ("register", "/decisions"),
         ("duty", "/duty"))  # fmt: skip


def parts(asking: Asking, here: str) -> Component:
    """Draw the choice among them."""
    words = asking.words
    options = [
        (words.text(f"brief.part.{name}"), asking.to(path), name == here) for name, path in PARTS
    ]
    return segments(options, words.text("nav.brief"))
