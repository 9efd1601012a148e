"""Pairing a screen, and what becomes of it, in two browsers: the wall's and the administrator's."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from dashboard.access.accounts import make_account
from dashboard.access.role import Role
from dashboard.database.engine import writing
from tests.browser.conftest import Server, Watch, a_server

PASSWORD = "correct horse battery"
ON_THE_WALL = re.compile(r"/wall\b")
DARK = re.compile(r"/pair\b")
RECOVERED_MS, DARKENED_MS = 10_000, 15_000
"""What a wall may take to come back, and to stop showing data once it may not."""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, sqlite_blank: Path) -> Iterator[Server]:
    with a_server(tmp_path_factory.mktemp("screens"), sqlite_blank) as server:
        with writing(server.engine) as connection:
            make_account(
                connection, login="root", name="管理员", role=Role.ADMINISTRATOR,
                at=datetime.now(UTC), password=PASSWORD,
            )  # fmt: skip
        yield server


@pytest.fixture(autouse=True)
def _no_screens(place: Server) -> None:
    with writing(place.engine) as connection:
        connection.exec_driver_sql("DELETE FROM wall_device")


@pytest.fixture
def wall(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1920, "height": 1080})
    yield context.new_page()
    context.close()


@pytest.fixture
def manager(chromium: Browser, place: Server) -> Iterator[Page]:
    """An administrator who has just signed in."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto(place.url)
    page.get_by_label("账号").fill("root")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    yield page
    context.close()


def shown_code(wall: Page) -> str:
    return wall.locator(".screen-code").inner_text().replace("\n", "")


def confirm(manager: Page, code: str, name: str) -> None:
    manager.get_by_label("屏上的 6 位码").fill(code)
    manager.get_by_label("屏的名称").fill(name)
    manager.get_by_role("button", name="确认配对").click()
    expect(manager.get_by_role("status")).to_contain_text("已确认")


def pair(wall: Page, manager: Page, place: Server, name: str = "1号屏") -> None:
    wall.goto(f"{place.url}/pair")
    confirm(manager, shown_code(wall).lower(), name)
    wall.wait_for_url(ON_THE_WALL, timeout=RECOVERED_MS)
    expect(wall.locator("#wall-live")).to_have_attribute("data-state", "live")


def end(place: Server, column: str, at: int) -> None:
    with writing(place.engine) as connection:
        connection.exec_driver_sql(f"UPDATE wall_device SET {column} = {at}")


def test_a_wall_is_paired_by_typing_what_it_shows(wall: Page, manager: Page, place: Server) -> None:
    watch = Watch(wall)
    expect(manager.locator("h1")).to_have_text("大屏设备")
    wall.goto(f"{place.url}/pair")
    expect(wall.locator("h2")).to_have_text("这块屏还没有配对")
    assert re.fullmatch("[2-9A-HJKMNP-Z]{6}", shown_code(wall))
    expect(wall.locator("footer")).to_contain_text("127.0.0.1 · 1920×1080")
    expect(wall.locator("#screen-left")).to_contain_text("9 分")
    confirm(manager, shown_code(wall), "指挥大厅 1 号屏")

    wall.wait_for_url(ON_THE_WALL, timeout=RECOVERED_MS)
    expect(wall.locator("#wall-live")).to_have_attribute("data-state", "live")
    assert wall.evaluate("document.cookie") == ""
    assert watch.complaints == []
    manager.reload()
    row = manager.locator("tbody tr")
    expect(row).to_contain_text("指挥大厅 1 号屏")
    expect(row).to_contain_text("与服务器一致")
    expect(row).to_contain_text("1920×1080")


def test_a_wall_whose_time_is_over_says_so_and_comes_back_by_itself(
    wall: Page, manager: Page, place: Server
) -> None:
    pair(wall, manager, place)
    end(place, "expires_at", int(datetime.now(UTC).timestamp()) - 51_600)
    wall.wait_for_url(DARK, timeout=DARKENED_MS)
    expect(wall.locator("h2")).to_have_text("这块屏的授权已到期，不再显示数据")
    expect(wall.locator(".screen-which")).to_contain_text("1号屏")
    expect(wall.locator(".screen-which")).to_contain_text("已停显 14 小时 20 分")
    expect(wall.locator("input")).to_have_count(0)
    expect(wall.locator("#wall")).to_have_count(0)

    manager.reload()
    expect(manager.locator("tbody tr")).to_contain_text("已到期")
    manager.get_by_role("button", name="续期 1号屏").click()
    wall.wait_for_url(ON_THE_WALL, timeout=RECOVERED_MS)
    expect(wall.locator("#wall-live")).to_have_attribute("data-state", "live")


def test_a_revoked_wall_goes_dark_and_is_paired_anew_without_a_hand(
    wall: Page, manager: Page, place: Server
) -> None:
    pair(wall, manager, place)
    manager.reload()
    manager.locator("summary").click()
    manager.get_by_role("button", name="撤销授权 1号屏").click()
    wall.wait_for_url(DARK, timeout=DARKENED_MS)
    expect(wall.locator("h2")).to_have_text("这块屏的授权已撤销，不再显示数据")

    confirm(manager, shown_code(wall), "1号屏")
    wall.wait_for_url(ON_THE_WALL, timeout=RECOVERED_MS)


def test_a_code_that_is_over_is_replaced(wall: Page, place: Server) -> None:
    wall.goto(f"{place.url}/pair")
    first = shown_code(wall)
    end(place, "code_ends_at", 0)

    expect(wall.locator(".screen-code")).not_to_have_attribute(
        "aria-label", first, timeout=RECOVERED_MS
    )
    expect(wall.locator("#screen-left")).to_contain_text("9 分")


def test_a_server_started_anew_finds_the_wall_and_the_code_again(
    wall: Page, manager: Page, place: Server
) -> None:
    wall.goto(f"{place.url}/pair")
    code = shown_code(wall)
    place.stop()
    expect(wall.locator("#screen-status")).to_have_text("连接中断，正在重试", timeout=DARKENED_MS)
    assert shown_code(wall) == code
    place.start()
    confirm(manager, code, "1号屏")
    wall.wait_for_url(ON_THE_WALL, timeout=DARKENED_MS)

    place.stop()
    place.start()
    wall.reload()
    expect(wall.locator("#wall-live")).to_have_attribute("data-state", "live")


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("state", ["new", "expired", "revoked", "moved"])
def test_nothing_a_screen_shows_is_cut_off(
    wall: Page, manager: Page, place: Server, language: str, state: str
) -> None:
    name = "指挥大厅东侧第一块拼接屏"
    if state != "new":
        pair(wall, manager, place, name)
        wall.goto("about:blank")
        with writing(place.engine) as connection:
            connection.exec_driver_sql(
                {
                    "expired": "UPDATE wall_device SET expires_at = 1000000000",
                    "revoked": "UPDATE wall_device SET revoked_at = 1000000000",
                    "moved": "UPDATE wall_device SET address = '2001:db8:1234:5678:9abc:def0::41'",
                }[state]
            )
    wall.goto(f"{place.url}/pair?lang={language}")
    expect(wall.locator("#screen")).to_have_attribute("data-shows", state)

    cut = wall.evaluate(
        """() => [...document.querySelectorAll("#screen *")].filter((each) => {
          const box = each.getBoundingClientRect();
          return box.right > innerWidth || box.bottom > innerHeight || box.left < 0 || box.top < 0
            || each.scrollWidth > each.clientWidth + 1 && each.clientWidth > 0;
        }).map((each) => each.outerHTML)"""
    )
    assert cut == []
