"""The page of the real server, painted with a board of the test's own."""

import json
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import count
from uuid import uuid4

from playwright.sync_api import Page, Route, expect
from plotly.io.json import to_json_plotly

from dashboard.snapshots.board import Board
from geodata.boundaries import load_boundaries
from layouts.pages import wall
from layouts.panels import PANELS
from layouts.panels.hazard_map import hazard_map_panel, map_data
from layouts.words import Language, Words

PATIENCE_MS = 30_000
"""Longer than a wall waits for its first answers, on the page's own clock."""
ASLEEP_MS = 12_000
"""So long that a wall notices, and longer than it says that it is back."""
LOOKS = 2_000
MOMENTS = count()
"""No two answers are of the same moment: figures that stand still would be old ones."""
ZHANYI = load_boundaries("530303000000")
FRAME = wall.WallFrame(
    centre="沾益区社会治安综合治理中心",
    motto="指挥有方 调度有力 穿透到底 形成闭环",
    every_s=5,
    stale_after_s=60,
    night_from="22:00",
    night_until="06:00",
    build="test",
)
ENGLISH = replace(FRAME, centre="Zhanyi District Governance Centre", motto=None)


@dataclass(frozen=True, kw_only=True)
class Painted:
    """A wall to be shown; without a board it is loading, `age` makes its figures old."""

    board: Board | None
    language: Language = "zh-CN"
    age: timedelta = timedelta()
    version: str = field(default_factory=lambda: uuid4().hex)

    @property
    def words(self) -> Words:
        return Words(self.language)

    def layout(self) -> str:
        frame = ENGLISH if self.language == "en" else FRAME
        mount = hazard_map_panel(ZHANYI, self.words)
        return to_json_plotly(wall.layout(self.words, frame, self.board, mount))

    def answer(self, route: Route) -> None:
        if self.board is None:
            return  # an answer that does not come
        panels = {panel.id: panel.draw(self.board, self.words) for panel in PANELS}
        shown = map_data(self.board, ZHANYI, self.words)
        body = {"version": self.version, "map": shown, "panels": json.loads(to_json_plotly(panels))}
        now = self.board.as_of.timestamp() * 1000 + next(MOMENTS)
        headers = {
            "X-Now": f"{now:.0f}",
            "X-As-Of": f"{now - self.age / timedelta(milliseconds=1):.0f}",
        }
        route.fulfill(json=body, headers=headers)

    def answer_from_now_on(self, page: Page) -> None:
        page.unroute("**/live/wall?*")
        page.route("**/live/wall?*", lambda route: self.answer(route))

    def show(self, page: Page, url: str) -> None:
        """Open it and wait until it stands still."""
        page.route("**/_dash-layout", lambda route: route.fulfill(body=self.layout(),
                   content_type="application/json"))  # fmt: skip
        self.answer_from_now_on(page)
        if self.board is None:
            page.clock.install()
        page.goto(f"{url}/wall?lang={self.language}")
        if self.board is None:
            expect(page.locator("#wall-live")).to_have_attribute("data-state", "loading")
            page.clock.fast_forward(PATIENCE_MS)
            expect(page.locator("#wall-live")).to_have_attribute("data-state", "broken")
        else:
            self._stands(page)

    def follow(self, page: Page) -> None:
        """Show it where another one is shown, on a page whose clock is installed."""
        self.answer_from_now_on(page)
        page.clock.fast_forward(ASLEEP_MS)  # it asks when it wakes
        for _ in range(LOOKS):
            if page.evaluate("() => wuqing.live.version") == self.version:
                break
        else:
            raise AssertionError("it was not painted")
        page.clock.fast_forward(ASLEEP_MS)  # so long it says that it is live again
        expect(page.locator("body.is-back")).to_have_count(0)
        self._stands(page)

    def _stands(self, page: Page) -> None:
        state = "stale" if self.age else "live"
        expect(page.locator("#wall-live")).to_have_attribute("data-state", state)
        expect(page.locator(".map-name")).to_have_count(len(ZHANYI.codes))
        page.evaluate("() => document.fonts.ready.then(() => true)")
