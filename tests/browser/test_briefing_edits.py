"""A draft's matters edited in a browser: each form leads back to where its reader was."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Server, Watch, a_server

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, sqlite_blank: Path) -> Iterator[Server]:
    with a_server(tmp_path_factory.mktemp("edits"), sqlite_blank) as server:
        yield server


def test_a_matter_is_added_struck_and_restored(server: Server, page: Page, watch: Watch):
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{server.url}/briefing")
    card = page.locator("#matters")

    def add(title: str) -> None:
        card.get_by_text("另加议题").click()
        card.locator("[name=title][required]").fill(title)
        card.get_by_role("button", name="加入议题").click()

    add("供水会商 13800138000")
    matter = page.locator("[id='matter-own/1']")
    expect(matter).to_contain_text("供水会商 ***")
    expect(matter).to_be_in_viewport()

    matter.get_by_role("button", name="删去").click()
    card.get_by_text("已删去 1 项").click()
    expect(card).to_be_in_viewport()
    card.get_by_role("button", name="恢复").click()
    expect(matter).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert watch.complaints == []
