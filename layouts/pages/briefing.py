"""A briefing on a page: what it says, its files, and what may be done with it."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from layouts.briefing.document import Document, Section
from layouts.briefing.drawn import face, section_card
from layouts.briefing.parts import parts
from layouts.briefing.slides import slides
from layouts.desk.asking import Asking
from layouts.desk.controls import button
from layouts.desk.frame import DeskPage

FILES = ("pdf", "docx", "xlsx", "txt")
WIDE = 5
"""A table of more columns stands across the page."""


def layout(  # noqa: PLR0913 -- what is said, and all that may be done with it
    paper: Document,
    asking: Asking,
    *,
    hrefs: Sequence[str | None],
    files: str,
    before: Sequence[Component] = (),
    after: Sequence[Component] = (),
) -> DeskPage:
    """Draw the page; `hrefs` are where the five figures open, `files` the address of its files.

    `before` and `after` stand around the sections: what may be done, and what was corrected since.
    """
    words = asking.words
    said = face(paper, hrefs)
    sections = html.Div(
        [_card(section, asking) for section in paper.sections], className="b-sections"
    )
    return DeskPage(
        title=paper.title,
        here="brief",
        chips=[
            parts(asking, "paper"),
            *(html.Span(mark, className="chip") for mark in (paper.number, *paper.marks) if mark),
        ],
        note=paper.day,
        moment=paper.cut,
        controls=[
            button(words.text("brief.slides"), asking.same(view="slides")),
            *(
                button(words.text(f"brief.file.{kind}"), f"{files}.{kind}?lang={words.language}",
                       download=True)
                for kind in FILES
            ),
        ],
        body=[*before, *said, sections, *after],
    )  # fmt: skip


def projected(paper: Document, asking: Asking, hrefs: Sequence[str | None]) -> DeskPage:
    """Draw it for the projector."""
    return DeskPage(
        title=paper.title, here="brief", body=[slides(paper, asking.case, list(hrefs))], bare=True
    )


def _card(section: Section, asking: Asking) -> Component:
    wide = any(len(table.columns) > WIDE for table in section.tables)
    drawn = section_card(section, asking.case)
    return html.Div(drawn, className="wide") if wide else drawn
