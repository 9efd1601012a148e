import re
from typing import Any

import orjson
import pytest
from dash import Dash, html
from dash.development.base_component import Component
from flask.testing import FlaskClient

from callbacks import delivery, pages
from dashboard.snapshots.feed import NoBoardError
from layouts.words import LANGUAGES, Language, Words


def a_place(language: Language, code: str) -> Component:
    return html.P(f"{language} {code}")


def without_board(language: Language) -> Component:
    raise NoBoardError


@pytest.fixture
def client() -> FlaskClient:
    app = Dash(__name__, title="")
    site_map = (
        pages.Page("/wall", "wall", lambda language: html.P(f"{language} wall")),
        pages.Page(r"/area/(?P<code>\d+)", "desk", a_place),
        pages.Page("/later", "desk", without_board),
    )
    app.validation_layout = html.Div()
    titles: dict[Language, str] = {"zh-CN": "沾益 <区>", "en": "Zhanyi"}
    words = {language: Words(language) for language in LANGUAGES}
    pages.register(app, site_map, words, titles)
    delivery.register(app)
    return app.server.test_client()


def layout(client: FlaskClient, address: str | None) -> Any:
    headers = {} if address is None else {"Referer": f"http://localhost{address}"}
    answer = client.get("/_dash-layout", headers=headers)
    return orjson.loads(answer.data)["props"]["children"]


@pytest.mark.parametrize(
    "address, text",
    [
        ("/wall", "zh-CN wall"),
        ("/wall?lang=en", "en wall"),
        ("/wall?lang=xx", "zh-CN wall"),
        ("/area/530303001000?lang=en", "en 530303001000"),
        (None, "zh-CN wall"),
    ],
)
def test_each_address_has_its_page_in_its_language(client, address, text):
    assert layout(client, address) == text


@pytest.mark.parametrize("address", ["/area/x", "/later?lang=zh-CN"])
def test_an_address_without_a_page_or_a_board_says_so(client, address):
    said, back = layout(client, address)

    assert said["props"]["children"] == Words("zh-CN").text("fault.page")
    assert back["props"]["href"] == "/wall?lang=zh-CN"


def test_the_root_leads_to_the_wall_and_keeps_the_question(client):
    answer = client.get("/?lang=en")

    assert (answer.status_code, answer.headers["Location"]) == (302, "/wall?lang=en")


def test_an_address_nobody_has_is_not_found_but_has_a_page(client):
    answer = client.get("/nowhere")

    assert answer.status_code == 404
    assert b"react-entry-point" in answer.data


@pytest.mark.parametrize(
    "address, start",
    [
        ("/wall", '<html lang="zh-CN" class="wall" data-theme="dark">'),
        ("/wall?lang=en", '<html lang="en" class="wall" data-theme="dark">'),
        ("/area/530303001000", '<html lang="zh-CN" class="desk" data-theme="light">'),
    ],
)
def test_the_document_says_its_language_and_kind(client, address, start):
    assert start in client.get(address).text


def test_the_title_is_text(client):
    assert "<title>沾益 &lt;区&gt;</title>" in client.get("/wall").text


def test_every_document_forbids_scripts_from_elsewhere_and_inline(client):
    for address in ("/wall", "/area/530303001000", "/nowhere"):
        policy = client.get(address).headers["Content-Security-Policy"]
        scripts = re.search(r"script-src ([^;]*);", policy)
        assert scripts is not None
        assert scripts[1].startswith("'self' 'sha256-")
        assert "unsafe" not in scripts[1]
        assert "default-src 'self';" in policy
        assert "frame-ancestors 'none'" in policy


def test_documents_and_figures_are_not_stored_by_anybody(client):
    for address in ("/wall", "/_dash-layout", "/_dash-dependencies"):
        answer = client.get(address)
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
