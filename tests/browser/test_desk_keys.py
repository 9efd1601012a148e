"""Going along a list and asking for the keys, in a browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Server, Watch, a_server
from tests.browser.test_desk import open_desk

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, sqlite_blank: Path) -> Iterator[Server]:
    with a_server(tmp_path_factory.mktemp("keys"), sqlite_blank) as server:
        yield server


def test_the_keys_are_shown_and_the_focus_comes_back(server: Server, page: Page, watch: Watch):
    open_desk(page, server, "/cases")
    case = page.locator(".d-cases tbody a").first
    case.focus()
    page.keyboard.press("?")
    panel = page.get_by_role("dialog", name="键盘")
    expect(panel).to_be_focused()
    page.keyboard.press("Tab")
    expect(panel.get_by_role("button")).to_be_focused()
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    expect(case).to_be_focused()
    assert watch.complaints == []


def test_a_question_mark_that_is_typed_stays_one(server: Server, page: Page):
    open_desk(page, server, "/cases?lang=en")
    page.locator("input[name=q]").focus()
    page.keyboard.type("?")
    expect(page.locator("input[name=q]")).to_have_value("?")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_the_keys_stand_over_an_explanation_which_stays_open(server: Server, page: Page):
    open_desk(page, server)
    page.locator(".d-tile a.fig").first.click()
    sheet = page.locator(".d-sheet")
    expect(sheet).to_be_focused()
    page.keyboard.press("?")
    page.get_by_role("dialog", name="键盘").get_by_role("button").click()
    expect(sheet).to_be_focused()
    page.keyboard.press("Escape")
    expect(sheet).to_have_count(0)


def test_arrows_lead_through_the_cases_behind_a_number(server: Server, page: Page):
    open_desk(page, server, "/explain/accepted?period=year")
    rows = page.locator(".x-row a")
    rows.first.focus()
    page.keyboard.press("ArrowUp")
    expect(rows.first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(rows.nth(1)).to_be_focused()


def test_a_case_leads_to_the_next_of_its_list_and_back_to_it(server: Server, page: Page):
    open_desk(page, server, "/cases?sort=code")
    titles = page.locator(".d-cases td.title a").all_inner_texts()
    page.locator(".d-cases td.title a").first.click()
    way = page.locator(".d-beside")
    expect(way).to_contain_text(f"第 1 / {len(titles)} 件")
    way.get_by_text("下一件").click()
    expect(page.locator("h1")).to_have_text(titles[1])
    expect(way).to_contain_text("第 2 /")
    way.get_by_text("全部在办").click()
    expect(page).to_have_url(f"{server.url}/cases?sort=code")
