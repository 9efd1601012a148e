"""昨日以来: every case that stands otherwise than in the issue before, once."""

from dataclasses import replace

from dash import html
from dash.development.base_component import Component

from dashboard.briefing.briefing import Briefing
from dashboard.drilldown.listing import PAGE, Page
from layouts import format as fmt
from layouts.briefing.document import Document
from layouts.briefing.drawn import section_card
from layouts.briefing.headline import span_key
from layouts.briefing.hrefs import hrefs
from layouts.briefing.parts import SINCE, parts
from layouts.briefing.since import QUIET, groups, numbers, quiet
from layouts.desk.asking import Asking
from layouts.desk.controls import print_button, segments
from layouts.desk.frame import DeskPage
from layouts.desk.pager import pager
from layouts.words import Words


def layout(paper: Document, briefing: Briefing, asking: Asking, shown: str, page: Page) -> DeskPage:
    """Draw a page of the cases of a group, "" for all; `paper` tells which issue it is.

    A page behind the last is the last.
    """
    words = asking.words
    turned = [one for one in briefing.since if shown in ("", one.turn)]
    size = page.limit or PAGE
    page = replace(page, offset=min(page.offset, max(0, len(turned) - 1) // size * size))
    paper_at = asking.path.removesuffix(SINCE)
    href = hrefs(briefing, asking, paper_at)
    here = turned[page.offset :][:size]
    sections = list(groups(here, briefing, words))
    last = len(turned) <= page.offset + len(here)
    if shown == QUIET or (not shown and last):
        sections.append(quiet(briefing, words))
    return DeskPage(
        title=title_of(briefing, words),
        here="brief",
        chips=[
            parts(asking, "since", paper_at, span_key(briefing.issue)),
            *(html.Span(mark, className="chip") for mark in (paper.number, *paper.marks) if mark),
        ],
        note=paper.span,
        controls=[print_button(words)],
        moment=paper.cut,
        body=[
            _choice(briefing, shown, asking),
            html.Div([section_card(section, href) for section in sections], className="b-since"),
            *([] if shown == QUIET else [pager(len(turned), page, asking)]),
        ],
    )


def title_of(briefing: Briefing, words: Words) -> str:
    """Name the page by what its issue is about."""
    return words.text(f"brief.since.{span_key(briefing.issue)}")


def _choice(briefing: Briefing, shown: str, asking: Asking) -> Component:
    words = asking.words
    named = [(group, words.text(f"briefing.turn.{group}"), n)
             for group, n in numbers(briefing).items()]  # fmt: skip
    options = [("", words.text("brief.since.all"), len(briefing.since)), *named]
    choice = segments(
        [
            (words.text("briefing.pair", name=name, n=fmt.number(n)),
             asking.same(view=group, page=None), group == shown)
            for group, name, n in options
        ],
        words.text("brief.since.groups"),
    )  # fmt: skip
    return html.Div([choice], className="d-filters")
