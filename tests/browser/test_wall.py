from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from dashboard.database.engine import writing
from tests import worlds
from tests.browser.conftest import Server, Watch

pytestmark = pytest.mark.browser

WITHIN_STALE = 15_000
WITHIN_BACK = 10_000


def tally(page: Page, place: int):
    return page.locator("#wall-tallies .n > span:first-child").nth(place)


def state(page: Page, name: str, within: int = WITHIN_BACK) -> None:
    # no wait_for_function: it needs eval, which our policy forbids
    expect(page.locator("#wall-live")).to_have_attribute("data-state", name, timeout=within)


def open_wall(page: Page, server: Server, query: str = "") -> None:
    page.goto(f"{server.url}/wall{query}")
    state(page, "live")


def test_the_wall_opens_with_its_figures(untouched: Server, page: Page, watch: Watch):
    page.goto(untouched.url)
    state(page, "live")

    assert page.url == f"{untouched.url}/wall"
    expect(tally(page, 2)).to_have_text("3")
    expect(page.locator("#wall-live")).to_contain_text("实时")
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    assert watch.complaints == []
    assert watch.hosts() == {"127.0.0.1"}
    assert not any("plotly.min" in url for url in watch.requests)


def test_the_wall_speaks_the_language_of_its_address(untouched: Server, page: Page, watch: Watch):
    open_wall(page, untouched, "?lang=en")

    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("h1")).to_have_text("Zhanyi District Governance Centre")
    expect(page.locator("#wall-live")).to_contain_text("Live")
    assert watch.complaints == []


@pytest.mark.parametrize("address", ["/wall", f"/area/{worlds.BAISHUI}", "/nowhere"])
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_no_page_asks_another_host_or_breaks_the_policy(
    untouched: Server, page: Page, watch: Watch, address: str, language: str
):
    page.goto(f"{untouched.url}{address}?lang={language}")
    expect(page.locator("#wall, .d-page").first).to_be_visible()
    if address == "/wall":
        state(page, "live")
    else:
        page.wait_for_load_state("networkidle")

    assert watch.hosts() == {"127.0.0.1"}
    assert [text for text in watch.complaints if "404" not in text] == []


def test_a_new_case_is_on_the_wall_with_the_next_tick(server: Server, page: Page):
    open_wall(page, server)
    with writing(server.engine) as connection:
        worlds.a_case(connection, accepted_at=datetime.now(UTC))

    expect(tally(page, 2)).to_have_text("4", timeout=WITHIN_BACK)


SHAPE = "() => document.querySelector('.map-area').getBoundingClientRect().toJSON()"


def zoom_and_open_a_note(page: Page) -> dict[str, float]:
    """Leave the map as somebody who looks at a point has it; returns where a shape then is."""
    expect(page.locator(".map-mark.red")).to_have_count(1)
    page.locator(".map-canvas").focus()
    page.keyboard.press("+")
    expect(page.locator(".map-home")).to_be_visible()
    expect(page.locator(".map-names")).not_to_have_class("map-names moving")
    page.locator(".map-mark.red .map-sy").click()
    expect(page.locator(".leaflet-popup .map-note")).to_be_visible()
    shape: dict[str, float] = page.evaluate(SHAPE)
    return shape


def test_a_stopped_server_is_said_and_the_wall_comes_back_by_itself(
    server: Server, page: Page, watch: Watch
):
    open_wall(page, server)
    zoomed, loads = zoom_and_open_a_note(page), watch.loads
    server.stop()

    expect(page.locator("#wall-live")).to_contain_text("连接中断", timeout=WITHIN_STALE)
    expect(page.locator("#wall-stale")).to_be_visible()
    expect(page.locator("#wall-stale")).to_contain_text("不代表当前情况")
    expect(page.locator("body.is-stale")).to_have_count(1)
    expect(tally(page, 2)).to_have_text("3")

    with writing(server.engine) as connection:
        worlds.a_case(connection, accepted_at=datetime.now(UTC))
    server.start()
    state(page, "live")
    expect(page.locator("#wall-stale")).to_contain_text("已恢复")
    expect(tally(page, 2)).to_have_text("4")
    expect(page.locator("body.is-stale")).to_have_count(0)
    expect(page.locator("#wall-stale")).to_be_hidden(timeout=15_000)
    assert watch.loads == loads
    expect(page.locator(".leaflet-popup .map-note")).to_be_visible()
    assert page.evaluate(SHAPE) == zoomed


def test_a_new_build_reloads_the_page_once(server: Server, page: Page, watch: Watch):
    open_wall(page, server)
    loads = watch.loads
    server.stop()
    server.start(wall__night_from="23:00")
    page.wait_for_event("load", timeout=20_000)
    state(page, "live")
    for _ in range(2):
        page.wait_for_event("response", lambda answer: "/live/wall" in answer.url)

    assert watch.loads == loads + 1


def test_a_database_that_fails_makes_the_wall_stale_but_keeps_its_figures(
    server: Server, page: Page
):
    open_wall(page, server)
    with writing(server.engine) as connection:
        connection.exec_driver_sql("ALTER TABLE wall_snapshot RENAME TO gone")
    state(page, "stale", within=25_000)
    expect(page.locator("#wall-live")).to_contain_text("截至")
    expect(tally(page, 2)).to_have_text("3")
    with writing(server.engine) as connection:
        connection.exec_driver_sql("ALTER TABLE gone RENAME TO wall_snapshot")
    state(page, "live")


def test_a_wall_set_to_a_day_shows_that_day(server: Server, page: Page):
    server.stop()
    server.start("--at", "2026-03-11T14:20+08:00")
    open_wall(page, server)

    expect(page.locator("#wall-clock")).to_have_text("14:20")
    expect(page.locator(".set-day")).to_be_visible()


def test_the_wall_is_dark_by_day_and_darker_by_night(server: Server, page: Page):
    server.stop()
    server.start("--at", "2026-03-11T22:20+08:00")
    open_wall(page, server)

    expect(page.locator("html")).to_have_attribute("data-theme", "night")
