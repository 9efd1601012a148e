"""A briefing for the projector: one message a page, turned by the keys that turn any page."""

from dash import html
from dash.development.base_component import Component

from layouts.briefing.document import Document
from layouts.briefing.drawn import CaseHref, face, section_body


def slides(paper: Document, case_href: CaseHref, hrefs: list[str | None]) -> Component:
    """Draw the pages; an empty section is one line on its page, so that nobody waits for it."""
    whole = len(paper.sections) + 1
    first = _page(paper.title, face(paper, hrefs), paper, 1, whole)
    rest = [
        _page(section.title, section_body(section, case_href), paper, place, whole)
        for place, section in enumerate(paper.sections, 2)
    ]
    return html.Div([first, *rest], className="b-slides", **{"data-slides": "1"})


def _page(title: str, body: list[Component], paper: Document, place: int, whole: int) -> Component:
    marks = [html.Span(mark, className="chip") for mark in paper.marks]
    said = " · ".join(part for part in (paper.number, paper.day) if part)
    foot = html.Footer([html.Span(paper.cut), html.Span(f"{place} / {whole}")])
    head = html.Header([html.H2(title), html.Span(said), *marks])
    return html.Section([head, html.Div(body, className="b-body"), foot], className="b-slide")
