from copy import deepcopy
from dataclasses import replace
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from geodata.boundaries import load_boundaries
from layouts.panels.hazard_map import map_data
from layouts.words import Words
from tests import worlds
from tests.boards import a_board
from tests.browser.conftest import Server, Watch
from tests.browser.painted import Painted

pytestmark = pytest.mark.browser

ZHANYI = load_boundaries("530303000000")
SLOW = 20_000
HOSTILE = "<img src=x onerror='window.hit=1'>"
UPDATE = "data => window.wuqing.map.update(data)"
BOXES = """selector => [...document.querySelectorAll(selector)].map(element => {
  const {left, top, right, bottom} = element.getBoundingClientRect();
  return [left, top, right, bottom];
})"""
COVERED = """() => [...document.querySelectorAll(".map-key")].flatMap(key => {
  const {left, top, width, height} = key.getBoundingClientRect(), spots = [];
  for (let x = 0; x <= 20; x++) for (let y = 0; y <= 20; y++) {
    spots.push(new DOMPoint(left + width * x / 20, top + height * y / 20));
  }
  return [...document.querySelectorAll(".map-area")].filter(area => spots.some(spot =>
    area.isPointInFill(spot.matrixTransform(area.getScreenCTM().inverse()))));
}).length"""
FITS = """() => {
  const shown = document.querySelector(".map-line.outline").getBoundingClientRect();
  const panel = document.querySelector(".map-canvas").getBoundingClientRect();
  return shown.top > panel.top && shown.bottom < panel.bottom && shown.left > panel.left &&
    shown.right < panel.right && shown.height / panel.height;
}"""
SHAPE = "() => document.querySelector('.map-area').getAttribute('d')"


@pytest.fixture
def server(untouched: Server) -> Server:
    return untouched


def some_data():
    return map_data(a_board(), ZHANYI, Words("zh-CN"))


def open_map(page: Page, server: Server, query: str = "") -> None:
    """Open the wall and wait until the map shows its names."""
    page.goto(f"{server.url}/wall{query}")
    live = page.locator("#wall-live")
    expect(live).to_have_attribute("data-state", "live", timeout=SLOW)
    expect(page.locator(".map-name")).to_have_count(len(ZHANYI.codes), timeout=SLOW)


def boxes(page: Page, selector: str) -> list[list[float]]:
    return page.evaluate(BOXES, selector)


