"""The wall never lies: whatever breaks, its figures stay, are not taken for live, and come back."""

import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from dashboard.database.access_tables import sign_in_session
from dashboard.database.engine import writing
from dashboard.database.tables import source
from layouts.ids import FEEDS
from layouts.panels import PANELS
from layouts.words import Words
from tests import worlds
from tests.browser.conftest import Server, Watch, a_server, serving
from tests.browser.faults import Fault, blank_panels, broken, without_tables
from tests.browser.relay import Relay, Way, relay
from tests.services import postgres

pytestmark = pytest.mark.browser

LIVE = 20_000
TOLD = 15_000
"""How long a wall may look live that is not (R01); these walls ask every second."""
BACK = 30_000

LANGUAGES = ("zh-CN", "en")
CAUSES = {
    Way.CUT: "network",
    Way.REFUSE: "auth",
    Way.FORBID: "auth",
    Way.REDIRECT: "redirect",
    Way.FAIL: "server",
    Way.HANG: "silent",
    Way.SLOW: "slow",
    Way.PORTAL: "foreign",
}
NOT_LIVE = re.compile("late|stale|broken")
TEXTS = """ids => ids.map(id => document.getElementById(id).textContent)"""
LABELS = """() => [...document.querySelectorAll(".tl .f, .p h2 .r")].map(
  element => getComputedStyle(element, "::after").content)"""


@pytest.fixture(scope="module")
def quick(tmp_path_factory: pytest.TempPathFactory, sqlite_blank: Path) -> Iterator[Server]:
    """A server whose wall asks every second."""
    with a_server(tmp_path_factory.mktemp("faults"), sqlite_blank) as server:
        server.stop()
        server.start(refresh__every_s="1", refresh__stale_after_s="3")
        yield server


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory, sqlite_blank: Path) -> Iterator[Server]:
    """A server as it is set when nobody sets it: its wall asks every five seconds."""
    with a_server(tmp_path_factory.mktemp("usual"), sqlite_blank) as server:
        yield server


@pytest.fixture
def between(quick: Server, page: Page) -> Iterator[Relay]:
    quick.let_in(page)
    with relay(quick.port) as running:
        yield running


def live(page: Page, within: int = LIVE) -> None:
    expect(page.locator("#wall-live")).to_have_attribute("data-state", "live", timeout=within)


def not_live(page: Page, within: int = TOLD) -> None:
    expect(page.locator("#wall-live")).to_have_attribute("data-state", NOT_LIVE, timeout=within)


def unwell(page: Page, within: int = TOLD) -> None:
    state = re.compile("stale|broken")
    expect(page.locator("#wall-live")).to_have_attribute("data-state", state, timeout=within)


def shown(page: Page) -> list[str]:
    """What every panel but the feeds' line says; that one tells the time."""
    ids = [panel.id for panel in PANELS if panel.id != FEEDS]
    texts: list[str] = page.evaluate(TEXTS, ids)
    return texts


def said(language: str, cause: str) -> re.Pattern[str]:
    text = Words(language).text(f"live.cause.{cause}")
    return re.compile(re.escape(text).replace(r"\{n\}", ".+"))


def labels_say_as_of(page: Page, language: str) -> None:
    """Each tile and each panel names the time its figures stand for."""
    before = Words(language).text("stale.asof").partition("{t}")[0]
    labels = page.evaluate(LABELS)
    assert len(labels) == 5 + 6
    assert {label[: len(before) + 1] for label in labels} == {f'"{before}'}
    assert all(re.search(r"\d\d:\d\d", label) for label in labels)


def figures_stay(page: Page, before: list[str]) -> None:
    assert shown(page) == before
    assert blank_panels(page) == set()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("way", CAUSES, ids=lambda way: way.name.lower())
