"""The wall never lies about the time: sleep, clocks set, a new version, midnight, a month's end."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, Route, expect

from dashboard.database.engine import writing
from tests import worlds
from tests.browser.conftest import Server, Watch, a_server
from tests.browser.relay import Relay, Way, relay
from tests.browser.test_faults import live, not_live, unwell

pytestmark = pytest.mark.browser

BACK = 60_000
"""R05: back to live within a minute, without a hand."""
QUICK = {"refresh__every_s": "1", "refresh__stale_after_s": "3"}
ZONE = ZoneInfo("Asia/Shanghai")

# what somebody in front of it sees, with every change; an observer is no timer
WATCHED = """() => {
  const text = id => document.getElementById(id).textContent;
  window.seen = [];
  const look = () => window.seen.push({
    state: document.getElementById("wall-live").dataset.state,
    clock: text("wall-clock"),
    day: document.getElementById("wall-day").offsetParent ? text("wall-day") : "",
    accepted: document.querySelector("#wall-tallies .n > span").textContent,
    labels: getComputedStyle(document.querySelector(".tl .f"), "::after").content,
  });
  new MutationObserver(look).observe(document.body,
    {subtree: true, attributes: true, characterData: true, childList: true});
  look();
}"""


@pytest.fixture(scope="module")
def quick(tmp_path_factory: pytest.TempPathFactory, sqlite_blank: Path) -> Iterator[Server]:
    with a_server(tmp_path_factory.mktemp("clocks"), sqlite_blank) as server:
        server.stop()
        server.start(**QUICK)
        yield server


@pytest.fixture
def between(quick: Server, page: Page) -> Iterator[Relay]:
    quick.let_in(page)
    with relay(quick.port) as running:
        yield running


def tells_the_servers_time(page: Page, hours: int = 0) -> None:
    """The server's clock is this machine's own, and so many hours ahead of it."""
    now = datetime.now(ZONE) + timedelta(hours=hours)
    minutes = "|".join(f"{now + timedelta(minutes=ahead):%H:%M}" for ahead in range(2))
    expect(page.locator("#wall-clock")).to_have_text(re.compile(f"^({minutes})$"), timeout=BACK)


def test_a_wall_that_slept_eight_hours_is_live_again_by_itself(between: Relay, page: Page):
    page.clock.install()
    page.goto(f"{between.url}/wall")
    live(page)
    page.clock.fast_forward("08:00:00")

    tells_the_servers_time(page)
    live(page, BACK)
    expect(page.locator("body.is-stale, body.is-late")).to_have_count(0)


def test_a_wall_that_wakes_without_a_server_says_how_old_it_is(between: Relay, page: Page):
    page.clock.install()
    page.goto(f"{between.url}/wall")
    live(page)
    between.turn(Way.HANG)
    page.clock.fast_forward("08:00:00")

    unwell(page)
    expect(page.locator("#wall-stale b")).to_contain_text("8 小时")
    expect(page.locator("#wall-fresh-board")).to_contain_text("8 小时")
    between.turn(Way.PASS)
    tells_the_servers_time(page)
    live(page, BACK)


@pytest.mark.parametrize("hours", [1, -1])
def test_a_clock_that_is_set_changes_nothing_on_the_wall(between: Relay, page: Page, hours: int):
    page.clock.install()
    page.goto(f"{between.url}/wall")
    live(page)
    page.clock.set_system_time(datetime.now(UTC) + timedelta(hours=hours))
    polls = page.evaluate("() => wuqing.live.polls")
    expect(page.locator("#wall-fresh-link")).to_have_attribute("data-state", "live")
    while page.evaluate("() => wuqing.live.polls") < polls + 3:
        page.wait_for_event("response", lambda answer: "/live/wall" in answer.url)

    tells_the_servers_time(page)
    live(page, BACK)


@pytest.mark.parametrize("hours", [1, -1])
def test_a_clock_that_is_set_hides_no_fault(between: Relay, page: Page, hours: int):
    page.clock.install()
    page.goto(f"{between.url}/wall")
    live(page)
    between.turn(Way.HANG)
    page.clock.set_system_time(datetime.now(UTC) + timedelta(hours=hours))

    not_live(page)
    unwell(page)
    between.turn(Way.PASS)
    tells_the_servers_time(page)
    live(page, BACK)


@pytest.mark.parametrize("hours", [8, -8])
def test_a_servers_clock_that_is_set_is_followed(between: Relay, page: Page, hours: int):
    page.goto(f"{between.url}/wall")
    live(page)
    between.ahead_ms = hours * 3_600_000

    tells_the_servers_time(page, hours)
    live(page, BACK)
    between.ahead_ms = 0
    tells_the_servers_time(page)
    live(page, BACK)


def test_figures_that_stand_still_grow_old_by_any_clock(between: Relay, page: Page):
    """A server's clock put back a little leaves a board from its future, which no tick renews."""
    page.goto(f"{between.url}/wall")
    live(page)
    stands = {"x-as-of": str(page.evaluate("() => wuqing.facts.asOf"))}

    def stand(route: Route) -> None:
        answer = route.fetch()
        back = {"x-now": str(int(answer.headers["x-now"]) - 45_000)}
        route.fulfill(response=answer, headers={**answer.headers, **stands, **back})

    page.route("**/live/wall*", stand)
    not_live(page)
    unwell(page)
    expect(page.locator("#wall-live")).to_have_attribute("data-cause", "still")
    page.unroute("**/live/wall*", stand)
    live(page, BACK)


