"""The wall never lies: whatever breaks, its figures stay, are not taken for live, and come back."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from dashboard.database import tables
from dashboard.database.access_tables import sign_in_session
from dashboard.database.engine import writing
from layouts.panels import PANELS
from layouts.words import Words
from tests import worlds
from tests.browser.conftest import Server, Watch, a_server
from tests.browser.relay import Relay, Way, relay

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


@pytest.fixture(autouse=True)
def _let_in(quick: Server, page: Page) -> None:
    quick.let_in(page)


@pytest.fixture
def between(quick: Server) -> Iterator[Relay]:
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
    ids = [panel.id for panel in PANELS if panel.id != "wall-feeds"]
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
    assert all(text for text in before if text)


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
    page.goto(f"{quick.url}/wall")
    live(page)
    with writing(quick.engine) as connection:
        connection.execute(sign_in_session.delete())

    expect(page.locator("#wall-live")).to_have_attribute("data-cause", "auth", timeout=TOLD)
    expect(page.locator("#wall-live")).to_have_attribute("data-state", "broken")
    quick.let_in(page)
    live(page, BACK)


@contextmanager
def without_tables(server: Server) -> Iterator[None]:
    """A database that answers nothing but errors."""
    names = [table.name for table in tables.metadata.sorted_tables]

    def rename(old: str, new: str) -> None:
        with writing(server.engine) as connection:
            connection.exec_driver_sql("PRAGMA legacy_alter_table = ON")
            for name in names:
                pair = old.format(name), new.format(name)
                connection.exec_driver_sql("ALTER TABLE {} RENAME TO {}".format(*pair))

    rename("{}", "gone_{}")
    yield
    rename("gone_{}", "{}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_database_that_does_not_answer_is_named(
    quick: Server, page: Page, watch: Watch, language: str
):
    page.goto(f"{quick.url}/wall?lang={language}")
    live(page)
    before, loads = shown(page), watch.loads
    with without_tables(quick):
        not_live(page)
        unwell(page)
        expect(page.locator("#wall-live")).to_have_attribute("data-cause", "database")
        expect(page.locator("#wall-stale b")).to_have_text(said(language, "database"))
        labels_say_as_of(page, language)
        figures_stay(page, before)
    live(page, BACK)
    assert watch.loads == loads


def test_a_feed_that_is_dead_is_said_on_a_wall_that_is_live(quick: Server, page: Page):
    source = tables.source
    page.goto(f"{quick.url}/wall")
    live(page)
    expect(page.locator("#wall-feeds")).to_contain_text("未登记")
    now = worlds.ACCEPTED
    with writing(quick.engine) as connection:
        for channel in ("hotline_12345", "petition"):
            connection.execute(
                source.insert().values(channel=channel, expected_every_s=3600, last_received_at=now)
            )
    feeds = page.locator("#wall-feeds")
    expect(feeds).to_contain_text("0/2", timeout=LIVE)
    expect(feeds.locator(".feed.wrong")).to_have_count(2)
    expect(feeds).to_contain_text("中断，停在 3月10日 09:00")
    expect(feeds).to_contain_text("数据可能不全")
    expect(page.locator("#wall-live")).to_have_attribute("data-state", "live")
    expect(page.locator("#wall-live")).to_have_attribute("data-feeds", "wrong")
    expect(page.locator("#wall-fresh-link")).to_have_attribute("data-state", "live")
    expect(page.locator("#wall-fresh-board")).to_have_attribute("data-state", "live")
