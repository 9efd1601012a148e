"""What fails at 07:30 is seen by 07:35 by who looks at wall and desk, on a stepped clock."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
from playwright.sync_api import Page, Request, expect
from sqlalchemy import Engine, update
from werkzeug.serving import make_server

from app import create_app
from dashboard.briefing.briefing_settings import BriefingSettings
from dashboard.briefing.schedule import LOOKED_EVERY_S, seal_due
from dashboard.database.engine import writing
from dashboard.database.tables import cases
from dashboard.settings import Settings
from dashboard.site import Site
from tests.signing import COOKIE, session
from tests.test_app import url_of
from tests.worlds import COUNTY, a_case

pytestmark = pytest.mark.browser

BEFORE = datetime(2026, 3, 17, 23, 29, 50, tzinfo=UTC)  # 07:29:50 in Shanghai
STEP_S = 5
CAUSE = "程序或数据有误（ValueError）"


@dataclass
class Morning:
    """A service whose clock is the test's."""

    site: Site
    url: str
    at: list[datetime]

    def half_a_minute(self) -> None:
        self.at[0] += timedelta(seconds=LOOKED_EVERY_S)
        seal_due(self.site.engine, self.site.centre, self.at[0])


@pytest.fixture
def morning(county: Engine) -> Iterator[Morning]:
    at = [BEFORE]
    with writing(county) as connection:
        a_case(connection, accepted_at=BEFORE - timedelta(hours=2))
    rule = BriefingSettings(statistics_at="06:00", seal_at="07:30")
    app = create_app(Settings(database_url=url_of(county), briefing=rule), lambda: at[0])
    server = make_server("127.0.0.1", 0, app.server, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    site: Site = app.server.extensions["site"]
    yield Morning(site, f"http://127.0.0.1:{server.server_port}", at)
    server.shutdown()
    thread.join()
    server.server_close()
    site.engine.dispose()


def set_channel(engine: Engine, channel: str) -> None:
    with writing(engine) as connection:
        connection.execute(update(cases).values(source_channel=channel))


class Stepped:
    """A page whose clock goes on by short steps; answers take their time on no clock."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.asked: set[Request] = set()
        page.on("request", lambda request: self.asked.add(request))
        page.on("requestfinished", lambda request: self.asked.discard(request))
        page.on("requestfailed", lambda request: self.asked.discard(request))

    def pass_time(self, seconds: int) -> None:
        for _ in range(seconds // STEP_S):
            self.page.clock.run_for(STEP_S * 1_000)
            while self.asked:
                self.page.evaluate("() => 0")


def test_a_failure_of_0730_is_on_wall_and_desk_by_0735_and_gone_when_mended(
    morning: Morning, page: Page
):
    engine = morning.site.engine
    cookie = {"name": COOKIE, "value": session(engine, at=BEFORE), "url": morning.url}
    page.context.add_cookies([cookie])
    wall = page.context.new_page()
    for shown, address in ((page, f"/area/{COUNTY}"), (wall, "/wall")):
        shown.clock.install(time=BEFORE)
        shown.goto(morning.url + address)
        expect(shown.locator("h1, .banners").first).to_be_attached()
    stepped = Stepped(page), Stepped(wall)
    told = page.locator(".d-late"), wall.locator(".ban.red")
    set_channel(engine, "nobody's")

    def until_it_is(count: int, end: datetime) -> None:
        while any(one.count() != count for one in told):
            morning.half_a_minute()
            assert morning.at[0] < end
            for one in stepped:
                one.pass_time(LOOKED_EVERY_S)

    until_it_is(1, datetime(2026, 3, 17, 23, 35, tzinfo=UTC))  # 07:35
    for one in told:
        expect(one).to_contain_text("到时未签发")
        expect(one).to_contain_text(CAUSE)

    page.get_by_role("link", name="到时未签发").click()
    expect(page.locator("h1")).to_contain_text("没能编出")
    expect(page.locator(".d-card")).to_contain_text(CAUSE)
    page.get_by_role("link", name="落实台账").first.click()
    expect(page.locator(".d-late")).to_contain_text(CAUSE)

    set_channel(engine, "window")
    until_it_is(0, BEFORE + timedelta(minutes=20))
