"""The pages of a village and its grids: what lies below adds up, a grid is told by its village."""

import pytest
from dash import html
from sqlalchemy import insert

from dashboard.database import tables
from dashboard.database.engine import reading, writing
from dashboard.figures.choice import PeriodChoice, PeriodKind
from dashboard.figures.filters import Filters
from dashboard.figures.view import view_at
from dashboard.snapshots.read_place import read_directory
from layouts.address import Zoned
from layouts.desk.asking import Asking
from layouts.desk.chosen import chosen
from layouts.names import area_name
from layouts.pages import overview
from layouts.words import Words
from tests.dashboard.drilldown.county_worlds import CENTRE, page_of
from tests.grids import FIRST, GRIDS, VILLAGE, a_case_in, four_grids
from tests.layouts.trees import having, text, walk
from tests.worlds import XIPING

ZH, EN = Words("zh-CN", CENTRE.zone), Words("en", CENTRE.zone)


@pytest.fixture
def village(county):
    """A village of four grids: two open cases in the first, one of which no more is known."""
    with writing(county) as connection:
        four_grids(connection)
        for area in (FIRST, FIRST, VILLAGE):
            a_case_in(connection, area)
    return county


def drawn(engine, now, code, words=ZH):
    month = PeriodChoice.containing(PeriodKind.MONTH, now.date())
    page, question, own = page_of(engine, "area", code, month)
    asking = Asking(f"/area/{code}", question, Zoned(CENTRE.zone, now.date()), words, {})
    return overview.layout(page, asking, own)


def lines(tree):
    """The bars of a page, by label."""
    found = {}
    for bar in having(tree, "d-bar"):
        label, figure = (text(having(bar, name)) for name in ("l", "n"))
        found[label] = figure
    return found


def directory_of(engine, now, area):
    with reading(engine) as connection:
        view = view_at(connection, now, filters=Filters(area=area))
        return read_directory(view, CENTRE.profile, CENTRE.calendar)


@pytest.mark.parametrize(
    "words, crumbs, title",
    [
        (ZH, ["沾益区", "西平街道", "001村", "第1网格"], "001村 · 第1网格"),
        (EN, ["530303000000", "530303001000", "530303001001", "Grid 1"], "530303001001 · Grid 1"),
    ],
    ids=["zh", "en"],
)
def test_the_way_down_to_a_grid_is_written_above_its_page(village, now, words, crumbs, title):
    page = drawn(village, now, FIRST, words)
    assert [crumb.text for crumb in page.crumbs] == crumbs
    assert page.title == title


def test_the_grids_of_a_village_and_what_lies_in_none_add_up_to_its_open_cases(village, now):
    found = lines(drawn(village, now, VILLAGE).body)
    assert {name: found[name] for name in found if "网格" in name} == {
        "第1网格": "2", "第2网格": "0", "第3网格": "0", "第4网格": "0",
    }  # fmt: skip
    assert found[ZH.text("place.below.rest")] == "1"


def test_nothing_is_said_of_the_rest_where_there_is_none(village, now):
    assert ZH.text("place.below.rest") not in lines(drawn(village, now, XIPING).body)


def test_a_villages_open_cases_are_placed_by_their_grid(village, now):
    placed = [text(cell) for cell in having(drawn(village, now, VILLAGE).body, "area")]
    assert sorted(placed) == sorted([ZH.text("column.area"), "第1网格", "第1网格", "—"])
    assert having(drawn(village, now, FIRST).body, "area") == []


def test_no_page_below_a_township_speaks_of_weak_points_nobody_compares(village, now):
    for code in (VILLAGE, FIRST):
        titles = text(drawn(village, now, code).body)
        assert ZH.text("place.weak") not in titles
        assert ZH.text("overview.levels") in titles
        assert ZH.text("overview.hazards") in titles
    assert ZH.text("place.weak") in text(drawn(village, now, XIPING).body)


def test_a_grid_is_compared_with_the_grids_of_its_village(village, now):
    note = ZH.text("overview.peers.note", n=len(GRIDS) - 1)
    assert note in text(drawn(village, now, FIRST).body)


def test_a_hazard_of_a_grid_counts_there_and_above_and_nowhere_else(village, now):
    with writing(village) as connection:
        point = {
            "point_id": "P1", "name": "点位", "risk_level": "high", "area_code": FIRST,
            "township_code": XIPING, "found_at": now, "status": "open", "updated_at": now,
        }  # fmt: skip
        connection.execute(insert(tables.hazard_point).values(**point))
    high = {
        code: [text(line) for line in having(drawn(village, now, code).body, "d-levels")]
        for code in (FIRST, GRIDS[1], VILLAGE, XIPING)
    }
    assert high.pop(GRIDS[1]) == []
    for (levels,) in high.values():
        assert "高|1|0|0|1|0|中|0" in levels


@pytest.mark.parametrize(
    "code, zh, en",
    [
        (VILLAGE, "001村", VILLAGE),
        (FIRST, "001村 · 第1网格", f"{VILLAGE} · Grid 1"),
        (XIPING, "西平街道", XIPING),
        ("530303001099", "530303001099", "530303001099"),
        ("530303001001099", "530303001001099", "530303001001099"),
    ],
    ids=["village", "grid", "township", "unknown village", "unknown grid"],
)
def test_the_area_a_list_is_filtered_by_is_called_by_its_name(village, now, code, zh, en):
    directory = directory_of(village, now, code)
    assert [one.text for one in chosen(Filters(area=code), directory, ZH)] == [zh]
    assert area_name(code, directory, EN) == en


def test_every_figure_of_a_grids_page_opens_into_the_grids_cases(village, now):
    body = html.Div(drawn(village, now, FIRST).body)
    opened = [part.href for part in walk(body) if "/explain/" in (getattr(part, "href", "") or "")]
    assert opened
    assert all(f"area={FIRST}" in href for href in opened)
