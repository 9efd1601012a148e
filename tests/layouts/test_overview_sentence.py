"""The sentence of a leader's page: what has something to say, in order, one clause in bold."""

from dataclasses import replace
from datetime import timedelta

import pytest
from dash import html

from dashboard.database.engine import writing
from dashboard.drilldown.overview import SituationToday, Standing
from dashboard.figures.cell import Cell
from dashboard.figures.choice import PeriodChoice, PeriodKind
from layouts.address import Zoned
from layouts.desk.asking import Asking
from layouts.overview.sentence import sentence
from layouts.words import Words
from tests.dashboard.drilldown.county_worlds import CENTRE, COUNTY, page_of
from tests.layouts.trees import walk
from tests.worlds import BAISHUI, XIPING, a_case

ZH, EN = Words("zh-CN", CENTRE.zone), Words("en", CENTRE.zone)
BELOW = Standing(compared=11, significant=True, first=9, last=11, below_target=True)


@pytest.fixture
def said(county, now):
    """Write the county's sentence, after changing what the page holds."""

    def write(words=ZH, **changes):
        period = PeriodChoice.containing(PeriodKind.MONTH, now.date())
        page, question, own = page_of(county, "area", COUNTY, period)
        if "cells" in changes:
            changes["cells"] = {**page.cells, **changes["cells"]}
        asking = Asking(f"/area/{COUNTY}", question, Zoned(CENTRE.zone, now.date()), words, {})
        return sentence(replace(page, **changes), asking, dict(own))

    return write


def text(parts):
    return "".join(part for part in walk(parts) if isinstance(part, str))


def bold(parts):
    return [text(part.children) for part in parts if isinstance(part, html.B)]


def a_situation(code, count, unusual):
    return SituationToday(
        code=code, count=count, line=(1, 2, count), band=(0.5, 3.5), unusual=unusual
    )


def test_a_situation_off_normal_is_said_last_and_leads_to_its_cases_of_today(said):
    today = (a_situation("stability", 2, None), a_situation("opinion", 7, "high"),
             a_situation("litigation", 0, "low"))  # fmt: skip
    parts = said(today=today)
    assert text(parts) == "无超期、无预警；今日舆情 7 件，高于常态；今日诉情 0 件，低于常态。"
    high, low = [part.href for part in walk(parts) if isinstance(part, html.A)]
    assert high == "/explain/accepted?period=day&situation=opinion"
    assert low == "/explain/accepted?period=day&situation=litigation"
    assert bold(parts) == []
    assert "Online today (7) above normal" in text(said(EN, today=today))


def test_nothing_at_all_is_calm(said):
    assert text(said()) == "无超期、无预警。"
    assert text(said(EN)) == "nothing overdue, no warnings."
    assert bold(said()) == []


def test_a_clause_with_nothing_to_say_is_left_out(said, county, now):
    with writing(county) as connection:
        a_case(connection, accepted_at=now - timedelta(hours=1))
    assert text(said()) == "受理 1 件，上期为 0；在办 1 件；无超期、无预警。"


def test_what_is_overdue_is_bold_and_says_where_most_of_it_is(said, county, now):
    with writing(county) as connection:
        for place in (XIPING, BAISHUI, BAISHUI):
            a_case(connection, area_code=place, township_code=place, due_at=now)
    parts = said()
    assert bold(parts) == ["其中超期 3 件，白水镇占 2 件"]
    links = [part.href for part in walk(parts) if isinstance(part, html.A)]
    assert f"/explain/overdue?area={BAISHUI}" in links


def test_a_rate_certainly_below_the_target_is_bold_where_nothing_is_overdue(said):
    cells = {"on_time_rate": Cell(80, 100)}
    parts = said(standing=BELOW, cells=cells)
    assert bold(parts) == ["按期率 80.0%，可确定低于 95.0% 目标"]
    late = said(standing=BELOW, cells={**cells, "overdue": Cell(1)})
    assert bold(late) == ["其中超期 1 件"]


def test_a_yellow_warning_is_no_calm(said):
    assert text(said(cells={"yellow": Cell(2)})) == "无超期，黄色预警 2 件。"
