"""What a leader does on a county's pages: by the map, to the list, along what is off normal."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from dashboard.database.engine import writing
from tests import worlds
from tests.browser.conftest import Server, Watch, a_server

pytestmark = pytest.mark.browser

COUNTY = f"/area/{worlds.COUNTY}"
CUT = """[...document.querySelectorAll('.d-nav a')].filter((one) => {
    const { left, right } = one.getBoundingClientRect()
    const over = document.elementFromPoint(right - 4, one.getBoundingClientRect().top + 8)
    return left < 0 || right > innerWidth || over !== one
}).map((one) => one.textContent)"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, sqlite_blank: Path) -> Iterator[Server]:
    """A county where 舆情 is high today, whatever time of the day it is."""
    with a_server(tmp_path_factory.mktemp("leaders"), sqlite_blank) as server:
        now = datetime.now(UTC) - timedelta(seconds=5)
        with writing(server.engine) as connection:
            for back in range(1, 29):
                worlds.a_case(
                    connection, situation="opinion", accepted_at=now - timedelta(days=back),
                    closed_at=now - timedelta(days=back), left_at=now - timedelta(days=back),
                )  # fmt: skip
            for _ in range(7):
                worlds.a_case(connection, situation="opinion", accepted_at=now, due_at=now)
        yield server


def test_what_is_off_normal_opens_into_its_cases_of_today(server: Server, page: Page, watch: Watch):
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(server.url + COUNTY)
    expect(page.locator(".d-sentence")).to_contain_text("今日舆情 7 件，高于常态")
    page.locator(".d-title a.chip", has_text="舆情偏高").click()
    sheet = page.get_by_role("dialog")
    expect(sheet.locator("h1")).to_contain_text("7 件")
    sheet.get_by_role("link", name="在事项页打开全部 7 件").click()
    expect(page.locator("table.d-cases tbody tr")).to_have_count(7)
    expect(page).to_have_url(re.compile(r"/cases\?period=day&situation=opinion&view=accepted"))


def test_the_list_of_a_page_holds_just_its_cases(server: Server, page: Page):
    page.goto(f"{server.url}/situation/opinion")
    page.get_by_role("link", name="查看全部 7 件").click()
    expect(page.locator("table.d-cases tbody tr")).to_have_count(7)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_name_outside_the_map_leads_into_its_area(server: Server, page: Page, theme: str):
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(server.url + COUNTY)
    page.evaluate(f"document.documentElement.dataset.theme = '{theme}'")
    call = page.locator(".d-map .call", has_text="西平街道")
    expect(call).to_be_visible()
    colours = call.locator("text").first.evaluate(
        "(text) => [getComputedStyle(text).fill,"
        " getComputedStyle(text.closest('.d-card')).backgroundColor]"
    )
    assert colours[0] != colours[1]
    call.locator("text").first.click()
    expect(page.locator("h1")).to_have_text("西平街道")


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("width", [1024, 1440, 1920])
def test_no_entry_of_the_navigation_is_cut(server: Server, page: Page, language: str, width: int):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{server.url}{COUNTY}?lang={language}")
    expect(page.locator(".d-nav a").last).to_be_visible()
    assert page.evaluate(CUT) == []
