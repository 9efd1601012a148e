"""The gate of the whole application: every route, every method, whoever asks."""

import gzip
import json
import re
from collections import Counter
from itertools import product
from urllib.parse import quote

import pytest
from dash import Dash
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import SecretStr
from waitress.parser import HTTPRequestParser

from app import create_app
from callbacks.gate import OPEN, OPEN_UNDER, POSTED, POSTED_UNDER, UnlistedError
from callbacks.needed import NEEDED
from callbacks.serving import listen, refuse_debugging
from dashboard.access.account_change import Change, change_account
from dashboard.access.accounts import make_account
from dashboard.access.role import RIGHTS, Right, Role
from dashboard.database.access_tables import audit_entry
from dashboard.database.engine import reading, writing
from dashboard.settings import Server, Settings, SettingsError
from tests import worlds
from tests.conftest import NOW
from tests.signing import COOKIE, client, session
from tests.test_app import url_of

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD")
PASSWORD = "correct horse battery"


@pytest.fixture
def app(county):
    made = create_app(Settings(database_url=url_of(county)), lambda: NOW)
    yield made
    made.server.extensions["engine"].dispose()


@pytest.fixture
def stranger(app) -> FlaskClient:
    return app.server.test_client()


def addresses(app: Dash) -> list[str]:
    """One address for each rule there is, also those Dash adds at the first request."""
    client(app, NOW).get("/wall")
    fill = {"path": "x", "kind": "csv", "units": "townships", "figure": "accepted"}
    return sorted(
        {
            re.sub(r"<(?:[^:<>]+(?:\([^)]*\))?:)?(\w+)>", lambda m: fill.get(m[1], "x"), rule.rule)
            for rule in app.server.url_map.iter_rules()
        }
        | {"/_mcp", "/console", "/metrics", "/cases", "/area/530303000000", "/desk/page?at=/cases"}
    )


def test_a_stranger_gets_nothing_but_the_way_in(app, stranger):
    found = addresses(app)
    assert len(found) > 15

    opened = {
        (method, address)
        for address in found
        for method in METHODS
        if stranger.open(address, method=method).status_code < 300
    }

    paths = {address for _, address in opened}
    assert all(path in OPEN or path.startswith(OPEN_UNDER) for path in paths), paths
    assert len(OPEN) + len(OPEN_UNDER) <= 6


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.SCREEN}))
def test_a_role_opens_what_its_rights_say(app, role):
    bound = role in (Role.DEPT, Role.TOWNSHIP, Role.VILLAGE, Role.GRID_WORKER)
    mine = client(app, NOW, role, "530303001000" if bound else None)
    needs = {
        "/wall": Right.WALL, "/live/wall": Right.WALL, "/_dash-layout": Right.WALL,
        "/cases": Right.DESK, "/desk/page?at=/cases": Right.DESK, "/export/cases.csv": Right.EXPORT,
        "/screens": Right.ADMINISTER,
    }  # fmt: skip

    for address, right in needs.items():
        allowed = right in RIGHTS[role] and not (bound and right is Right.WALL)
        assert (mine.get(address).status_code == 200) is allowed, address
    assert mine.get("/account").status_code == 200


