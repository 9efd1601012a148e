import gzip
import json
from collections.abc import Iterator
from html import escape
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Server, a_server
from tests.signing import COOKIE, session

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


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, sqlite_blank: Path) -> Iterator[Server]:
    with a_server(tmp_path_factory.mktemp("draw"), sqlite_blank) as server:
        yield server


@pytest.fixture(scope="module")
def still(server: Server, chromium: Browser) -> Iterator[Page]:
    """The wall as Dash draws it first, without a refresh; nobody here changes it."""
    context = chromium.new_context(viewport={"width": 1920, "height": 1080})
    page = context.new_page()
    page.route("**/live/wall*", lambda route: route.abort())
    server.let_in(page)
    page.goto(f"{server.url}/wall")
    expect(page.locator("#wall-moves .in")).to_be_visible()
    yield page
    context.close()


def test_what_is_drawn_is_what_dash_draws(server: Server, still: Page):
    cookie = f"{COOKIE}={session(server.engine)}"
    with urlopen(Request(f"{server.url}/live/wall", headers={"Cookie": cookie})) as answer:
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
        pytest.param(component("A", href="https://other.host/"), id="other host"),
        pytest.param(component("A", href="//other.host/"), id="no scheme"),
        pytest.param(component("A", href="/\\other.host/"), id="backslash"),
        pytest.param(component("A", href="/\t/other.host/"), id="tabulator"),
        pytest.param(component("A", href="javascript:alert(1)"), id="script"),
        pytest.param(component("A", href="/wall", target="_blank"), id="target"),
        pytest.param(component("Form", action="//other.host/"), id="form"),
    ],
)
def test_what_panels_do_not_use_is_refused_and_the_panel_stays(still: Page, children):
    message = still.evaluate(TRY, children)
    assert message.startswith("cannot draw")
    assert message.endswith("kept")


@pytest.mark.parametrize("href", ["/area/1?q=a&lang=en", "#top", "/"])
def test_links_lead_to_addresses_of_this_server(still: Page, href: str):
    drawn = still.evaluate(TRY, component("A", "x", href=href))
    assert drawn == f'<a href="{escape(href)}">x</a>'


PATCH = """([before, after]) => {
    const slot = document.createElement("div");
    document.body.append(slot); // in the page, for the focus
    wuqing.draw(slot, before);
    const kept = [...slot.querySelectorAll("[data-key], input, details")];
    slot.querySelector("details").open = true;
    slot.querySelector("input").value = "typed";
    slot.querySelector("input").focus();
    wuqing.patch(slot, after);
    const found = {
        order: [...slot.querySelectorAll("li")].map((line) => line.textContent),
        same: kept.filter((node) => node.isConnected).length,
        open: slot.querySelector("details").open,
        typed: slot.querySelector("input").value,
        focused: document.activeElement === slot.querySelector("input"),
        title: slot.querySelector("ul").title,
    };
    slot.remove();
    return found;
}"""


def a_page(keys: str, title: str) -> list[object]:
    field = {"namespace": "wuqing", "type": "Input", "props": {"name": "q", "value": title}}
    lines = [component("Li", f"{key} {title}", **{"data-key": key}) for key in keys]
    fold = component("Details", [component("Summary", title), component("P", title)])
    return [component("Ul", lines, title=title), field, fold]


def test_a_patched_page_is_as_if_drawn_but_a_readers_doings_stay(still: Page):
    still.add_script_tag(url="/assets/patch.js")
    after = still.evaluate(PATCH, [a_page("abc", "old"), a_page("dcb", "new")])

    assert after == {
        "order": ["d new", "c new", "b new"],
        "same": 4,
        "open": True,
        "typed": "typed",
        "focused": True,
        "title": "new",
    }
