import re
from typing import Any

import orjson
import pytest
from dash import Dash, html
from dash.development.base_component import Component
from flask.testing import FlaskClient

from callbacks import delivery, pages
from callbacks.pages import Answer, Visit
from dashboard.snapshots.feed import NoBoardError
from layouts.words import LANGUAGES, Language, Words
from tests.signing import LEADER, let_in


class Site:
    """Pages that remember who asked; the wall may be without a board."""

    def __init__(self) -> None:
        self.visits: list[Visit] = []
        self.board = True

    def wall(self, language: Language) -> Component:
        if not self.board:
            raise NoBoardError
        return html.P(f"{language} wall")

    def answer(self, visit: Visit) -> Answer:
        self.visits.append(visit)
        status = 200 if visit.path.startswith("/area/") else 404
        return Answer(status, "区 <1>", b'{"page": "</script>"}', 12_000, "b1")


@pytest.fixture
def site() -> Site:
    return Site()


@pytest.fixture
def client(site) -> FlaskClient:
    app = Dash(__name__, title="")
    app.validation_layout = html.Div()
    titles: dict[Language, str] = {"zh-CN": "沾益 <区>", "en": "Zhanyi"}
    words = {language: Words(language) for language in LANGUAGES}
    let_in(app)
    pages.register(app, site.wall, site.answer, words, titles, lambda viewer: "/area/1")
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
        (None, "zh-CN wall"),
    ],
)
def test_the_wall_is_drawn_in_the_language_of_its_address(client, address, text):
    assert layout(client, address) == text


def test_a_wall_without_a_board_says_so(client, site):
    site.board = False

    said, back = layout(client, "/wall")

    assert said["props"]["children"] == Words("zh-CN").text("fault.page")
    assert back["props"]["href"] == "/wall?lang=zh-CN"


def test_the_root_leads_to_the_wall_and_keeps_the_question(client):
    answer = client.get("/?lang=en")

    assert (answer.status_code, answer.headers["Location"]) == (302, "/wall?lang=en")


@pytest.mark.parametrize("address, status", [("/area/530303001000", 200), ("/nowhere", 404)])
def test_a_document_has_the_status_and_the_data_of_its_page(client, address, status):
    answer = client.get(address)

    assert answer.status_code == status
    assert "<title>区 &lt;1&gt;</title>" in answer.text
    assert 'id="desk-page" data-build="b1" data-as-of="12000"' in answer.text


def test_nothing_in_a_page_can_end_its_script_element(client):
    text = client.get("/area/1").text
    inside = re.search(r'id="desk-page"[^>]*>(.*?)</script>', text, re.DOTALL)

    assert inside is not None
    assert orjson.loads(inside[1]) == {"page": "</script>"}


def test_a_visit_keeps_repeated_keys_and_blank_values_and_takes_the_language_out(client, site):
    client.get("/cases?department=b&department=a&area=&lang=en")

    assert site.visits == [Visit("/cases", {"department": ["b", "a"], "area": [""]}, "en", LEADER)]


def test_an_address_with_too_many_fields_is_refused_in_words(client, site):
    answer = client.get("/cases?" + "q=1&" * 300)

    assert (answer.status_code, answer.text) == (400, "an address has at most 200 fields")
    assert site.visits == []


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
    for address in ("/wall", "/area/1", "/_dash-layout", "/_dash-dependencies"):
        answer = client.get(address)
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