@pytest.mark.parametrize("new_database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("first", ["situation", "screens"])
def test_a_page_or_a_route_nobody_listed_stops_the_start(county, monkeypatch, first):
    monkeypatch.delitem(NEEDED, first)
    with pytest.raises(UnlistedError, match=f"what /{first}"):
        create_app(Settings(database_url=url_of(county)), lambda: NOW)


def test_what_is_refused_is_written_down(app):
    client(app, NOW, Role.ADMINISTRATOR).get("/cases")

    with reading(app.server.extensions["engine"]) as connection:
        row = connection.execute(audit_entry.select()).one()
    assert (row.action, row.subject, row.role) == ("refused", "/cases", "administrator")


def test_opening_a_case_and_taking_a_file_are_written_down(app, county):
    with writing(county) as connection:
        worlds.a_case(connection, accepted_at=NOW)
    mine = client(app, NOW)
    with reading(county) as connection:
        code = connection.exec_driver_sql("SELECT case_code FROM cases").scalar_one()
    mine.get(f"/case/{code}")
    mine.get(f"/desk/page?at={quote(f'/case/{code}')}")
    mine.get(f"/desk/page?at={quote(f'/case/{code}')}", headers={"If-None-Match": '"1"'})
    mine.get("/export/cases.csv")

    with reading(county) as connection:
        rows = connection.execute(audit_entry.select().order_by(audit_entry.c.entry_id)).all()
    assert [row.action for row in rows] == ["open_case", "open_case", "export"]
    assert rows[0].subject == code


@pytest.mark.parametrize(
    "headers, status",
    [
        ({}, 401),
        ({"Origin": "http://localhost"}, 401),
        ({"Sec-Fetch-Site": "same-origin"}, 401),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
    ],
)
def test_a_form_of_another_place_is_refused(app, stranger, headers, status):
    form = {"login": "nobody", "password": PASSWORD}

    assert stranger.post("/sign-in", data=form, headers=headers).status_code == status
    if status == 403:
        for path in (*POSTED, *(f"{under}1" for under in POSTED_UNDER), "/wall"):
            assert client(app, NOW).post(path, data=form, headers=headers).status_code == 403


@pytest.fixture
def account(app) -> None:
    with writing(app.server.extensions["engine"]) as connection:
        make_account(
            connection, login="zhang", name="张三", role=Role.LEADER, at=NOW, password=PASSWORD
        )


def test_the_form_lets_in_and_signing_out_ends_a_copied_cookie(app, stranger, account):
    form = {"login": "zhang", "password": PASSWORD, "next": "/cases?view=open"}
    answer = stranger.post("/sign-in", data=form)
    cookie = answer.headers["Set-Cookie"]
    copied = app.server.test_client()
    copied.set_cookie(COOKIE, re.search(f"{COOKIE}=([^;]+)", cookie)[1])

    assert (answer.status_code, answer.location) == (303, "/cases?view=open")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert stranger.get("/cases").status_code == copied.get("/cases").status_code == 200
    assert stranger.post("/sign-out").status_code == 303
    assert copied.get("/cases", headers={"Accept": "text/html"}).status_code == 302
    assert copied.get("/live/wall").status_code == 401


def test_a_wrong_password_says_how_many_tries_are_left_and_not_what_was_wrong(stranger, account):
    wrong = stranger.post("/sign-in", data={"login": "zhang", "password": "x" * 12})
    unknown = stranger.post("/sign-in", data={"login": "zhong", "password": "x" * 12})

    assert (wrong.status_code, unknown.status_code) == (401, 401)
    assert "还可以试 4 次" in wrong.text
    assert wrong.text.replace("zhang", "zhong") == unknown.text
    for _ in range(4):
        last = stranger.post("/sign-in", data={"login": "zhang", "password": "x" * 12})
    right = stranger.post("/sign-in", data={"login": "zhang", "password": PASSWORD})
    assert "15 分钟后再试" in last.text
    assert right.status_code == 401


@pytest.mark.parametrize(
    "wanted",
    [
        "//evil.example/", "http://evil.example/", "/\\evil.example", "\\\\evil.example",
        "javascript:alert(1)", "evil.example", "/\tevil", "https:evil.example", "///evil.example",
        "/%0d%0aX: y\r\nX: y",
    ],
)  # fmt: skip
def test_signing_in_leads_to_no_other_place(stranger, account, wanted):
    form = {"login": "zhang", "password": PASSWORD, "next": wanted}

    assert stranger.post("/sign-in", data=form).location == "/"


def test_over_tls_the_cookie_is_bound_to_it(county):
    server = Server(public_url="https://wuqing.example.gov")
    app = create_app(Settings(database_url=url_of(county), server=server), lambda: NOW)
    with writing(county) as connection:
        make_account(
            connection, login="zhang", name="张三", role=Role.LEADER, at=NOW, password=PASSWORD
        )
    form = {"login": "zhang", "password": PASSWORD}
    cookie = app.server.test_client().post("/sign-in", data=form).headers["Set-Cookie"]
    app.server.extensions["engine"].dispose()

    assert cookie.startswith("__Host-wuqing=")
    assert "Secure" in cookie


def test_only_a_proxy_that_is_named_says_whose_request_it_is(county):
    server = Server(trusted_proxies=("127.0.0.1",))
    for settings_, seen in ((Server(), "127.0.0.1"), (server, "10.1.2.3")):
        app = create_app(Settings(database_url=url_of(county), server=settings_), lambda: NOW)
        headers = {"X-Forwarded-For": "6.6.6.6, 10.1.2.3"}
        form = {"login": "nobody", "password": PASSWORD}
        app.server.test_client().post("/sign-in", data=form, headers=headers)
        app.server.extensions["engine"].dispose()
        with reading(county) as connection:
            rows = connection.execute(audit_entry.select()).all()
        assert rows[-1].address == seen


BODY = st.one_of(
    st.binary(max_size=200),
    st.recursive(
        st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=20)),
        lambda inner: st.one_of(
            st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=10), inner, max_size=4)
        ),
        max_leaves=12,
    ).map(repr).map(str.encode),
    st.just(b"[" * 200_000),
    st.just(b'{"output": "x.children", "inputs": [], "changedPropIds": []}'),
)  # fmt: skip


