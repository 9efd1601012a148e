"""What stands on a leader's page, and what does not where there is nothing below."""

import pytest
from hypothesis import HealthCheck, given, settings

from dashboard.figures.choice import PeriodChoice, PeriodKind
from layouts.address import Zoned
from layouts.desk.asking import Asking
from layouts.pages import overview
from layouts.words import Words
from tests.dashboard.drilldown.county_worlds import CENTRE, COUNTY, page_of, subjects, worlds
from tests.dashboard.snapshots.random_worlds import fill
from tests.layouts.trees import having, text
from tests.worlds import XIPING

ZH, EN = Words("zh-CN", CENTRE.zone), Words("en", CENTRE.zone)
VILLAGE = "530303001001"


def drawn(engine, now, kind, code, words=ZH):
    page, question, own = page_of(
        engine, kind, code, PeriodChoice.containing(PeriodKind.MONTH, now.date())
    )
    asking = Asking(f"/{kind}/{code}", question, Zoned(CENTRE.zone, now.date()), words, {})
    return overview.layout(page, asking, own)


@pytest.mark.parametrize("code", [COUNTY, XIPING, VILLAGE])
def test_six_figures_stand_on_every_level(county, now, code):
    assert len(having(drawn(county, now, "area", code).body, "d-tile")) == 6


def test_a_village_without_grids_says_nothing_of_what_lies_below(county, now):
    titles = text(drawn(county, now, "area", VILLAGE).body)
    for key in ("overview.below", "overview.misses", "place.weak"):
        assert ZH.text(key) not in titles
    assert ZH.text("overview.levels") in titles


@settings(
    max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=worlds, subject=subjects)
def test_english_pages_are_english_but_for_names(county, now, rows, subject):
    fill(county, rows)
    body = text([*drawn(county, now, *subject, EN).chips, *drawn(county, now, *subject, EN).body])
    han = {letter for letter in body if letter > "\u2e80"}
    assert han <= set("事项村沾益区西平花山街道白水镇人社住建局务司法" + "0123456789")
