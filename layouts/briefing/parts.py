"""The pages around the meeting: its papers, what changed since, the register, the roster."""

from dash.development.base_component import Component

from layouts.desk.asking import Asking
from layouts.desk.controls import segments

PAPER, SINCE = "/briefing", "/since"


def parts(asking: Asking, here: str, paper: str = PAPER) -> Component:
    """Draw the choice among them; `paper` is the address of the issue that is looked at."""
    words, cycle = asking.words, asking.own.get("cycle")
    options = (
        ("paper", asking.to(paper, cycle=cycle)),
        ("since", asking.to(paper + SINCE, cycle=cycle)),
        ("issues", asking.to("/briefing/issues")),
        ("register", asking.to("/decisions")),
        ("duty", asking.to("/duty")),
    )
    texts = [(words.text(f"brief.part.{name}"), href, name == here) for name, href in options]
    return segments(texts, words.text("nav.brief"))