@pytest.mark.parametrize("new_database", ["sqlite"], indirect=True)
def test_no_body_makes_the_server_fail_or_answer(app, stranger):
    signed_in = client(app, NOW)

    @settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
    @given(BODY, st.sampled_from(["/_dash-update-component", "/desk/page", "/wall", "/sign-in"]))
    def check(body, path):
        for asking in (stranger, signed_in):
            answer = asking.post(path, data=body, content_type="application/json")
            assert 400 <= answer.status_code < 500

    check()


def test_a_form_larger_than_any_of_ours_is_refused(stranger):
    form = {"login": "zhang", "password": "x" * 100_000}

    assert stranger.post("/sign-in", data=form).status_code == 413


def test_headers_larger_than_any_of_ours_are_refused(app, stranger):
    """By each server before the application sees them, and by the application, whoever serves."""
    headers = {f"X-{number}": "x" * 8_000 for number in range(5)}
    assert client(app, NOW).get("/cases", headers=headers).status_code == 431
    assert stranger.get("/healthz", headers=headers).status_code == 431
    assert stranger.get("/healthz", headers={"X-1": "x" * 30_000}).status_code == 200

    listener = listen(app.server, Settings(server=Server(port=0)))
    parser = HTTPRequestParser(listener.adj)
    parser.received(b"GET / HTTP/1.1\r\nX-1: " + b"x" * 33_000)
    listener.close()
    assert parser.error.code == 431


PAGES = ("/cases?view=all", "/league/townships", "/signals", "/data", "/area/530303000000",
         "/explain/on_time_rate", "/briefing", "/briefing/issues", "/briefing/since", "/decisions",
         "/duty", "/department/hrss", "/situation/public_concern")  # fmt: skip


COOKIES = {COOKIE, "wuqing-screen", "wuqing-pair", "wuqing-errand"}


