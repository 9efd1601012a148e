"""Screens over HTTP: pairing, the list, what a screen may open, and what it is told when dark."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from dash import Dash
from flask.testing import FlaskClient
from sqlalchemy import select, update

from app import create_app
from callbacks.screen_pass import said
from dashboard.access.device import VALID, Report
from dashboard.access.devices import ROTATED_EVERY
from dashboard.access.pairing import OF_ADDRESS
from dashboard.access.role import Role
from dashboard.database.access_tables import audit_entry, wall_device
from dashboard.database.engine import reading, writing
from dashboard.settings import Server, Settings
from tests.conftest import NOW
from tests.signing import client
from tests.test_app import url_of

TOKEN, WAITS = "wuqing-screen", "wuqing-pair"
BROWSER = {"Accept": "text/html", "Sec-Fetch-Mode": "navigate"}


@dataclass
class Clock:
    at: datetime = NOW

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def app(county, clock):
    made = create_app(Settings(database_url=url_of(county)), clock)
    yield made
    made.server.extensions["engine"].dispose()


@pytest.fixture
def wall(app) -> FlaskClient:
    return app.server.test_client()


def root(app: Dash, clock: Clock) -> FlaskClient:
    return client(app, clock.at, Role.ADMINISTRATOR)


def code_on(page: str) -> str:
    return re.search(r'aria-label="(\w{6})"', page)[1]


def confirm(app, clock, code, name="1号屏"):
    form = {"do": "confirm", "code": code, "name": name}
    return root(app, clock).post("/screens", data=form)


def act(app, clock, do, device_id=1):
    return root(app, clock).post("/screens", data={"do": do, "id": str(device_id)})


def poll(wall, shows="new", **form):
    return wall.post("/pair", data={"shows": shows, **form})


def pair(app, clock, wall) -> None:
    code = code_on(wall.get("/pair").text)
    assert confirm(app, clock, code).status_code == 303
    assert poll(wall).json["told"] == "go"


def test_a_screen_is_paired_and_shows_the_wall_and_nothing_else(app, clock, wall):
    page = wall.get("/pair")
    assert "这块屏还没有配对" in page.text
    assert "127.0.0.1" in page.text
    assert poll(wall, width="3840", height="2160").json["told"] == "wait"
    assert confirm(app, clock, code_on(page.text)).status_code == 303
    answer = poll(wall)

    assert answer.json["told"] == "go"
    cookie = next(each for each in answer.headers.getlist("Set-Cookie") if TOKEN in each)
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert wall.get("/pair", headers=BROWSER).location == "/wall?lang=zh-CN"
    opened = {path: wall.get(path, headers=BROWSER).status_code for path in (
        "/wall", "/live/wall", "/_dash-layout", "/cases", "/desk/page?at=/cases", "/account",
        "/export/cases.csv", "/screens",
    )}  # fmt: skip
    assert [path for path, status in opened.items() if status == 200] == [
        "/wall", "/live/wall", "/_dash-layout",
    ]  # fmt: skip
    assert wall.post("/sign-out").status_code == wall.post("/screens").status_code == 403
    assert wall.get("/", headers=BROWSER).location == "/wall"


def test_the_shown_code_is_not_in_a_cookie_and_the_cookie_not_on_the_page(wall):
    page = wall.get("/pair")
    cookie = page.headers["Set-Cookie"]

    assert {"HttpOnly", "SameSite=Strict"} <= set(cookie.split("; "))
    assert code_on(page.text) not in cookie
    assert wall.get_cookie(WAITS).value not in page.text


def test_another_browser_that_polls_gets_nothing(app, clock, wall):
    code = code_on(wall.get("/pair").text)
    confirm(app, clock, code)
    other = app.server.test_client()
    other.set_cookie(WAITS, code)

    assert poll(other).json["told"] == "reload"
    assert poll(wall).json["told"] == "go"


def test_over_tls_its_cookies_are_bound_to_it(county, clock):
    server = Server(public_url="https://wuqing.example.gov")
    app = create_app(Settings(database_url=url_of(county), server=server), clock)
    cookie = app.server.test_client().get("/pair").headers["Set-Cookie"]
    app.server.extensions["engine"].dispose()

    assert cookie.startswith(f"__Host-{WAITS}=")
    assert "Secure" in cookie


@pytest.mark.parametrize("role", [Role.LEADER, Role.OPERATOR])
def test_only_an_administrator_lists_and_confirms(app, clock, wall, role):
    mine, code = client(app, NOW, role), code_on(wall.get("/pair").text)
    form = {"do": "confirm", "code": code, "name": "1号屏"}

    assert mine.get("/screens").status_code == mine.post("/screens", data=form).status_code == 403
    assert poll(wall).json["told"] == "wait"


@pytest.mark.parametrize("path", ["/pair", "/screens"])
def test_a_form_of_another_place_is_refused(app, clock, path):
    answer = root(app, clock).post(path, headers={"Origin": "http://evil.example"})

    assert answer.status_code == 403


def test_an_administrator_begins_at_the_screens(app, clock):
    mine = root(app, clock)

    assert mine.get("/").location == "/screens"
    assert 'href="/screens?lang=zh-CN"' in mine.get("/account").text
    assert "/screens" not in client(app, NOW).get("/account").text


def test_what_an_administrator_typed_wrong_is_said_and_kept(app, clock):
    mine = root(app, clock)
    wrong = mine.post("/screens", data={"do": "confirm", "code": "222-222", "name": "1号屏"})

    assert wrong.status_code == 400
    assert "没有屏在显示这个码" in wrong.text
    assert 'value="1号屏"' in wrong.text
    for do in ("renew", "revoke", "nonsense"):
        assert "已撤销或不存在" in act(app, clock, do, 99).text


def test_guesses_are_locked(app, clock, wall):
    mine, code = root(app, clock), code_on(wall.get("/pair").text)
    for _ in range(5):
        mine.post("/screens", data={"do": "confirm", "code": "222222", "name": "1号屏"})

    answer = mine.post("/screens", data={"do": "confirm", "code": code, "name": "1号屏"})
    assert "15 分钟后再试" in answer.text


def test_the_list_shows_what_a_wall_says_and_warns_before_the_end(app, clock, wall):
    pair(app, clock, wall)
    wall.get("/live/wall", headers={"X-Wall": "0123456789ab,7,81"})
    page = root(app, clock).get("/screens").text
    assert all(text in page for text in ("1号屏", "0123456789ab", "7 秒", "81 MB", "还有 180 天"))
    assert "与服务器不同" in page
    assert "天内到期" not in page

    clock.at += timedelta(days=150)
    assert "1 块屏的授权已到期或将在 30 天内到期" in root(app, clock).get("/screens").text


def test_names_are_text_on_every_page(app, clock, wall):
    code = code_on(wall.get("/pair").text)
    confirm(app, clock, code, "<img src=x>")
    poll(wall)
    clock.at += VALID

    for page in (root(app, clock).get("/screens"), wall.get("/pair")):
        assert "<img" not in page.text
        assert "&lt;img" in page.text


def test_an_expired_screen_is_told_so_never_asked_to_sign_in_and_comes_back(app, clock, wall):
    pair(app, clock, wall)
    clock.at += VALID + timedelta(hours=14, minutes=20)
    polled = wall.get("/live/wall")
    assert (polled.status_code, polled.headers["X-Screen"], polled.data) == (401, "/pair", b"")
    assert wall.get("/wall", headers=BROWSER).location == "/pair"
    assert wall.get("/wall?lang=en", headers=BROWSER).location == "/pair?lang=en"
    page = wall.get("/pair")
    assert "这块屏的授权已到期，不再显示数据" in page.text
    assert "已停显 14 小时 20 分" in page.text
    assert "1号屏" in page.text
    assert "screen-code" not in page.text
    assert poll(wall, "expired").json["told"] == "wait"

    assert act(app, clock, "renew").status_code == 303
    assert poll(wall, "expired").json["told"] == "go"
    assert wall.get("/live/wall").status_code == 200


def test_a_revoked_screen_shows_its_name_and_a_code_to_pair_it_anew(app, clock, wall):
    pair(app, clock, wall)
    assert act(app, clock, "revoke").status_code == 303
    assert wall.get("/live/wall").headers["X-Screen"] == "/pair"
    page = wall.get("/pair")
    assert "这块屏的授权已撤销" in page.text
    assert poll(wall, "revoked").json["told"] == "wait"
    assert poll(wall, "new").json["told"] == "reload"

    assert confirm(app, clock, code_on(page.text)).status_code == 303
    assert poll(wall, "revoked").json["told"] == "go"
    assert wall.get("/live/wall").status_code == 200


def test_a_copied_token_is_worth_nothing_at_another_address(app, clock, wall):
    pair(app, clock, wall)
    thief = app.server.test_client()
    thief.set_cookie(TOKEN, wall.get_cookie(TOKEN).value)
    there = {"REMOTE_ADDR": "198.51.100.1"}

    assert thief.get("/live/wall", environ_base=there).status_code == 401
    assert "网络地址变了" in thief.get("/pair", environ_base=there).text
    assert wall.get("/live/wall").status_code == 200


def test_a_token_nobody_knows_leads_to_pairing_and_a_person_to_the_form(app, wall):
    wall.set_cookie(TOKEN, "x")

    assert wall.get("/wall", headers=BROWSER).location == "/pair"
    assert wall.get("/live/wall").headers["X-Screen"] == "/pair"
    assert wall.get("/cases", headers=BROWSER).location.startswith("/sign-in")


def test_who_signs_in_at_a_screen_is_that_person(app, clock, wall):
    pair(app, clock, wall)
    mine = client(app, NOW)
    mine.set_cookie(TOKEN, wall.get_cookie(TOKEN).value)

    assert mine.get("/cases").status_code == 200


def test_the_token_changes_with_a_poll(app, clock, wall):
    pair(app, clock, wall)
    first = wall.get_cookie(TOKEN).value
    wall.get("/live/wall")
    assert wall.get_cookie(TOKEN).value == first
    clock.at += ROTATED_EVERY
    wall.get("/live/wall")

    assert wall.get_cookie(TOKEN).value != first
    assert wall.get("/live/wall").status_code == 200


def test_what_is_done_to_screens_is_written_down(app, clock, wall):
    pair(app, clock, wall)
    act(app, clock, "renew")
    act(app, clock, "revoke")
    for _ in range(3):
        wall.get("/live/wall")

    with reading(app.server.extensions["engine"]) as connection:
        rows = connection.execute(select(audit_entry).order_by(audit_entry.c.entry_id)).all()
    assert [(row.action, row.subject, row.result) for row in rows] == [
        ("screen_confirm", "screen-1", "ok"), ("screen_pair", "screen-1", "ok"),
        ("screen_renew", "screen-1", "ok"), ("screen_revoke", "screen-1", "ok"),
        ("screen_refused", "screen-1", "revoked"),
    ]  # fmt: skip
    assert [row.role for row in rows if row.actor == "screen-1"] == ["screen"] * 2


def test_too_many_that_wait_are_told_to_wait(app):
    for _ in range(OF_ADDRESS):
        app.server.test_client().get("/pair")
    answer = app.server.test_client().get("/pair")

    assert answer.status_code == 429
    assert "等待配对的屏太多" in answer.text


@pytest.mark.parametrize("shows", ["new", "expired", "revoked", "moved"])
def test_every_page_of_a_screen_is_written_in_english(app, clock, wall, shows):
    if shows != "new":
        pair(app, clock, wall)
        column = {"expired": "expires_at", "revoked": "revoked_at"}.get(shows, "address")
        value = "192.0.2.9" if column == "address" else NOW
        with writing(app.server.extensions["engine"]) as connection:
            connection.execute(update(wall_device).values({"name": "Hall 1", column: value}))
    page = wall.get("/pair?lang=en")

    assert f'data-shows="{shows}"' in page.text
    assert not re.search("[\u4e00-\u9fff]", page.text)
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]
    assert re.findall(r"<script[^>]*>", page.text) == [
        re.search(r'<script src="/assets/pair\.js[^>]*>', page.text)[0]
    ]


@pytest.mark.parametrize(
    "header, report",
    [
        ("", Report()),
        ("abc,7,80", Report("abc", 7, 80)),
        ("abc,,", Report("abc")),
        ("abc,-1,1e9", Report("abc")),
        ("abc,99999999,٣", Report("abc", 1_000_000)),
        ("0123456789abcdef,1,2,3", Report("0123456789ab", 1, 2)),
    ],
)
def test_what_a_wall_says_is_read_with_care(header, report):
    assert said(header) == report
