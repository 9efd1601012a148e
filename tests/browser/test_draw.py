import gzip
import json
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Server

pytestmark = pytest.mark.browser

SHOWN = """(ids) => ids.map((id) => document.getElementById(id).innerHTML)"""
DRAW = """(panels) => Object.entries(panels).forEach(
    ([id, children]) => wuqing.draw(document.getElementById(id), children))"""
TRY = """(children) => {
    const slot = document.createElement("div");
    slot.append("kept");
    try { wuqing.draw(slot, children); } catch (error) { return error.message + slot.innerHTML; }
    return slot.innerHTML;
}"""


def component(kind: str, children: object = None, library: str = "html_components", **props):
    return {
        "namespace": f"dash_{library}", "type": kind, "props": {"children": children, **props},
    }  # fmt: skip


@pytest.fixture
def still(server: Server, page: Page) -> Page:
    """The wall as Dash draws it first, without a refresh."""
    page.route("**/live/wall*", lambda route: route.abort())
    page.goto(f"{server.url}/wall")
    expect(page.locator("#wall-moves .in")).to_be_visible()
    return page


def test_what_is_drawn_is_what_dash_draws(server: Server, still: Page):
    with urlopen(f"{server.url}/live/wall") as answer:
        panels = json.loads(gzip.decompress(answer.read()))["panels"]
    by_dash = still.evaluate(SHOWN, list(panels))
    still.evaluate(DRAW, panels)
    assert still.evaluate(SHOWN, list(panels)) == by_dash


def test_text_is_text(still: Page):
    hostile = "<img src=x onerror=alert(1)>"
    drawn = still.evaluate(TRY, [component("Div", ["1 < 2 ", hostile, 3, None])])
    assert drawn == "<div>1 &lt; 2 &lt;img src=x onerror=alert(1)&gt;3</div>"


@pytest.mark.parametrize(
    "children",
    [
        pytest.param(component("Script", "alert(1)"), id="element"),
        pytest.param(component("Div", onclick="alert(1)"), id="attribute"),
        pytest.param(component("Graph", library="core_components"), id="library"),
    ],
)
def test_what_panels_do_not_use_is_refused_and_the_panel_stays(still: Page, children):
    message = still.evaluate(TRY, children)
    assert message.startswith("cannot draw")
    assert message.endswith("kept")
