"""The leaders' pages in a browser: a real server, a small county, a few cases."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from dashboard.database.engine import writing
from tests import worlds
from tests.browser.conftest import Server, Watch, a_server

pytestmark = pytest.mark.browser

COUNTY = f"/area/{worlds.COUNTY}"
WIDTHS = (390, 1024, 1440, 1920)
ADDRESSES = (COUNTY, f"/area/{worlds.BAISHUI}", "/cases", "/league/townships",
             "/explain/accepted?period=year")  # fmt: skip
OVERFLOW = "document.documentElement.scrollWidth - innerWidth"
REFRESH = "wuqing.desk.refresh()"
LATER = "performance.now = ((now) => () => now() + 90000)(performance.now.bind(performance))"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, sqlite_blank: Path) -> Iterator[Server]:
    """One server for all: nothing here is changed but for one more case."""
    with a_server(tmp_path_factory.mktemp("desk"), sqlite_blank) as server:
        yield server


def open_desk(page: Page, server: Server, address: str = COUNTY) -> None:
    page.goto(server.url + address)
    expect(page.locator("#desk .d-top")).to_be_visible()
    expect(page.locator("#desk-live")).to_have_attribute("data-state", "live")


def until(page: Page, true: str) -> None:
    """Wait until it is true in the page; wait_for_function needs eval, which is forbidden."""
    for _ in range(100):
        if page.evaluate(true):
            return
        page.wait_for_timeout(100)
    raise AssertionError(true)


def drawer(page: Page) -> Locator:
    return page.get_by_role("dialog")


def entry(page: Page, name: str) -> Locator:
    return page.locator(".d-nav").get_by_text(name, exact=True)


def first_figure(page: Page) -> Locator:
    return page.locator(".d-tile a.fig").first


def test_pages_lead_to_each_other_and_back_without_a_load(server: Server, page: Page, watch: Watch):
    page.set_viewport_size({"width": 1440, "height": 500})
    open_desk(page, server)
    page.mouse.wheel(0, 300)
    until(page, "history.state.y === 300")

    entry(page, "事项").click()
    expect(page).to_have_url(f"{server.url}/cases")
    expect(page.locator("h1")).to_be_focused()
    assert page.evaluate("scrollY") == 0

    page.go_back()
    expect(page.locator(".d-tiles")).to_be_visible()
    until(page, "scrollY === 300")
    page.get_by_text("English", exact=True).click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert watch.loads == 1
    assert watch.complaints == []
    assert watch.hosts() == {"127.0.0.1"}


def test_a_number_opens_into_a_drawer_and_closing_leads_back_to_it(
    server: Server, page: Page, watch: Watch
):
    open_desk(page, server)
    number = first_figure(page)
    shown = number.locator(".n").inner_text()
    number.click()

    expect(drawer(page)).to_be_focused()
    expect(drawer(page).locator("h1")).to_contain_text(shown)
    expect(page).to_have_url(server.url + (number.get_attribute("href") or ""))
    for _ in range(30):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.d-sheet') !== null")

    page.keyboard.press("Escape")
    expect(drawer(page)).to_have_count(0)
    expect(page).to_have_url(server.url + COUNTY)
    expect(number).to_be_focused()

    page.go_forward()
    expect(drawer(page)).to_be_visible()
    page.locator("#desk-drawer").click(position={"x": 10, "y": 500})
    expect(drawer(page)).to_have_count(0)
    assert page.evaluate("wuqing.desk.drawn") == 1, "the page below was drawn anew"
    assert (watch.loads, watch.complaints) == (1, [])


def test_what_is_opened_within_a_drawer_is_left_at_once(server: Server, page: Page):
    open_desk(page, server)
    first_figure(page).click()
    drawer(page).locator(".d-segments a:not(.on)").first.click()
    until(page, "history.state.depth === 2")

    page.keyboard.press("Escape")
    expect(page).to_have_url(server.url + COUNTY)

    page.go_back()
    expect(page).to_have_url("about:blank")


def test_an_explanation_visited_directly_is_a_page(server: Server, page: Page):
    open_desk(page, server, "/explain/accepted?period=year")

    expect(drawer(page)).to_have_count(0)
    expect(page.locator("main h1")).to_have_count(1)
    expect(entry(page, "总览")).to_be_visible()


def test_a_refresh_brings_new_figures_and_leaves_what_a_reader_does(
    server: Server, page: Page, watch: Watch
):
    page.set_viewport_size({"width": 1440, "height": 500})
    open_desk(page, server, "/cases?view=open")
    rows = page.locator(".d-cases tbody tr")
    before = rows.count()
    page.locator(".d-fold summary").first.click()
    field = page.locator(".d-filters input[type=search], .d-filters input[name=q]").first
    field.fill("邻里")
    field.focus()
    with writing(server.engine) as connection:
        worlds.a_case(connection, accepted_at=datetime.now(UTC))

    for _ in range(40):
        page.evaluate(REFRESH)
        if rows.count() > before:
            break
        page.wait_for_timeout(250)

    expect(rows).to_have_count(before + 1)
    expect(field).to_have_value("邻里")
    expect(field).to_be_focused()
    assert page.locator(".d-fold").first.evaluate("fold => fold.open")
    assert (watch.loads, watch.complaints) == (1, [])


def test_figures_stay_when_the_server_goes_and_it_is_said(server: Server, page: Page):
    open_desk(page, server)
    shown = first_figure(page).inner_text()
    server.stop()
    page.evaluate(LATER)

    page.evaluate(REFRESH)
    expect(page.locator("#desk-live")).to_have_attribute("data-state", "stale")
    expect(page.locator(".d-stale")).to_be_visible()
    expect(first_figure(page)).to_have_text(shown.replace("\n", ""))

    entry(page, "事项").click()
    expect(page.locator("#desk-notice")).to_be_visible()
    expect(page).to_have_url(server.url + COUNTY)

    server.start()
    until(page, f"({REFRESH}, wuqing.desk.state === 'live')")
    expect(page.locator(".d-stale")).to_be_hidden()


def test_a_page_that_is_not_there_says_so_with_its_status(server: Server, page: Page):
    answer = page.goto(f"{server.url}/area/530399000000")

    assert answer is not None
    assert answer.status == 404
    expect(page.locator("h1")).to_be_visible()
    entry(page, "总览").click()
    expect(page.locator(".d-tiles")).to_be_visible()


def test_the_keyboard_goes_along_the_rows(server: Server, page: Page):
    open_desk(page, server, "/cases?view=open")
    links = page.locator(".d-cases tbody tr a:first-child")
    page.locator(".d-cases tbody tr").nth(0).locator("a").first.focus()

    page.keyboard.press("ArrowDown")

    expect(page.locator(".d-cases tbody tr").nth(1).locator("a").first).to_be_focused()
    assert links.count() > 1


@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_is_wider_than_the_screen_or_the_paper(server: Server, page: Page, address: str):
    open_desk(page, server, address)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(OVERFLOW) <= 0, f"{address} at {width}"
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 718, "height": 1000})
    assert page.evaluate(OVERFLOW) <= 0, f"{address} on paper"
    expect(page.locator(".d-nav")).to_be_hidden()
