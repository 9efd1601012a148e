"""A form that is not kept stands as it was typed, the reason before the field and in focus."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Server, Watch, a_server

pytestmark = pytest.mark.browser

PAPER = r"/briefing/\d{4}-\d\d-\d\d"
PAST, AHEAD = "2026-01-05T09:00", "%Y-%m-%dT17:00"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, sqlite_blank: Path) -> Iterator[Server]:
    with a_server(tmp_path_factory.mktemp("refused"), sqlite_blank) as server:
        yield server


def soon() -> str:
    return (datetime.now(UTC) + timedelta(days=2)).strftime(AHEAD)


def refused(page: Page, watch: Watch, said: str, address: str = PAPER) -> Locator:
    """See the reason in focus and in sight, at the page's own address; return its form."""
    reason = page.get_by_role("alert")
    expect(reason).to_contain_text(said)
    expect(reason).to_be_focused()
    expect(reason).to_be_in_viewport()
    assert re.fullmatch(address, urlsplit(page.url).path)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    # what a browser writes of any answer that is none of success
    said_of = [one for one in watch.complaints if "Failed to load resource" not in one]
    assert said_of == []
    return page.locator("form", has=reason)


def test_a_matter_and_its_decision(server: Server, page: Page, watch: Watch):
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{server.url}/briefing")
    card = page.locator("#matters")
    card.get_by_text("另加议题").click()
    card.locator("[name=title][required]").fill(" ")
    card.locator("form:visible [name=ask]").fill("请水务局到会")
    card.get_by_role("button", name="加入议题").click()

    form = refused(page, watch, "请写明议题名称。")
    expect(form.locator("[name=ask]")).to_have_value("请水务局到会")
    page.keyboard.press("Tab")
    expect(form.locator("[name=title]")).to_be_focused()
    page.keyboard.type("供水会商")
    form.get_by_role("button").click()
    matter = page.locator("[id='matter-own/1']")
    expect(matter).to_contain_text("供水会商")

    matter.get_by_text("作决定").click()
    form = matter.locator(".b-decide")
    owner = form.locator("[name=owner] option").nth(2).get_attribute("value") or ""
    form.locator("[name=owner]").select_option(owner)
    form.locator("[name=due]").fill(PAST)
    form.get_by_role("button").click()
    form = refused(page, watch, "时限要晚于现在")
    expect(form.locator("[name=owner]")).to_have_value(owner)
    expect(form.locator("[name=due]")).to_have_value(PAST)
    form.locator("[name=due]").fill(soon())
    form.get_by_role("button").click()
    expect(matter).to_contain_text("未动")


def test_a_decision_and_an_entry_under_it(server: Server, page: Page, watch: Watch):
    page.goto(f"{server.url}/decisions")
    page.get_by_text("+ 新增事项").click()
    form = page.locator("form[action='/decisions']")
    form.locator("[name=title]").fill("拖欠工资")
    form.locator("[name=ask]").fill("钱从哪里来")
    beside = form.locator("[name=beside] option").nth(1).get_attribute("value") or ""
    form.locator("[name=beside]").select_option([beside])
    form.locator("[name=due]").fill(soon())
    form.locator("[name=case]").fill("530303-20260310-D00047-1")
    form.get_by_role("button").click()

    form = refused(page, watch, "没有这个编号的事项", "/decisions")
    expect(form.locator("[name=title]")).to_have_value("拖欠工资")
    expect(form.locator("[name=ask]")).to_have_value("钱从哪里来")
    expect(form.locator("[name=beside]")).to_have_values([beside])
    form.locator("[name=case]").fill("")
    form.get_by_role("button").click()
    expect(page.locator(".d-chosen h2")).to_have_text("拖欠工资")

    here = page.url.rpartition("/")[2]
    page.locator(".d-entries summary", has_text="延期").click()
    form = page.locator("details[open] form")
    form.locator("[name=due]").fill(PAST)
    form.locator("textarea").fill("等资金")
    form.get_by_role("button").click()
    form = refused(page, watch, "时限要晚于现在和原定时限", f"/decisions/{here}")
    expect(form.locator("textarea")).to_have_value("等资金")

    page.reload()  # sends nothing again, and nothing was kept
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.locator(".d-course li")).to_have_count(2)


def test_a_shift(server: Server, page: Page, watch: Watch):
    page.goto(f"{server.url}/duty")
    page.locator(".d-fold summary", has_text="排班").click()
    form = page.locator("form[action='/duty']")
    day = form.locator("[name=date]").input_value()
    form.locator("[name=name]").fill("李主任")
    form.locator("[name=shift]").select_option("night")
    form.locator("[name=starts]").fill("20:00")
    form.locator("[name=ends]").fill(f"{day}T08:00")
    form.get_by_role("button").click()

    form = refused(page, watch, "结束要晚于开始", "/duty")
    for name, text in (("name", "李主任"), ("shift", "night"), ("starts", "20:00")):
        expect(form.locator(f"[name={name}]")).to_have_value(text)
    form.locator("[name=ends]").fill(f"{day}T23:00")
    form.get_by_role("button").click()
    expect(page.locator(".d-chosen h2")).to_contain_text("李主任")

    form = page.locator(".d-chosen form", has=page.locator("[name=name]"))
    form.locator("[name=name]").fill("13812345678")
    form.get_by_role("button").click()
    form = refused(page, watch, "电话号码不是姓名", r"/duty/\d+")
    expect(form.locator("[name=name]")).to_have_value("13812345678")
    assert "138" not in page.url
    assert "13812345678" not in server.log()