def test_a_fault_is_told_by_its_cause_and_passes_without_a_hand(
    between: Relay, page: Page, watch: Watch, way: Way, language: str
):
    page.goto(f"{between.url}/wall?lang={language}")
    live(page)
    before, loads = shown(page), watch.loads

    between.turn(way)
    not_live(page)
    mark = page.locator("#wall-live")
    expect(mark).to_have_attribute("data-cause", CAUSES[way], timeout=TOLD)
    expect(mark).to_contain_text(said(language, CAUSES[way]))
    labels_say_as_of(page, language)
    if way is not Way.SLOW:
        unwell(page)
        expect(page.locator("#wall-stale b")).to_have_text(said(language, CAUSES[way]))
        expect(page.locator("#wall-stale .el")).to_have_text(re.compile(r"\d\d:\d\d"))
        expect(page.locator("#wall-fresh-link")).to_have_attribute("data-state", "broken")
        expect(page.locator("#wall-fresh-board")).to_have_attribute("data-state", "stale")
    figures_stay(page, before)
    assert page.url.startswith(f"{between.url}/wall")

    between.turn(Way.PASS)
    live(page, BACK)
    expect(page.locator("body.is-stale, body.is-late")).to_have_count(0)
    assert watch.loads == loads


@pytest.mark.parametrize("way", [Way.REFUSE, Way.FORBID, Way.REDIRECT], ids=lambda way: way.value)
def test_who_may_not_look_any_more_is_told_at_once_and_asked_for_again(
    between: Relay, page: Page, way: Way
):
    page.goto(f"{between.url}/wall")
    live(page)
    between.turn(way)

    # with the first answer: no second failure, no waiting for age
    expect(page.locator("#wall-live")).to_have_attribute("data-state", "broken", timeout=5_000)
    polls = page.evaluate("() => wuqing.live.polls")
    expect(page.locator("#wall-live")).to_contain_text("第 3 次", timeout=LIVE)
    assert page.evaluate("() => wuqing.live.polls") > polls
    expect(page.locator("#wall-stale b")).to_have_text(re.compile(r"数据已 \d+ (秒|分)未更新"))
    assert between.asked[way] >= 3
    between.turn(Way.PASS)
    live(page, BACK)


def test_a_wall_whose_session_ends_says_so_and_is_live_again_with_the_next_one(
    quick: Server, page: Page
):
    quick.let_in(page)
    page.goto(f"{quick.url}/wall")
    live(page)
    with writing(quick.engine) as connection:
        connection.execute(sign_in_session.delete())

    expect(page.locator("#wall-live")).to_have_attribute("data-cause", "auth", timeout=TOLD)
    expect(page.locator("#wall-live")).to_have_attribute("data-state", "broken")
    quick.let_in(page)
    live(page, BACK)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_database_that_does_not_answer_is_named(
    quick: Server, page: Page, watch: Watch, language: str
):
    quick.let_in(page)
    page.goto(f"{quick.url}/wall?lang={language}")
    live(page)
    before, loads = shown(page), watch.loads
    with without_tables(quick.engine):
        not_live(page)
        unwell(page)
        expect(page.locator("#wall-live")).to_have_attribute("data-cause", "database")
        expect(page.locator("#wall-stale b")).to_have_text(said(language, "database"))
        labels_say_as_of(page, language)
        figures_stay(page, before)
    live(page, BACK)
    assert watch.loads == loads


def test_a_feed_that_is_dead_is_said_on_a_wall_that_is_live(quick: Server, page: Page):
    quick.let_in(page)
    page.goto(f"{quick.url}/wall")
    live(page)
    expect(page.locator("#wall-feeds")).to_contain_text("未登记")
    heard = {"hotline_12345": worlds.ACCEPTED, "petition": datetime.now(UTC)}
    with writing(quick.engine) as connection:
        for channel, at in heard.items():
            connection.execute(
                source.insert().values(channel=channel, expected_every_s=3600, last_received_at=at)
            )
    feeds = page.locator("#wall-feeds")
    expect(feeds).to_contain_text("1/2", timeout=LIVE)
    expect(feeds.locator(".feed.wrong")).to_have_count(1)
    expect(feeds).to_contain_text("中断，停在 3月10日 09:00")
    expect(feeds).to_contain_text("数据可能不全")
    expect(page.locator("#wall-live")).to_have_attribute("data-state", "live")
    expect(page.locator("#wall-live")).to_have_attribute("data-feeds", "wrong")
    expect(page.locator("#wall-fresh-link")).to_have_attribute("data-state", "live")
    expect(page.locator("#wall-fresh-board")).to_have_attribute("data-state", "live")


