"""The matters of the meeting on its page: each with what may be done with it right there."""

from dash import html
from dash.development.base_component import Component

from dashboard.briefing.issued import Issued
from layouts.briefing.deciding import deciding, place_of
from layouts.briefing.document import Section
from layouts.briefing.drawn import item, section_body
from layouts.briefing.editing import ALL, adding, edits, struck
from layouts.briefing.matters import items_of
from layouts.briefing.reference import Href
from layouts.desk.asking import Asking


def agenda_card(
    section: Section, issued: Issued, asking: Asking, href: Href, *, may_edit: bool
) -> Component:
    """Draw the matters; who may edit orders those of a draft, and decides about any."""
    briefing, words = issued.briefing, asking.words
    drafted = may_edit and issued.seal is None
    items = items_of(briefing, words)
    rows = []
    for at, (matter, one) in enumerate(zip(briefing.matters, items, strict=True)):
        deeds = edits(matter, at, len(items), issued, asking) if drafted else []
        deeds += deciding(matter, issued, asking, may_decide=may_edit)
        line = [html.Div(deeds, className="d-entries")] if deeds else []
        rows.append(item(one, href, line, id=place_of(matter.key)))
    said = ("brief.edit.note", "decision.names") if drafted else ()
    note = [html.P(words.text(key), className="d-note") for key in said]
    body = [html.Ol(rows, className="b-items")] if rows else section_body(section, href)
    more = [adding(issued, asking), *struck(issued, words)] if drafted else []
    return html.Section(
        [html.H2(html.Span(section.title)), *note, *body, *more],
        id=ALL,
        className="d-card b-section b-agenda",
    )
