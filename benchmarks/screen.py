"""Chromium for the benchmarks that need a screen."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, expect, sync_playwright

from benchmarks.served import Served
from tests.browser.conftest import ARGUMENTS, CHROMIUM
from tests.signing import COOKIE


@contextmanager
def screen(*arguments: str) -> Iterator[Page]:
    """A page of a full-HD wall."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=[*ARGUMENTS, *arguments]
        )
        yield browser.new_page(viewport={"width": 1920, "height": 1080})
        browser.close()


def open_wall(page: Page, server: Served, url: str = "") -> None:
    """Sign in, open the wall, at `url` if not at the server's, and wait until it is live."""
    page.context.add_cookies([{"name": COOKIE, "value": server.secret, "url": server.url}])
    page.goto(f"{url or server.url}/wall")
    expect(page.locator("#wall-live")).to_have_attribute("data-state", "live", timeout=60_000)
