"""A briefing on a page and on the projector: all its sections, in order, nothing twice."""

import re
from urllib.parse import urlsplit

import pytest
from dash import html

from dashboard.briefing.issue import Cycle
from dashboard.briefing.issued import Correction, Issued, Seal
from dashboard.drilldown.question import Question
from dashboard.figures.choice import PeriodChoice, PeriodKind
from dashboard.figures.unit import Unit
from layouts.address import Zoned
from layouts.briefing.corrected import corrected_card
from layouts.briefing.document import plain
from layouts.briefing.slide_pages import FULL, pages_of
from layouts.briefing.write import Maker, document
from layouts.desk.asking import Asking
from layouts.pages import briefing
from layouts.words import Words
from tests.briefings import empty, flood, quarter, rich
from tests.dashboard.drilldown.county_worlds import CENTRE
from tests.layouts.trees import having, text, walk


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
    page = briefing.layout(paper, asking, Issued(briefing=make()), may_edit=True)
    titles = [section.title for section in paper.sections]
    shown = [text(card).split("|")[0] for card in having(page.body, "b-section")]
    assert shown == titles
    slides = having(briefing.projected(paper, asking, Issued(briefing=make())).body, "b-slide")
    told = [text(slide).split("|")[0] for slide in slides[1:]]
    assert list(dict.fromkeys(re.sub(r" ?[(（]\d+/\d+[)）]$", "", name) for name in told)) == titles


def test_what_is_said_of_a_list_stands_above_it_without_rows_too():
    for made in (rich(), empty()):
        paper, asking = paper_of(made)
        page = briefing.layout(paper, asking, Issued(briefing=made), may_edit=False)
        said = text(page.body).replace("|", "")
        captions = [plain(one.caption) for one in paper.tables if one.caption]
        assert captions
        assert [one for one in captions if one not in said] == []


def test_the_figures_open_and_cases_lead_to_themselves():
    made = rich()
    paper, asking = paper_of(made)
    page = briefing.layout(paper, asking, Issued(briefing=made), may_edit=False)
    tiles = having(page.body, "b-figures")
    opened = [urlsplit(link.href) for link in having(tiles, "fig")]
    figures = ("accepted", "closed", "open", "overdue")
    twice = [name for name in figures for _ in range(2)]  # beside each what it was before
    assert [one.path for one in opened] == [f"/explain/{one}" for one in (*twice, "on_time_rate")]
    assert all("as_of=" in one.query for one in opened)
    links = {part.href for part in walk(page.body) if getattr(part, "href", None)}
    assert f"/case/{made.overdue.rows[0].code}" in links


@pytest.mark.parametrize("may_edit", [True, False])
def test_each_matter_stands_once_with_what_may_be_done_with_it(may_edit):
    paper, asking = paper_of(flood())
    page = briefing.layout(paper, asking, Issued(briefing=flood()), may_edit=may_edit)
    (card,) = having(page.body, "b-agenda")
    rows = [part for part in walk(card) if isinstance(part, html.Li)]
    assert [row.id for row in rows] == [f"matter-{one.key}" for one in flood().matters]
    assert [bool(having(row, "d-entries")) for row in rows] == [may_edit] * len(rows)


def test_the_first_slide_opens_with_what_was_done_and_counts_what_it_leaves_out():
    made = flood()
    paper, asking = paper_of(made)
    slides = having(briefing.projected(paper, asking, Issued(briefing=made)).body, "b-slide")
    assert "上次调度事项落实" in text(slides[0])
    items = [part for part in walk(slides[0]) if isinstance(part, html.Li)]
    assert f"另有 {len(made.matters) - len(items)} 项" in text(slides[0])


