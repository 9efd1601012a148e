"""The end of an explanation: the way to the same rows as a list, and which snapshot it is of."""

from dash import html
from dash.development.base_component import Component

from dashboard.drilldown.case_list import ListView
from dashboard.drilldown.explain import Explanation
from dashboard.figures.composition import Part
from dashboard.terms import Colour
from layouts import format as fmt
from layouts.desk.asking import Asking
from layouts.desk.moment import known_text

LISTED = {
    "open": ListView.OPEN,
    "overdue": ListView.OVERDUE,
    "awaits_follow_up": ListView.FOLLOW_UP,
    "accepted": ListView.ACCEPTED,
    "closed": ListView.CLOSED,
    "missed": ListView.MISSED,
}
"""Lists that hold the counted rows of a figure under the same question, over the same period."""

OF_COLOUR = {str(colour): colour for colour in Colour if colour is not Colour.NONE}
"""Figures of open cases in one colour."""


def foot(found: Explanation, asking: Asking) -> Component:
    """Lead to the list of exactly the rows shown, where there is one, and name the snapshot."""
    words = asking.words
    href = whole_list(found, asking)
    link = []
    if href is not None and found.listing.total:
        n = fmt.number(found.listing.total)
        link = [html.A(words.text("explain.open_all", n=n), href=href)]
    frozen = asking.asking(asking.question.at(found.as_of, asking.question.known))
    local = found.as_of.astimezone(words.zone)
    name = f"{local:%Y%m%d-%H%M%S}"
    known = known_text(asking.question, words)
    return html.Footer(
        [
            *link,
            html.Span(
                [words.text("explain.snapshot"), " ", html.A(name, href=frozen), f" · {known}"],
                className="r",
                title=words.text("explain.snapshot.note"),
            ),
        ],
        className="x-foot",
    )


def whole_list(found: Explanation, asking: Asking) -> str | None:
    """Return the address of the list of the rows shown; None where no list holds just these."""
    question = asking.question
    if found.figure == "on_time_rate" and found.part is Part.REST:
        return asking.to("/cases", question, view=ListView.MISSED)
    if found.part is not Part.COUNTED:
        return None
    if found.figure in LISTED:
        view = LISTED[found.figure]
        return asking.to("/cases", question, view=None if view is ListView.OPEN else view)
    colour = OF_COLOUR.get(found.figure)
    if colour is None or question.filters.colours - {colour}:
        return None
    return asking.to("/cases", question.about(colours=frozenset({str(colour)})))