def meet(a: list[float], b: list[float]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def many_points(data, count: int):
    points = {key: [] for key in data["points"]}
    codes = list(data["areas"])
    for n in range(count):
        row = {
            "id": f"P{n}", "lon": 103.6 + 0.5 * (n % 71) / 71, "lat": 25.6 + 0.4 * (n % 53) / 53,
            "risk": n % 3, "area": codes[n % 11], "title": "火灾隐患", "note": "",
        }  # fmt: skip
        for key, value in row.items():
            points[key].append(value)
    return {**data, "points": points}


@pytest.mark.parametrize(
    ("width", "height", "query"),
    [(1920, 1080, ""), (1920, 1080, "?lang=en"), (3840, 1080, ""), (3840, 2160, "")],
)
def test_every_township_is_drawn_and_named_once_and_no_name_covers_anything(
    server: Server, page: Page, watch: Watch, width, height, query
):
    page.set_viewport_size({"width": width, "height": height})
    open_map(page, server, query)
    page.evaluate(UPDATE, map_data(a_board(), ZHANYI, Words("en" if query else "zh-CN")))
    expect(page.locator(".map-mark")).to_have_count(18)

    expect(page.locator(".map-area")).to_have_count(11)
    codes = page.eval_on_selector_all(".map-name", "all => all.map(one => one.dataset.code)")
    assert sorted(codes) == sorted(ZHANYI.codes)
    texts = boxes(page, ".map-name text:not(.number)")
    assert len(texts) == 22
    signs = (
        boxes(page, ".map-sy path.shape")
        + boxes(page, ".map-key")
        + boxes(page, "#wall-hazards h2 > *")
    )
    for place, text in enumerate(texts):
        ink = 0.15 * (text[3] - text[1])  # a line box is taller than what is drawn in it
        inner = [text[0] + 1, text[1] + ink, text[2] - 1, text[3] - ink]
        assert not any(meet(inner, other) for other in texts[place + 1 :]), place
        assert [other for other in signs if meet(inner, other)] == [], (place, inner)
    keys = boxes(page, ".map-key")
    assert not any(meet(key, mark) for key in keys for mark in boxes(page, ".map-face"))
    assert page.evaluate(COVERED) == 0
    assert watch.complaints == []


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (3840, 2160)])
def test_the_map_makes_room_for_a_banner_and_takes_it_back(
    server: Server, page: Page, width: int, height: int
):
    page.set_viewport_size({"width": width, "height": height})
    page.clock.install()
    wall = Painted(board=a_board(), age=timedelta(minutes=10))
    wall.show(page, server.url)
    assert page.evaluate(FITS) > 0.6
    beside_it = page.evaluate(SHAPE)

    replace(wall, age=timedelta()).answer_from_now_on(page)
    page.clock.fast_forward(12_000)
    expect(page.locator("body.is-back")).to_have_count(1, timeout=SLOW)
    page.clock.fast_forward(12_000)  # the good news has been read
    expect(page.locator("body.is-back")).to_have_count(0, timeout=SLOW)
    expect(page.locator(".map-area").first).not_to_have_attribute("d", beside_it, timeout=SLOW)
    assert page.evaluate(FITS) > 0.6
    expect(page.locator(".map-home")).to_be_hidden()

    wall.answer_from_now_on(page)
    page.clock.fast_forward(12_000)
    expect(page.locator(".map-area").first).to_have_attribute("d", beside_it, timeout=SLOW)
    expect(page.locator(".map-home")).to_be_hidden()


def test_only_borders_nobody_surveyed_are_called_schematic(server: Server, page: Page):
    open_map(page, server)
    note = page.locator("#wall-hazards .note")
    expect(note).to_have_text("示意图")
    expect(note).to_be_visible()
    page.evaluate("() => document.querySelector('.map-canvas').classList.remove('schematic')")
    expect(note).to_be_hidden()


def test_zoom_and_an_open_note_outlive_changed_data(server: Server, page: Page):
    open_map(page, server)
    data = some_data()
    page.evaluate(UPDATE, data)
    home = page.evaluate(SHAPE)
    page.locator(".map-canvas").focus()
    page.keyboard.press("+")
    expect(page.locator(".map-home")).to_be_visible()
    expect(page.locator(".map-names")).not_to_have_class("map-names moving")
    page.locator(".map-mark.red .map-face").first.click()
    note = page.locator(".leaflet-popup .map-note")
    expect(note).to_contain_text("火灾隐患")
    zoomed = page.evaluate(SHAPE)
    assert zoomed != home

    changed = deepcopy(data)
    changed["areas"]["530303101000"].update(open=48, step=0)
    changed["points"]["title"][0] = "治安隐患"
    changed["points"]["title"][1] = "治安隐患"
    for column in changed["points"].values():
        column.pop()
    page.evaluate(UPDATE, changed)

    expect(page.locator('.map-area[data-code="530303101000"]')).to_have_attribute("data-step", "0")
    expect(note).to_contain_text("治安隐患")
    assert page.evaluate(SHAPE) == zoomed
    page.locator(".map-home").click()
    expect(page.locator(".map-home")).to_be_hidden()
    assert page.evaluate(SHAPE) == home


def test_a_value_changes_without_moving_any_name(server: Server, page: Page):
    open_map(page, server)
    data = some_data()
    page.evaluate(UPDATE, data)
    page.evaluate("() => { document.querySelector('.map-name').dataset.kept = 'yes'; }")
    code = page.locator(".map-name").first.get_attribute("data-code")
    data["areas"][code]["open"] = 77
    page.evaluate(UPDATE, data)

    name = page.locator(f'.map-name[data-code="{code}"]')
    expect(name.locator(".value")).to_have_text("77")
    expect(name).to_have_attribute("data-kept", "yes")


