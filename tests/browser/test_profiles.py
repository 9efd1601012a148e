"""Every centre's wall on its first day: its own words and map, and calm where it states nothing."""

import os
import subprocess
import sys

import pytest
from playwright.sync_api import Page, expect

from dashboard.profile import PROFILES, load_profile
from geodata.boundaries import load_boundaries
from layouts.words import Words
from tests.browser.conftest import ROOT, Server, Watch

pytestmark = pytest.mark.browser

OWN_SITUATIONS = {
    "shishou": ["稳情", "警情", "社情", "民情", "舆情"],
    "haifeng": ["民情", "警情", "访情", "舆情", "诉情"],
}
OWN_STAGES = {
    "xiaogan": ["派单", "接单", "评单", "核单", "办结"],
    "shishou": ["全面研", "精准交", "高效办", "限期结", "综合评"],
    "haifeng": ["双登记受理", "先行调解", "风险研判", "分类流转", "案结事了"],
    "hantai": ["受理", "甄别研判", "分流", "化解", "回访", "案结事了"],
}
PREFECTURE = "xiaogan"


@pytest.fixture(scope="module", params=PROFILES)
def new(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory):
    """The name of a centre, and its server after nothing but `wuqing init`."""
    name: str = request.param
    folder = tmp_path_factory.mktemp(name)
    server = Server(folder, folder / "new.db")
    server.settings["profile"] = name
    environment = {**os.environ, "WUQING_PROFILE": name,
                   "WUQING_DATABASE_URL": server.settings["database_url"]}  # fmt: skip
    init = [sys.executable, "-m", "dashboard", "init"]
    subprocess.run(init, cwd=ROOT, env=environment, check=True, capture_output=True)
    server.start()
    yield name, server
    server.stop()
    server.engine.dispose()


def test_a_new_centre_sees_its_own_words_and_its_map(
    new: tuple[str, Server], page: Page, watch: Watch
):
    name, server = new
    profile, words = load_profile(name), Words("zh-CN")
    map_of = load_boundaries(profile.area_code)
    server.let_in(page)
    page.goto(f"{server.url}/wall")
    expect(page.locator(".map-name")).to_have_count(len(map_of.codes))

    expect(page.locator("h1")).to_have_text(profile.name)
    ordered = [words.text(f"situation.{code}") for code in profile.situations]
    expect(page.locator(".sr .k")).to_have_text(OWN_SITUATIONS.get(name, ordered))
    labels = [label.zh or words.text(f"stage.{label.code}") for label, _ in profile.columns]
    expect(page.locator(".fs .k")).to_have_text(OWN_STAGES.get(name, labels))
    assert set(page.locator(".map-name .value").all_text_contents()) == {"0"}
    assert watch.complaints == []


def test_what_a_new_centre_does_not_state_is_not_made_up(new: tuple[str, Server], page: Page):
    name, server = new
    server.let_in(page)
    page.goto(f"{server.url}/wall")
    expect(page.locator("#wall-live")).to_have_attribute("data-state", "live")

    assert page.locator(".motto").count() == (load_profile(name).motto is not None)
    expect(page.locator(".al .nodata")).to_contain_text("当前无超期、无预警")
    expect(page.locator(".mo .nodata")).to_contain_text("今日暂无流转")
    expect(page.locator(".tl.alarm, .ban.red, .sr .sy, .chip")).to_have_count(0)
    expect(page.locator(".tl").last).not_to_contain_text("目标")
    expect(page.locator(".tl .n.nd")).to_have_text("—")
    expect(page.locator(".lgt").last).to_contain_text("未配置")
    head = "县（市、区）" if name == PREFECTURE else "乡镇（街道）"
    expect(page.locator(".lgt h3").first).to_contain_text(head)
