"""A briefing for the projector: one message a page, turned by the keys that turn any page."""

from collections.abc import Sequence
from dataclasses import replace

from dash import html
from dash.development.base_component import Component

from layouts.briefing.document import Document, Section
from layouts.briefing.drawn import face, section_body
from layouts.briefing.reference import Href


def slides(paper: Document, href: Href) -> Component:
    """Draw the pages; an empty section is one line on its page, so that nobody waits for it.

    The first says it all: the sentence, the figures, what to coordinate, and how the areas stand.
    """
    whole = len(paper.sections) + 1
    beside = [_part(section, href) for section in _in_short(paper)]
    body = [*face(paper, href), html.Div(beside, className="b-halves")]
    first = _page(paper.title, body, paper, 1, whole)
    rest = [
        _page(section.title, section_body(section, href), paper, place, whole)
        for place, section in enumerate(paper.sections, 2)
    ]
    return html.Div([first, *rest], className="b-slides", tabIndex="0", **{"data-slides": "1"})


def _in_short(paper: Document) -> list[Section]:
    """The matters, and the first table whose rows stand on a scale."""
    scaled = (
        Section(title=table.name, tables=(table,))
        for section in paper.sections
        for table in section.tables
        if table.scale is not None
    )
    matters = [replace(first, tables=()) for first in paper.sections[:1]]
    return [*matters, *([found] if (found := next(scaled, None)) else [])]


def _part(section: Section, href: Href) -> Component:
    return html.Div([html.H3(section.title), *section_body(section, href)])


def _page(
    title: str, body: Sequence[Component], paper: Document, place: int, whole: int
) -> Component:
    marks = [html.Span(mark, className="chip") for mark in paper.marks]
    said = " · ".join(part for part in (paper.number, paper.day) if part)
    foot = html.Footer([html.Span(paper.cut), html.Span(f"{place} / {whole}")])
    head = html.Header([html.H2(title), html.Span(said), *marks])
    return html.Section([head, html.Div(list(body), className="b-body"), foot], className="b-slide")
