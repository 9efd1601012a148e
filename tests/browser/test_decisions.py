"""The register in a browser: a decision is taken, answered and closed."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Server, Watch, a_server

pytestmark = pytest.mark.browser

TITLE = "拖欠工资:报处置方案"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, sqlite_blank: Path) -> Iterator[Server]:
    with a_server(tmp_path_factory.mktemp("register"), sqlite_blank) as server:
        yield server


def test_a_decision_is_taken_answered_and_closed(server: Server, page: Page, watch: Watch):
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{server.url}/decisions")
    expect(page.locator(".d-empty")).to_have_text("没有事项")
    page.get_by_text("+ 新增事项").click()
    form = page.locator("form[action='/decisions']")
    form.locator("[name=title]").fill(TITLE)
    form.locator("[name=ask]").fill("钱从哪里来、哪天付、谁签字")
    soon = (datetime.now(UTC) + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    form.locator("[name=due]").fill(soon)
    form.get_by_role("button", name="登记").click()

    expect(page).to_have_url(re.compile(r"/decisions/1$"))
    expect(page.locator(".d-register tbody tr")).to_have_count(1)
    expect(page.locator(".d-chosen h2")).to_have_text(TITLE)
    signing = page.locator(".d-entries form[action='/decisions/1'] > button.primary")
    signing.get_by_text("签收").click()
    expect(page.locator(".d-entries").get_by_text("签收")).to_have_count(0)
    expect(page.locator(".d-entries summary.primary")).to_have_text("登记回复")
    page.locator(".d-entries summary", has_text="登记回复").click()
    page.locator("details[open] textarea").fill("已约谈施工方")
    page.locator("details[open]").get_by_role("button").click()
    expect(page.locator(".d-register td.progress")).to_contain_text("推进")
    expect(page.locator(".d-course li")).to_have_count(4)
    expect(page.locator(".d-entries summary.primary")).to_have_text("登记完成")

    page.locator(".d-entries summary", has_text="登记完成").click()
    page.locator("details[open] textarea").fill("首付款已到账")
    page.locator("details[open]").get_by_role("button").click()
    expect(page.locator(".d-chosen")).to_contain_text("完成")
    expect(page.locator(".d-entries")).to_have_count(0)
    month = page.locator(".d-counted").first.locator("tbody tr")
    expect(month.locator("td")).to_have_text(["1", "1", "1", "100.0%", "0", "0", "0"])
    month.locator("td").nth(2).get_by_role("link").click()
    expect(page).to_have_url(re.compile(r"view=all&part=on_time&taken=\d{4}-\d\d$"))
    expect(page.locator(".d-register tbody tr")).to_have_count(1)
    page.locator(".d-fold.add summary").click()
    page.locator(".d-options a").click()
    expect(page.locator(".d-chip")).to_have_count(2)
    expect(page.locator(".d-register tbody tr")).to_have_count(1)
    page.get_by_role("link", name="已了 1").click()
    expect(page.locator(".d-register tbody tr")).to_contain_text("按期")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert watch.complaints == []