@pytest.mark.parametrize("new_database", ["sqlite"], indirect=True)
def test_every_answer_is_guarded(app, county):
    """Whoever asks for whatever there is: its policy, its headers, its cookies, its JSON."""
    with writing(county) as connection:
        worlds.a_history(connection)
    pages = [*addresses(app), *PAGES, *(f"/desk/page?at={quote(page)}" for page in PAGES)]
    readers = (client(app, NOW), client(app, NOW, Role.ADMINISTRATOR), app.server.test_client())
    kinds = Counter()
    for reader, address in product(readers, pages):
        answer = reader.get(address)
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        static = address.startswith(("/assets/", "/_dash-component-suites/"))
        assert static or answer.headers["Cache-Control"] == "no-store", address
        cookies = answer.headers.getlist("Set-Cookie")
        assert {each.partition("=")[0] for each in cookies} <= COOKIES
        assert all("HttpOnly" in each and "SameSite=" in each for each in cookies)
        kinds[answer.mimetype] += answer.status_code == 200
        if answer.mimetype == "text/html":
            assert_bound(answer.headers)
        elif answer.is_json and answer.status_code == 200:
            assert_strict(answer)
    assert kinds["text/html"] > 2 * len(PAGES)
    assert kinds["application/json"] > len(PAGES)


def assert_bound(headers):
    """A browser takes scripts from us alone, and puts the page into nobody's frame."""
    policy = headers["Content-Security-Policy"]
    scripts = re.search(r"script-src ([^;]*);", policy)[1]
    assert scripts.startswith("'self'")
    assert "unsafe" not in scripts
    assert "frame-ancestors 'none'" in policy
    assert headers["Referrer-Policy"] == headers["Cross-Origin-Opener-Policy"] == "same-origin"


def assert_strict(answer):
    """No NaN, no infinity, no half of a letter: any strict reader takes it."""
    body = answer.get_data()
    body = gzip.decompress(body) if answer.content_encoding == "gzip" else body
    json.loads(body.decode("utf-8"), parse_constant=pytest.fail)
    assert re.search(rb"\\ud[89a-f]", body) is None


DECIDED = "&owner=d:hrss&due=2026-03-20T10:00"
ADDED = "&cycle=daily&day=2026-03-18&deed=add"
ODD = ("%00", "a%00b", "%ed%a0%80", "%ff%fe", "9" * 5_000, "NaN", "1e999", "%F0%9F%98%80")


def test_odd_text_is_answered_or_refused_and_never_fails(app, account):
    """Zero bytes, half letters, numbers without end: PostgreSQL would refuse some of them."""
    mine, stranger = client(app, NOW), app.server.test_client()
    pairs = client(app, NOW, Role.ADMINISTRATOR)
    form = "application/x-www-form-urlencoded"
    for odd in ODD:
        asked = [
            mine.get(f"{path}{odd}")
            for path in ("/cases?q=", "/case/", "/cases?page=", "/area/", "/department/",
                         "/decisions?case=", "/cases?as_of=", "/explain/", "/account?lang=")
        ]  # fmt: skip
        asked += [
            stranger.post("/sign-in", data=f"login={odd}&password={odd}", content_type=form),
            stranger.post("/sign-in", data=f"login=zhang&password={odd}", content_type=form),
            stranger.get(f"/enter/{odd}"),
            mine.post("/decisions", data=f"title=T{odd}&ask={odd}{DECIDED}", content_type=form),
            mine.post("/decisions", data=f"title=T&case={odd}{DECIDED}", content_type=form),
            mine.post("/decisions/1", data=f"kind=moved&agreed={odd}{DECIDED}", content_type=form),
            mine.post("/decisions", data=f"title=T&beside=d:a&beside=d:{odd}{DECIDED}",
                      content_type=form),
            mine.post(f"/decisions/{odd}", data="kind=reminded", content_type=form),
            mine.post("/decisions/1", data=f"kind=reminded&text={odd}", content_type=form),
            mine.post("/briefing/edit", data=f"title=T{odd}&ask={odd}{ADDED}", content_type=form),
            mine.post("/briefing", data=f"cycle={odd}&day={odd}", content_type=form),
            pairs.post("/screens", data=f"do=confirm&code={odd}&name={odd}", content_type=form),
            stranger.post("/pair", data=f"width={odd}&height={odd}", content_type=form),
        ]  # fmt: skip
        failed = [answer.request.path for answer in asked if answer.status_code >= 500]
        assert failed == [], odd[:9]
    assert mine.get("/decisions/2").status_code == 200  # what is no fault was kept


