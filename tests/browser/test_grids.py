"""Down from the county to a grid in a browser, and back up."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from dashboard.database.engine import writing
from tests import worlds
from tests.browser.conftest import Server, Watch, a_server
from tests.grids import FIRST, VILLAGE, a_case_in, four_grids

pytestmark = pytest.mark.browser

OVERFLOW = "document.documentElement.scrollWidth - innerWidth"
CUT = """[...document.querySelectorAll('h1, .d-crumbs *, .d-chip, .d-card h2 > span')]
    .filter((one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0)
    .map((one) => one.textContent)"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, sqlite_blank: Path) -> Iterator[Server]:
    with a_server(tmp_path_factory.mktemp("grids"), sqlite_blank) as server:
        with writing(server.engine) as connection:
            four_grids(connection)
            since = datetime.now(UTC) - timedelta(hours=2)
            for area in (FIRST, FIRST, VILLAGE):
                a_case_in(connection, area, accepted_at=since)
        yield server


def below(page: Page, name: str) -> None:
    """Go down by the bar of an area; on a map its name is the way."""
    page.locator(".d-bar", has_text=name).get_by_role("link").click()


@pytest.mark.parametrize(
    "language, village, grid, rest",
    [
        ("zh-CN", "001村", "第1网格", "未落到下一级"),
        ("en", VILLAGE, "Grid 1", "Not placed below"),
    ],
)
def test_a_township_leads_down_to_a_grid_and_the_crumbs_lead_up(
    server: Server, page: Page, watch: Watch, language: str, village: str, grid: str, rest: str
):
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{server.url}/area/{worlds.XIPING}?lang={language}")
    below(page, village)
    expect(page).to_have_url(re.compile(rf"/area/{VILLAGE}(\?lang=en)?$"))
    expect(page.locator(".d-bar", has_text=rest).locator(".n")).to_have_text("1")
    assert page.evaluate(OVERFLOW) <= 0
    below(page, grid)
    expect(page.locator("h1")).to_have_text(f"{village} · {grid}")
    expect(page.locator(".d-crumbs")).to_contain_text(grid)
    expect(page.locator("table.d-cases tbody tr")).to_have_count(2)
    assert page.evaluate(OVERFLOW) <= 0
    assert page.evaluate(CUT) == []
    page.locator(".d-crumbs").get_by_role("link", name=village).click()
    expect(page.locator("h1")).to_have_text(village)
    assert watch.complaints == []


@pytest.mark.parametrize(
    "area, language, name",
    [
        (VILLAGE, "zh-CN", "001村"),
        (FIRST, "zh-CN", "001村 · 第1网格"),
        (FIRST, "en", f"{VILLAGE} · Grid 1"),
    ],
)
def test_the_chip_of_a_village_or_a_grid_shows_its_name(
    server: Server, page: Page, area: str, language: str, name: str
):
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{server.url}/cases?area={area}&lang={language}")
    expect(page.locator(".d-chip span").first).to_have_text(name)
    assert page.evaluate(CUT) == []
