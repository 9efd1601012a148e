"""A briefing on a page and on the projector: all its sections, in order, nothing twice."""

import pytest
from dash import html

from dashboard.drilldown.question import Question
from dashboard.figures.choice import PeriodChoice, PeriodKind
from layouts.address import Zoned
from layouts.briefing.write import Maker, document
from layouts.desk.asking import Asking
from layouts.pages import briefing
from layouts.words import Words
from tests.briefings import empty, flood, rich
from tests.dashboard.drilldown.county_worlds import CENTRE
from tests.layouts.trees import having, text, walk

HREFS = [f"/explain/{number}" for number in range(5)]


def paper_of(made, language="zh-CN"):
    words = Words(language, CENTRE.zone)
    maker = Maker(centre="沾益区综治中心", made_at=made.as_of)
    day = made.issue.day
    month = PeriodChoice.containing(PeriodKind.MONTH, day)
    asking = Asking("/briefing", Question(period=month), Zoned(CENTRE.zone, day), words, {})
    return document(made, maker, words), asking


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("make", [rich, flood, empty])
def test_every_section_stands_once_on_the_page_and_on_a_slide(make, language):
    paper, asking = paper_of(make(), language)
    page = briefing.layout(paper, asking, hrefs=HREFS, files="/export/briefing/daily/2026-03-18")
    titles = [section.title for section in paper.sections]
    shown = [text(card).split("|")[0] for card in having(page.body, "b-section")]
    assert shown == titles
    slides = having(briefing.projected(paper, asking, HREFS).body, "b-slide")
    assert len(slides) == len(titles) + 1
    assert [text(slide).split("|")[0] for slide in slides[1:]] == titles


def test_the_figures_open_and_cases_lead_to_themselves():
    made = rich()
    paper, asking = paper_of(made)
    page = briefing.layout(paper, asking, hrefs=HREFS, files="/f")
    opened = [link.href for link in having(page.body, "fig")]
    assert opened == HREFS
    links = {part.href for part in walk(page.body) if getattr(part, "href", None)}
    assert f"/case/{made.overdue.rows[0].code}" in links


def test_a_list_goes_on_behind_the_matters_shown_before_it():
    paper, asking = paper_of(flood())
    matters = paper.sections[0]
    (card, *_) = having(briefing.layout(paper, asking, hrefs=HREFS, files="/f").body, "b-section")
    rows = [part for part in walk(card) if isinstance(part, html.Tr)]
    assert len(matters.items) + len(rows[1:]) == len(flood().matters)