def test_there_are_no_callbacks_to_forge_and_no_back_doors(app):
    mine = client(app, NOW)
    mine.get("/wall")

    assert app.callback_map == {}
    assert [mine.get(door).status_code for door in ("/_mcp", "/console")] == [404, 404]


@pytest.mark.parametrize("name", ["DASH_DEBUG", "FLASK_DEBUG", "DASH_MCP_ENABLED"])
def test_a_switch_that_opens_what_must_stay_closed_stops_the_start(name):
    with pytest.raises(SettingsError, match=name):
        refuse_debugging({name: "true"})
    refuse_debugging({name: "0"})


def test_an_answer_tells_caches_that_it_is_somebodys(app):
    answer = client(app, NOW).get("/cases")

    assert "Cookie" in answer.headers["Vary"]
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_session_of_a_closed_account_ends(app):
    engine = app.server.extensions["engine"]
    made = app.server.test_client()
    made.set_cookie(COOKIE, session(engine, at=NOW))
    with writing(engine) as connection:
        connection.exec_driver_sql("UPDATE account SET active = false")

    assert made.get("/cases").status_code == 401


@pytest.mark.parametrize("name", ["audit_secret", "party_secret"])
@pytest.mark.parametrize("short", ["", "s3cret", "秘密" * 5])
def test_a_secret_that_can_be_guessed_stops_the_start(tmp_path, name, short):
    nowhere = f"sqlite:///{tmp_path / 'none.db'}"  # it is refused before anything is opened
    with pytest.raises(SettingsError, match=f"{name} has"):
        create_app(Settings(database_url=nowhere, **{name: SecretStr(short)}), lambda: NOW)


def test_secrets_do_not_show_themselves():
    assert "s3cret" not in repr(Settings(audit_secret=SecretStr("s3cret")))


def test_somebody_begins_in_the_language_of_their_account(app, stranger, account):
    with writing(app.server.extensions["engine"]) as connection:
        change_account(connection, "zhang", Change(language="en"), NOW)
    form = {"login": "zhang", "password": PASSWORD}

    where = {
        wanted: stranger.post("/sign-in", data=form | {"next": wanted}).location
        for wanted in ("/", "/cases?view=open", "/cases?lang=zh-CN")
    }
    assert where == {
        "/": "/?lang=en", "/cases?view=open": "/cases?view=open&lang=en",
        "/cases?lang=zh-CN": "/cases?lang=zh-CN",
    }  # fmt: skip


def test_the_way_in_and_out_goes_on_in_the_language_it_was_begun_in(stranger, account):
    page, home = {"Accept": "text/html"}, "/area/530303000000?lang=en"
    where = stranger.get("/cases?view=open&lang=en", headers=page).location
    form = stranger.get(where).get_data(as_text=True)
    sent = {"login": "zhang", "password": PASSWORD, "next": "/", "lang": "en"}
    began = stranger.post("/sign-in", data=sent).location
    own = stranger.get("/account?lang=en").get_data(as_text=True)
    refused = stranger.get("/screens?lang=en", headers=page).get_data(as_text=True)
    absent = stranger.get("/case/none?lang=en").get_data(as_text=True)
    out = stranger.post("/sign-out", data={"lang": "en"}).location

    assert '<html lang="en"' in form
    assert 'value="/cases?view=open&amp;lang=en"' in form
    assert began == "/?lang=en"
    assert f'href="{home}"' in own
    assert re.search(r'<input[^>]*name="lang"[^>]*value="en"', own)
    assert f'href="{home}"' in refused
    assert "/account?lang=en" in absent
    assert out == "/sign-in?lang=en"
    assert stranger.get("/cases", headers=page).location == "/sign-in?next=%2Fcases"
