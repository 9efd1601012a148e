"""The pages around the meeting: its papers, what changed since, the register, the roster."""

from dash.development.base_component import Component

from layouts.desk.asking import Asking
from layouts.desk.controls import segments

PAPER, SINCE, ORDERS = "/briefing", "/since", "/orders"


def parts(asking: Asking, here: str, paper: str = PAPER, span: str = "day") -> Component:
    """Draw the choice among them.

    `paper` is the address of the issue that is looked at, `span` the key of what it is about.
    """
    words, cycle = asking.words, asking.own.get("cycle")
    options = (
        ("paper", "brief.part.paper", asking.to(paper, cycle=cycle)),
        ("since", f"brief.since.{span}", asking.to(paper + SINCE, cycle=cycle)),
        ("issues", "brief.part.issues", asking.to("/briefing/issues")),
        ("register", "brief.part.register", asking.to("/decisions")),
        ("duty", "brief.part.duty", asking.to("/duty")),
    )
    texts = [(words.text(key), href, name == here) for name, key, href in options]
    return segments(texts, words.text("nav.brief"))
