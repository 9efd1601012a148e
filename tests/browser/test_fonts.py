"""Every character is drawn from the fonts we bring along, common or not, at every weight."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Server

pytestmark = pytest.mark.browser

TEXT = "大坡乡 · 岩竹村文化广场反映村务公开，08:00–09:00 嘎洒镇"
"""大坡乡 are of the core; 岩, 竹, 映 and 嘎 are of slices that nothing else asks for."""

WRITE = """(text) => {
  document.querySelector("main, body").replaceChildren(...[400, 500, 700].map((weight) => {
    const line = document.createElement("p");
    line.style.fontWeight = weight;
    line.textContent = text;
    line.className = "fonts-of";
    return line;
  }));
  document.body.offsetHeight;  // lays the page out, so that its fonts are asked for
  return document.fonts.ready.then(() => true);
}"""


def test_no_character_comes_from_the_systems_fonts(untouched: Server, page: Page):
    page.goto(f"{untouched.url}/cases")
    page.evaluate(WRITE, TEXT)
    devtools = page.context.new_cdp_session(page)
    devtools.send("DOM.enable")
    devtools.send("CSS.enable")
    root = devtools.send("DOM.getDocument")["root"]["nodeId"]
    found = {"nodeId": root, "selector": ".fonts-of"}
    lines = devtools.send("DOM.querySelectorAll", found)["nodeIds"]
    assert len(lines) == 3
    for line in lines:
        fonts = devtools.send("CSS.getPlatformFontsForNode", {"nodeId": line})["fonts"]
        assert [font["familyName"] for font in fonts if not font["isCustomFont"]] == []