class Stepped:
    """A wall whose clock stands and goes on by seconds, and the server's with it."""

    def __init__(self, page: Page, between: Relay) -> None:
        self.page = page
        self.between = between
        page.clock.pause_at(page.evaluate("() => Date.now()") + 1_000)
        self.stood_at = time.monotonic()
        self.gone_s = 1

    def step(self, *, answered: bool) -> str:
        """Go on a second; returns the wall's state then. Answers take their time on no clock."""
        self.gone_s += 1
        self.between.ahead_ms = int(1_000 * (self.stood_at + self.gone_s - time.monotonic()))
        self.page.clock.run_for(1_000)
        while answered and self.page.evaluate("() => wuqing.facts.asking"):
            pass
        self.page.clock.run_for(1)  # what an answer says is shown with the next beat
        state = self.page.locator("#wall-live").get_attribute("data-state")
        assert blank_panels(self.page) == set()
        return state or ""

    def after_an_answer(self) -> None:
        """Go on until an answer has just come: nothing can be known to be old for longest."""
        polls = self.page.evaluate("() => wuqing.live.polls")
        while self.page.evaluate("() => wuqing.live.polls") == polls:
            self.step(answered=True)

    def seconds_until(self, *, live: bool, answered: bool, of_the_server: bool = False) -> int:
        """Count; what the server itself must notice takes real seconds, too."""
        seconds = 1
        while (self.step(answered=answered) == "live") is not live:
            seconds += 1
            while of_the_server and time.monotonic() < self.stood_at + self.gone_s:
                self.page.evaluate("() => wuqing.live.polls")
            assert seconds < 60
        return seconds


@pytest.mark.parametrize("fault", Fault, ids=lambda fault: fault.name.lower())
def test_no_fault_passes_for_live_for_longer_than_promised(usual: Server, page: Page, fault: Fault):
    """R01: fifteen seconds; and live again within as many. On a clock of the test's own."""
    usual.let_in(page)
    page.clock.install()
    with relay(usual.port, slow_s=120) as between:
        page.goto(f"{between.url}/wall")
        live(page)
        expect(page.locator(".map-area").first).to_be_visible()  # drawn beside the figures
        wall = Stepped(page, between)
        wall.after_an_answer()
        with broken(fault, between, usual.engine):
            answered = fault not in (Fault.HANGING, Fault.SLOW)
            own = fault is Fault.DATABASE
            told = wall.seconds_until(live=False, answered=answered, of_the_server=own)
            assert told <= 15
        assert wall.seconds_until(live=True, answered=True, of_the_server=own) <= 15


def test_a_panel_that_cannot_be_drawn_is_no_live_one_and_heals(
    quick: Server, page: Page, watch: Watch
):
    """Its figures stay, and the wall says that they are not what it was sent."""
    quick.let_in(page)
    page.goto(f"{quick.url}/wall")
    live(page)
    loads = watch.loads
    page.evaluate("""() => {
      const draw = wuqing.draw;
      wuqing.draw = (panel, children) => {
        if (panel.id === "wall-tallies") throw new Error("cannot draw it");
        draw(panel, children);
      };
    }""")
    with writing(quick.engine) as connection:
        worlds.a_case(connection, accepted_at=datetime.now(UTC))

    unwell(page)
    expect(page.locator("#wall-live")).to_have_attribute("data-cause", "draw")
    expect(page.locator("#wall-stale b")).to_contain_text("画面没能画全")
    assert blank_panels(page) == set()
    live(page, BACK)  # a fresh page can
    assert watch.loads == loads + 1


@pytest.fixture
def on_postgresql(tmp_path: Path, postgres_url: str) -> Iterator[Server]:
    name = f"t{uuid4().hex}"
    postgres.run(postgres_url, f"CREATE DATABASE {name} TEMPLATE blank")
    with serving(Server(tmp_path, f"{postgres_url}/{name}")) as server:
        yield server
    postgres.run(postgres_url, f"DROP DATABASE {name}")


def test_a_postgresql_that_lets_nobody_in_is_named_and_found_again(
    on_postgresql: Server, page: Page, postgres_url: str
):
    name = on_postgresql.engine.url.database
    on_postgresql.let_in(page)
    page.goto(f"{on_postgresql.url}/wall")
    live(page)
    before = shown(page)
    postgres.run(postgres_url, f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
    ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = "
    postgres.run(postgres_url, f"{ended}'{name}'")

    not_live(page)
    expect(page.locator("#wall-live")).to_have_attribute("data-cause", "database")
    figures_stay(page, before)
    postgres.run(postgres_url, f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
    live(page, BACK)
