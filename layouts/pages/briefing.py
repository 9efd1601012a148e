"""A briefing on a page: what it says, its files, and what may be done with it."""

from functools import partial

from dash import html
from dash.development.base_component import Component

from dashboard.briefing.issued import Issued
from layouts.briefing.agenda import agenda_card
from layouts.briefing.corrected import corrected_card
from layouts.briefing.document import Document, Part, Section
from layouts.briefing.drawn import face, section_card
from layouts.briefing.headline import span_key
from layouts.briefing.hrefs import hrefs
from layouts.briefing.parts import parts
from layouts.briefing.reference import Href
from layouts.briefing.slides import slides
from layouts.desk.asking import Asking
from layouts.desk.controls import Input, button
from layouts.desk.frame import DeskPage
from layouts.panels.marks import symbol
from layouts.words import Words

FILES = ("pdf", "docx", "xlsx", "txt")
WIDE = 6
"""A table of more columns stands across the page."""


def layout(
    paper: Document,
    asking: Asking,
    issued: Issued,
    *,
    may_edit: bool,
) -> DeskPage:
    """Draw the page; who may edit a draft may seal it."""
    words, issue = asking.words, issued.briefing.issue
    href = hrefs(issued.briefing, asking, asking.path)
    files = f"/export/briefing/{issue.cycle}/{issue.day.isoformat()}"
    kept = [
        button(words.text(f"brief.file.{kind}"), f"{files}.{kind}?lang={words.language}",
               download=True)
        for kind in FILES
    ]  # fmt: skip
    theirs = may_edit and issued.seal is None
    sealing = [_seal_form(issued, words)] if theirs else []
    agenda = partial(agenda_card, issued=issued, asking=asking, href=href, may_edit=may_edit)
    sections = [
        _across(agenda(section)) if section.part is Part.MATTERS else _card(section, href)
        for section in paper.sections
    ]
    return DeskPage(
        title=paper.title,
        chips=[
            parts(asking, "paper", asking.path, span_key(issued.briefing.issue)),
            *(html.Span(mark, className="chip") for mark in (paper.number, *paper.marks) if mark),
        ],
        here="brief",
        note=paper.day,
        moment=paper.cut,
        controls=[button(words.text("brief.slides"), asking.same(view="slides")), *kept, *sealing],
        body=[
            *_said(issued, words),
            *face(paper, href),
            html.Div(sections, className="b-sections"),
            *corrected_card(issued, asking),
            *([html.P(paper.seal, className="d-note b-seal")] if paper.seal else []),
        ],
    )


def projected(paper: Document, asking: Asking, issued: Issued) -> DeskPage:
    """Draw it for the projector."""
    href = hrefs(issued.briefing, asking, asking.path)
    return DeskPage(
        title=paper.title, here="brief", body=[slides(paper, href, asking.words)], bare=True
    )


def _card(section: Section, href: Href) -> Component:
    wide = any(len(table.columns) > WIDE for table in section.tables)
    drawn = section_card(section, href)
    return _across(drawn) if wide else drawn


def _across(card: Component) -> Component:
    return html.Div(card, className="wide")


def _seal_form(issued: Issued, words: Words) -> Component:
    issue = issued.briefing.issue
    fields = {"cycle": issue.cycle, "day": issue.day.isoformat(), "lang": words.language}
    hidden = [Input(type="hidden", name=name, value=str(value)) for name, value in fields.items()]
    send = html.Button(words.text("brief.seal"), type="submit", className="d-button primary")
    return html.Form([*hidden, send], method="POST", action="/briefing")


def _said(issued: Issued, words: Words) -> list[Component]:
    """Say that a sealed paper was altered."""
    if issued.intact:
        return []
    text = html.B(words.text("brief.fault.altered"))
    return [html.Div([symbol("yellow"), text], className="d-past", role="alert")]
