"""A briefing for the projector: one message a page, turned by the keys that turn any page."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dash import html
from dash.development.base_component import Component

from layouts.briefing.document import Document, Part, Section
from layouts.briefing.drawn import face, line_of, section_body
from layouts.briefing.reference import Href
from layouts.briefing.slide_pages import pages_of
from layouts.words import Words

ITEMS, ROWS = 3, 12
"""So many matters and areas stand on the first page; those that are more have their own page."""


def slides(paper: Document, href: Href, words: Words) -> Component:
    """Draw the pages; an empty section is one line on its page, so that nobody waits for it.

    The first says it all: the sentence, the figures, what became of decisions, what to coordinate,
    and how the areas stand.
    """
    parts = [part for section in paper.sections for part in _parts(section, words)]
    whole = len(parts) + 1
    halves = html.Div([*_matters(paper, href, words), *_areas(paper, href, words)],
                      className="b-halves")  # fmt: skip
    body = [*face(paper, href), *_followed(paper, href), halves]
    first = _page(paper.title, body, paper, 1, whole)
    rest = [
        _page(part.title, section_body(part, href), paper, place, whole)
        for place, part in enumerate(parts, 2)
    ]
    return html.Div([first, *rest], className="b-slides", tabIndex="0", **{"data-slides": "1"})


def _parts(section: Section, words: Words) -> list[Section]:
    """Return a section's pages, which say how many they are where they are more than one."""
    pages = list(pages_of(section))
    if len(pages) == 1:
        return pages
    return [
        replace(
            page, title=words.text("brief.slides.part", title=section.title, n=at, of=len(pages))
        )
        for at, page in enumerate(pages, 1)
    ]


def _matters(paper: Document, href: Href, words: Words) -> Iterator[Component]:
    for section in paper.sections:
        if section.part is Part.MATTERS:
            held = len(section.tables[0].rows) if section.tables else len(section.items)
            short = replace(section, items=section.items[:ITEMS], tables=())
            yield _half(short, href, held - len(short.items), words)


def _areas(paper: Document, href: Href, words: Words) -> Iterator[Component]:
    """The first table whose rows stand on a scale."""
    tables = (table for section in paper.sections for table in section.tables)
    table = next((one for one in tables if one.scale is not None), None)
    if table is not None:
        short = Section(title=table.name, tables=(replace(table, rows=table.rows[:ROWS]),))
        yield _half(short, href, len(table.rows) - ROWS, words)


def _half(section: Section, href: Href, more: int, words: Words) -> Component:
    told = [html.Small(words.text("brief.slides.more", n=more))] if more > 0 else []
    return html.Div([html.H3(section.title), *section_body(section, href), *told])


def _followed(paper: Document, href: Href) -> list[Component]:
    """Say in a line what became of the decisions before."""
    sections = [one for one in paper.sections if one.part is Part.DECISIONS]
    return [
        html.P([html.B(one.title), " ", *line_of(each, href)], className="b-followed")
        for one in sections
        for each in one.lines
    ]


def _page(
    title: str, body: Sequence[Component], paper: Document, place: int, whole: int
) -> Component:
    marks = [html.Span(mark, className="chip") for mark in paper.marks]
    said = " · ".join(part for part in (paper.number, paper.day) if part)
    foot = html.Footer([html.Span(paper.cut), html.Span(f"{place} / {whole}")])
    head = html.Header([html.H2(title), html.Span(said), *marks])
    return html.Section([head, html.Div(list(body), className="b-body"), foot], className="b-slide")