def test_markup_in_names_stays_text(server: Server, page: Page, watch: Watch):
    open_map(page, server)
    data = some_data()
    for area in data["areas"].values():
        area.update(name=HOSTILE, title=HOSTILE, notes=[HOSTILE])
    data["points"]["title"] = [HOSTILE] * 18
    data["points"]["note"] = [HOSTILE] * 18
    data["texts"] = dict.fromkeys(data["texts"], HOSTILE) | {"risks": [HOSTILE] * 3}
    data["steps"] = [HOSTILE]
    page.evaluate(UPDATE, data)
    page.locator(".map-mark.red .map-face").first.click()
    expect(page.locator(".leaflet-popup .map-note b")).to_have_text(HOSTILE)
    page.locator(".map-mark.blue .map-face").last.hover()
    expect(page.locator(".leaflet-tooltip b").last).to_have_text(HOSTILE)

    assert page.locator("#wall-hazard-map img").count() == 0
    assert page.evaluate("() => window.hit") is None
    assert watch.complaints == []


@pytest.mark.parametrize("query", ["", "?lang=en"])
def test_a_township_leads_to_its_page_by_mouse_and_by_key(server: Server, page: Page, query: str):
    open_map(page, server, query)
    page.locator(f'.map-area[data-code="{worlds.HUASHAN}"]').dispatch_event("click")
    page.wait_for_url(f"{server.url}/area/{worlds.HUASHAN}{query}")
    expect(page.locator("h1")).to_have_text(worlds.HUASHAN if query else "花山街道")

    page.locator('.d-nav a[href^="/wall"]').click()
    page.wait_for_url(f"{server.url}/wall{query}")
    expect(page.locator(".map-area")).to_have_count(11)
    page.locator(f'.map-area[data-code="{worlds.XIPING}"]').focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{server.url}/area/{worlds.XIPING}{query}")


def test_more_than_forty_points_are_one_symbol_for_each_township(server: Server, page: Page):
    open_map(page, server)
    page.evaluate(UPDATE, many_points(some_data(), 5000))
    expect(page.locator(".map-mark")).to_have_count(11)
    counts = page.locator(".map-face b").all_text_contents()
    assert sum(map(int, counts)) == 5000
    expect(page.locator(".map-mark.red")).to_have_count(11)

    page.evaluate(UPDATE, many_points(some_data(), 40))
    expect(page.locator(".map-mark")).to_have_count(40)
    expect(page.locator(".map-face b")).to_have_count(0)


def test_only_new_red_points_get_a_ring_and_at_most_three_pulse(server: Server, page: Page):
    open_map(page, server)
    data = some_data()
    few = deepcopy(data)
    few["points"] = {key: column[2:] for key, column in few["points"].items()}
    page.evaluate(UPDATE, few)
    expect(page.locator(".map-mark.new")).to_have_count(0)
    more = many_points(data, 15)
    more["points"] = {key: column + more["points"][key] for key, column in few["points"].items()}
    page.evaluate(UPDATE, more)

    expect(page.locator(".map-mark.new")).to_have_count(5)
    expect(page.locator(".map-mark.pulse")).to_have_count(3)


def test_a_change_of_theme_recolours_the_map(server: Server, page: Page):
    open_map(page, server)
    fill = "() => getComputedStyle(document.querySelector('.map-area')).fill"
    page.evaluate("() => { document.documentElement.dataset.theme = 'dark'; }")
    dark = page.evaluate(fill)
    page.evaluate("() => { document.documentElement.dataset.theme = 'night'; }")
    assert page.evaluate(fill) != dark


def test_a_board_without_hazards_says_so_in_the_key(server: Server, page: Page):
    open_map(page, server)
    board = a_board()
    empty = replace(board.hazards, high=0, medium=0, low=0, marks=())
    page.evaluate(UPDATE, map_data(replace(board, hazards=empty), ZHANYI, Words("zh-CN")))
    expect(page.locator(".map-key.hazards")).to_have_text("当前无在册隐患点位")
    expect(page.locator(".map-mark")).to_have_count(0)