def test_a_new_version_is_loaded_once_and_never_into_an_error(
    server: Server, page: Page, watch: Watch
):
    with relay(server.port) as between:
        page.goto(f"{between.url}/wall")
        live(page)
        loads = watch.loads
        between.turn(Way.HALF)
        server.stop()
        server.start(wall__night_from="23:00")
        page.wait_for_event("response", lambda answer: answer.status == 503, timeout=BACK)
        live(page, BACK)  # the old page, with what the new version says
        assert watch.loads == loads

        with page.expect_event("load", timeout=BACK):
            between.turn(Way.PASS)
        live(page, BACK)
        for _ in range(2):
            page.wait_for_event("response", lambda answer: "/live/wall" in answer.url)
        assert watch.loads == loads + 1


def test_the_page_is_loaded_anew_once_a_night(quick: Server, page: Page, watch: Watch):
    quick.let_in(page)
    ahead = {"ms": 0}

    def shift(route: Route) -> None:
        answer = route.fetch()
        moved = {
            name: str(int(answer.headers[name]) + ahead["ms"]) for name in ("x-now", "x-as-of")
        }
        route.fulfill(response=answer, headers={**answer.headers, **moved})

    page.route("**/live/wall*", shift)
    page.goto(f"{quick.url}/wall")
    live(page)
    loads = watch.loads
    with page.expect_event("load", timeout=BACK):
        ahead["ms"] = 26 * 3600 * 1000  # past every four o'clock and its half hour
    for _ in range(3):
        page.wait_for_event("response", lambda answer: "/live/wall" in answer.url)
    live(page, BACK)
    assert watch.loads == loads + 1


@pytest.fixture
def month_end(server: Server) -> Server:
    """A server whose last half minute of March runs, with a case of that day."""
    with writing(server.engine) as connection:
        worlds.a_case(connection, accepted_at=datetime(2026, 3, 31, 2, tzinfo=UTC))
    server.stop()
    server.start("--at", "2026-03-31T23:59:35+08:00", **QUICK)
    return server


@pytest.mark.parametrize("way", [Way.PASS, Way.HANG], ids=lambda way: way.value)
def test_yesterdays_figures_are_never_shown_as_todays(month_end: Server, page: Page, way: Way):
    with relay(month_end.port) as between:
        page.goto(f"{between.url}/wall")
        live(page)
        expect(page.locator("#wall-day")).to_contain_text("3月31日")
        expect(page.locator("#wall-tallies .n > span").first).to_have_text("1")
        page.evaluate(WATCHED)
        if way is Way.HANG:
            between.turn(way)
            expect(page.locator("#wall-clock")).to_have_text("4月1日 00:00", timeout=BACK)
            expect(page.locator("#wall-day")).to_be_hidden()
            unwell(page)
            expect(page.locator("#wall-stale .el")).to_contain_text("3月31日 23:59")
            between.turn(Way.PASS)
        expect(page.locator("#wall-day")).to_contain_text("4月1日", timeout=BACK)
        live(page, BACK)
        expect(page.locator("#wall-tallies .n > span").first).to_have_text("0")
        expect(page.locator("#wall-tallies")).to_contain_text("本月应办 0 件")
        expect(page.locator("#wall-clock")).to_have_text("00:00")

        after = [one for one in page.evaluate("() => window.seen") if "00:0" in one["clock"]]
        of_yesterday = [one for one in after if one["accepted"] == "1"]
        assert [one for one in of_yesterday if one["state"] == "live"] == []
        assert [one for one in of_yesterday if "3月31日" in one["day"]] == []
        assert all(re.search("3月31日 23:59", one["labels"]) for one in of_yesterday)
