"""Hostile text in every field that is drawn: shown as text, on every page, hover and popup."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from sqlalchemy import update

from dashboard.access.role import Role
from dashboard.database import tables
from dashboard.database.engine import writing
from dashboard.terms import Event
from tests import worlds
from tests.browser.conftest import Server, Watch, a_server
from tests.signing import COOKIE, session

EVIL = '<img src=x onerror="window.__xss=1">'
SHORT = "<img src=x>"
LINK = '<a href="http://evil.example/">x</a>'


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, sqlite_blank: Path) -> Iterator[Server]:
    with a_server(tmp_path_factory.mktemp("hostile"), sqlite_blank) as server:
        now = datetime.now(UTC)
        with writing(server.engine) as connection:
            for number in range(3):
                worlds.a_history(
                    connection, *worlds.UP_TO_WORK, Event.SUPERVISE, title=f"{EVIL}{LINK}{number}",
                    start=now - timedelta(days=6 * number + 1), location_text=EVIL,
                )  # fmt: skip
            connection.execute(update(tables.hazard_point).values(name=EVIL))
            for table, short in ((tables.area, "short_name"), (tables.department, "short_name")):
                names = {"name": EVIL, short: SHORT, "name_en": EVIL}
                connection.execute(update(table).values(**names))
        yield server


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A browser that lets scripts of all kinds run: text has to be text without the policy, too."""
    context = chromium.new_context(viewport={"width": 1920, "height": 1080}, bypass_csp=True)
    yield context.new_page()
    context.close()


def pages(server: Server) -> list[str]:
    with server.engine.connect() as connection:
        code = connection.exec_driver_sql("SELECT case_code FROM cases ORDER BY id DESC").scalar()
    return [
        "/wall", "/wall?lang=en", f"/area/{worlds.COUNTY}", f"/area/{worlds.XIPING}",
        f"/area/{worlds.XIPING}?lang=en", "/department/hrss", "/situation/public_concern",
        "/league/townships", "/league/departments", "/cases", f"/cases?q={SHORT}", f"/case/{code}",
        "/explain/open", "/signals", "/data", "/account",
        "/briefing", "/briefing?view=slides", f"/nowhere/{SHORT}",
    ]  # fmt: skip


def test_hostile_text_is_text_on_every_page(page: Page, server: Server, watch: Watch) -> None:
    for address in pages(server):
        page.goto(f"{server.url}{address}")
        page.wait_for_load_state("networkidle")
        for name in ("[title]", "svg .go", ".fig"):
            marks = page.locator(name).locator("visible=true")
            for place in range(min(marks.count(), 4)):
                marks.nth(place).hover(force=True, timeout=20_000)
        assert page.evaluate("window.__xss") is None, address
        assert page.locator('img[src="x"]').count() == 0, address
        assert page.locator('a[href*="evil.example"]').count() == 0, address

    # a script in a text would have run
    page.evaluate("document.body.innerHTML = '<img src=y onerror=window.__here=1>'")
    page.wait_for_function("window.__here === 1")
    assert watch.hosts() == {"127.0.0.1"}
    assert [said for said in watch.complaints if "404" not in said and "403" not in said] == []


def test_a_bound_reader_finds_hostile_names_harmless(page: Page, server: Server) -> None:
    secret = session(server.engine, Role.TOWNSHIP, worlds.XIPING)
    page.context.add_cookies([{"name": COOKIE, "value": secret, "url": server.url}])
    for address in ("/", "/account", "/data", "/wall"):
        page.goto(f"{server.url}{address}")
        assert page.locator('img[src="x"]').count() == 0, address
        assert page.evaluate("window.__xss") is None, address
