"""A briefing on a page: what it says, its files, and what may be done with it."""

from functools import partial

from dash import html
from dash.development.base_component import Component

from dashboard.briefing.issued import Correction, Issued
from dashboard.figures.unit import Unit
from layouts import format as fmt
from layouts.briefing.agenda import agenda_card
from layouts.briefing.document import Document, Part, Section
from layouts.briefing.drawn import face, section_card
from layouts.briefing.headline import span_key
from layouts.briefing.hrefs import hrefs
from layouts.briefing.parts import parts
from layouts.briefing.reference import Href
from layouts.briefing.said import township_name, type_name
from layouts.briefing.slides import slides
from layouts.desk.asking import Asking
from layouts.desk.card import card, empty
from layouts.desk.controls import Input, button
from layouts.desk.frame import DeskPage
from layouts.desk.table import short_code
from layouts.names import joined, unit_name
from layouts.panels.marks import symbol
from layouts.unsealed import which, why
from layouts.words import Words

FILES = ("pdf", "docx", "xlsx", "txt")
MINUTE_S = 60
WIDE = 6
"""A table of more columns stands across the page."""


def layout(
    paper: Document,
    asking: Asking,
    issued: Issued,
    *,
    may_edit: bool,
    fault: str = "",
) -> DeskPage:
    """Draw the page; `fault` tells why something was not done.

    Who may edit a draft may seal it.
    """
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
        agenda(section) if section.part is Part.MATTERS else _card(section, href)
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
            *_said(issued, fault, words),
            *face(paper, href),
            html.Div(sections, className="b-sections"),
            *_corrected(issued, asking),
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
    return html.Div(drawn, className="wide") if wide else drawn


def _seal_form(issued: Issued, words: Words) -> Component:
    issue = issued.briefing.issue
    fields = {"cycle": issue.cycle, "day": issue.day.isoformat(), "lang": words.language}
    hidden = [Input(type="hidden", name=name, value=str(value)) for name, value in fields.items()]
    send = html.Button(words.text("brief.seal"), type="submit", className="d-button primary")
    return html.Form([*hidden, send], method="POST", action="/briefing")


def _said(issued: Issued, fault: str, words: Words) -> list[Component]:
    """What went wrong, and that a sealed paper was altered."""
    texts = [words.text(f"brief.fault.{fault}")] if fault else []
    if issued.late is not None:
        told = which(issued.late, words), why(issued.late, words), words.text("unsealed.again")
        texts.append(joined(*told))
    if not issued.intact:
        texts.append(words.text("brief.fault.altered"))
    return [
        html.Div([symbol("yellow"), html.B(text)], className="d-past", role="alert")
        for text in texts
    ]


def _corrected(issued: Issued, asking: Asking) -> list[Component]:
    """The numbers that would be others by what was learned since, each with its cases."""
    words = asking.words
    if issued.seal is None:
        return []
    title = words.text("brief.corrected")
    if not issued.corrected:
        return [card(title, None, empty(words.text("brief.corrected.none")))]
    heads = [words.text(f"brief.corrected.{name}") for name in ("figure", "sealed", "now", "cases")]
    rows = [
        html.Tr([
            html.Td(joined(words.text(f"figure.{one.figure}.name"), _place(one, issued, words))),
            html.Td(_written(one.sealed, one.unit, words), className="num"),
            html.Td(_written(one.now, one.unit, words), className="num"),
            html.Td(_cases(one, asking)),
        ])
        for one in issued.corrected
    ]  # fmt: skip
    head = html.Thead(html.Tr([html.Th(text, scope="col") for text in heads]))
    return [card(title, None, html.Table([head, html.Tbody(rows)], className="d-table b-table"))]


def _place(one: Correction, issued: Issued, words: Words) -> str | None:
    """Name what of the briefing a number is about; None for the whole."""
    directory = issued.briefing.directory
    if one.place == "situation":
        return words.text(f"situation.{one.code}")
    if one.place == "risk":
        return words.text("briefing.correction.risk", risk=words.text(f"risk.{one.code}"))
    if one.place == "type":
        return type_name(one.code, words)
    if one.place == "area":
        return joined(township_name(one.code, directory, words), _part(one.name, words))
    units = {"township": directory.townships, "department": directory.departments}
    return unit_name(one.code, units[one.place], words) if one.place in units else None


def _part(name: str, words: Words) -> str | None:
    """Name the situation or the type that a number of an area is about."""
    what, _, code = name.partition(".")
    if what == "situation":
        return words.text(name if code else "sit.unclassified")
    return type_name(code or None, words) if what == "type" else None


def _written(value: float | None, unit: Unit, words: Words) -> str:
    if value is None:
        return fmt.DASH
    if unit is Unit.SHARE:
        return fmt.share(value)
    if unit is Unit.MINUTE:
        return fmt.duration_two(value * MINUTE_S, words)
    return fmt.number(round(value))


def _cases(one: Correction, asking: Asking) -> list[Component | str]:
    links = (html.A(short_code(code), href=asking.case(code)) for code in one.cases)
    return [part for link in links for part in (link, " ")]
