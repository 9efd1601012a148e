"""Chromium for the benchmarks that need a screen."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, expect, sync_playwright

from tests.browser.conftest import ARGUMENTS, CHROMIUM


@contextmanager
def screen(*arguments: str) -> Iterator[Page]:
    """A page of a full-HD wall."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=[*ARGUMENTS, *arguments]
        )
        yield browser.new_page(viewport={"width": 1920, "height": 1080})
        browser.close()


def open_wall(page: Page, url: str) -> None:
    """Open the wall and wait until it is live."""
    page.goto(f"{url}/wall")
    expect(page.locator("#wall-live")).to_have_attribute("data-state", "live", timeout=60_000)
