"""What longer cycles add to the document, and what they leave to the meeting."""

import pytest

from dashboard.briefing.added import Added
from dashboard.briefing.issue import Cycle
from layouts.briefing.document import plain
from tests.briefings import empty, quarter, rich
from tests.layouts.briefing.documents import EN, ZH, document_of


def told(briefing, words=ZH):
    return {one.title.split("、", 1)[-1]: one for one in document_of(briefing, words).sections}


def test_a_week_tells_its_types_beside_the_period_and_the_year_before():
    table = told(rich())["类型结构"].tables[0]
    assert [cell.text for cell in table.rows[0].cells] == ["劳资纠纷", "24", "+15", "+20.0%"]
    assert table.rows[-1].cells[0].text == "未分类或不单列"


def test_a_quarter_counts_areas_and_leaves_persons_out():
    sections = told(quarter())
    pictures = sections["研判图（分属地、分类型计数）"]
    for table in pictures.tables:
        for row in table.rows:
            assert row.cells[1].value == sum(cell.value for cell in row.cells[2:])
    assert "不建人员名单" in plain(pictures.after[0])
    assert "由会议评定后填写" in plain(sections["调解之星"].lines[0])
    first = sections["化解、重复信访与办理时长"].tables[0].rows[0]
    assert first.cells[1].text == "—"


@pytest.mark.parametrize("words", [ZH, EN])
@pytest.mark.parametrize("cycle", [Cycle.WEEKLY, Cycle.MONTHLY, Cycle.QUARTERLY])
def test_a_cycle_without_cases_says_none(cycle, words):
    issue = rich().issue
    nothing = empty(
        issue=type(issue)(cycle=cycle, day=issue.day, start=issue.start, end=issue.end, name=""),
        added=Added(types=()),
    )
    none = words.text("briefing.none")
    first = next(
        one for one in document_of(nothing, words).sections
        if one.title.endswith(words.text("briefing.types"))
    )  # fmt: skip
    assert plain(first.lines[0]) == none