@pytest.mark.parametrize("make", [rich, flood, quarter, empty])
def test_a_long_section_is_turned_over_and_each_row_stands_on_one_page(make):
    paper, _ = paper_of(make())
    for section in paper.sections:
        pages = list(pages_of(section))
        behind = len(section.items)
        held = [row for table in section.tables for row in table.rows[behind:]]
        shown = [
            row for page in pages for table in page.tables for row in table.rows[len(page.items) :]
        ]
        assert shown == held
        captions = [one.caption for page in pages for one in page.tables if one.caption]
        assert captions == [one.caption for one in section.tables if one.caption]
        assert [one for page in pages for one in page.items] == [*section.items]
        assert [one for page in pages for one in page.lines] == [*section.lines]
        assert [one for page in pages for one in page.after] == [*section.after]
        assert all(sum(len(one.rows) for one in page.tables) <= FULL + behind for page in pages)


def a_seal(made):
    return Seal(
        cycle=Cycle.DAILY,
        day=made.issue.day,
        year=made.issue.day.year,
        number=77,
        sealed_at=made.as_of,
        sealed_by="值班记录",
        as_of=made.as_of,
        event_id=1,
        rules="2",
        sha256="ab" * 32,
    )


def test_a_sealed_issue_says_what_was_learned_since_and_is_not_sealed_again():
    made = rich()
    paper, asking = paper_of(made)
    late = Correction(
        place="overall",
        code=None,
        name="accepted",
        figure=made.overall.accepted.figure,
        sealed=71,
        now=73,
        cases=("530303-20260310-D00047-6",),
    )
    for corrected in ((late,), ()):
        issued = Issued(briefing=made, seal=a_seal(made), corrected=corrected)
        page = briefing.layout(paper, asking, issued, may_edit=True)
        said = text(page.body)
        assert "其后更正" in said
        assert ("260310-D00047" in said) == bool(corrected)
        assert "签发" not in text(page.controls)


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_that_a_sealed_paper_was_altered_is_said_in_words(language):
    made = rich()
    paper, asking = paper_of(made, language)
    issued = Issued(briefing=made, intact=False)
    page = briefing.layout(paper, asking, issued, may_edit=True)
    assert len(having(page.body, "d-past")) == 1


def test_a_correction_names_its_place_and_is_written_in_its_unit():
    made = rich()
    paper, asking = paper_of(made)
    place = made.directory.townships[0].code
    told = [
        ("township", place, "minutes", "handling_time", Unit.MINUTE, 90.0, "1 小时 30 分"),
        ("township", place, "resolved", "resolution_rate", Unit.SHARE, 1.0, "100.0%"),
        ("type", None, "accepted", "accepted", Unit.CASE, 3, "未分类或不单列"),
        ("area", place, "situation.petition", "accepted", Unit.CASE, 3, "撒拉族自治乡 · 访情"),
        ("area", None, "type.01", "accepted", Unit.CASE, 3, "劳资纠纷"),
    ]
    late = tuple(
        Correction(place=where, code=code, name=name, figure=figure, unit=unit, sealed=None,
                   now=value, now_of=9, cases=("530303-20260310-D00047-6",))
        for where, code, name, figure, unit, value, _ in told
    )  # fmt: skip
    issued = Issued(briefing=made, seal=a_seal(made), corrected=late)
    said = text(briefing.layout(paper, asking, issued, may_edit=True).body)
    assert [words for *_, words in told if words not in said] == []


def test_how_many_a_share_counts_is_a_count_and_a_share_of_nothing_a_dash():
    made = rich()
    asking = paper_of(made)[1]
    late = (
        Correction(place="overall", code=None, name="closed_same_day", figure="same_day_rate",
                   sealed=0, now=11, cases=()),
        Correction(place="overall", code=None, name="on_time", figure="on_time_rate",
                   unit=Unit.SHARE, sealed=0, now=0.0, now_of=4, cases=()),
        Correction(place="overall", code=None, name="accepted_so_far", figure="accepted",
                   sealed=0, now=0, cases=()),
    )  # fmt: skip
    issued = Issued(briefing=made, seal=a_seal(made), corrected=late)
    (table,) = having(corrected_card(issued, asking), "b-table")
    said = [text(cell) for cell in having(table, "num")]
    assert said == ["0", "11", "—", "0.0%", "0", "0"]
    assert "受理 · 本月累计" in text(table)
    links = having(table, "fig")
    assert [urlsplit(link.href).path for link in links] == [
        "/explain/same_day_rate",
        "/explain/on_time_rate",
    ]
