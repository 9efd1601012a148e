from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest
from dash import Dash, html
from flask.testing import FlaskClient

from callbacks import delivery, desk
from callbacks.desk import Desk, Drawn, Page
from callbacks.kept import Kept, keeper
from callbacks.pages import Visit
from dashboard.snapshots.feed import NoBoardError
from layouts.address import AddressError
from tests.signing import let_in

AT = datetime(2026, 11, 26, 4, 0, tzinfo=UTC)
AREA = "/area/530303001000"


class Centre:
    """Pages of areas: one that is there, and one for everything that can go wrong."""

    def __init__(self) -> None:
        self.at: datetime | None = AT
        self.drawings = 0

    def moment(self) -> datetime:
        if self.at is None:
            raise NoBoardError
        return self.at

    def draw(self, visit: Visit, code: str) -> Drawn | None:
        self.drawings += 1
        if code == "1":
            return None
        if code == "2":
            raise AddressError("period", "fortnight")
        if code == "3":
            raise RuntimeError("secret of the house")
        if code == "4":
            return Drawn("title 4", html.P("mistyped"), status=404)
        text = f"{visit.language} {code} {visit.query.get('q')} " + "。" * 600
        return Drawn(f"title {code}", html.P(text), live="as_of" not in visit.query)


def fault(status: int, visit: Visit, error: Exception | None) -> Drawn:
    said = f" {error.key}={error.value}" if isinstance(error, AddressError) else ""
    return Drawn(f"fault {status}", html.P(f"{visit.language} {status}{said}"))


@pytest.fixture
def centre() -> Centre:
    return Centre()


@pytest.fixture
def client(centre) -> FlaskClient:
    app = Dash(__name__, title="")
    app.layout = html.Div()
    kept = Kept(keeper(app.server, None, ""), None)
    pages = (Page(r"/area/(?P<code>\d+)", centre.draw),)
    desk.register(app, Desk(pages, fault, centre.moment, kept, "b1"), "zh-CN")
    delivery.register(app)
    let_in(app)
    return app.server.test_client()


def ask(client: FlaskClient, address: str, **headers: str):
    names = {name.replace("_", "-"): text for name, text in headers.items()}
    return client.get(f"/desk/page?at={quote(address, safe='')}", headers=names)


def test_a_page_comes_with_its_title_its_instant_and_who_drew_it(client):
    answer = ask(client, f"{AREA}?q=a&lang=en")

    assert answer.status_code == 200
    assert answer.json["title"] == "title 530303001000"
    assert answer.json["live"] is True
    assert answer.json["page"]["props"]["children"].startswith("en 530303001000 ['a']")
    assert answer.headers["X-Build"] == "b1"
    assert answer.headers["X-As-Of"] == str(int(AT.timestamp() * 1000))
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_page_is_drawn_once_for_an_address_a_language_and_a_moment(client, centre):
    for address in (AREA, AREA, f"{AREA}?lang=zh-CN", f"{AREA}?lang=en", f"{AREA}?lang=en"):
        ask(client, address)
    assert centre.drawings == 2

    centre.at = AT + timedelta(seconds=5)
    ask(client, AREA)
    assert centre.drawings == 3


def test_a_page_that_stays_the_same_is_not_sent_again_but_its_instant_goes_on(client, centre):
    tag = ask(client, AREA).headers["ETag"]
    centre.at = AT + timedelta(seconds=5)

    answer = ask(client, AREA, If_None_Match=tag)

    assert (answer.status_code, answer.data) == (304, b"")
    assert answer.headers["X-As-Of"] == str(int(centre.at.timestamp() * 1000))
    assert ask(client, f"{AREA}?q=a", If_None_Match=tag).status_code == 200


def test_a_page_is_compressed(client):
    assert ask(client, AREA, Accept_Encoding="gzip").headers["Content-Encoding"] == "gzip"


def test_a_page_of_the_past_does_not_go_on(client):
    assert ask(client, f"{AREA}?as_of=2026-11-01T00:00").json["live"] is False


@pytest.mark.parametrize(
    "address, status, said",
    [
        ("/area/1", 404, "zh-CN 404"),
        ("/nowhere?lang=en", 404, "en 404"),
        ("/area/2", 400, "zh-CN 400 period=fortnight"),
        ("/area/3", 500, "zh-CN 500"),
    ],
)
def test_whatever_goes_wrong_is_a_page_in_words(client, address, status, said):
    answer = ask(client, address)

    assert answer.status_code == status
    assert answer.json["page"]["props"]["children"] == said
    assert answer.json["live"] is False


def test_a_page_may_say_itself_what_there_is_not_and_asks_again(client):
    answer = ask(client, "/area/4")

    assert (answer.status_code, answer.json["live"]) == (404, True)
    assert answer.json["page"]["props"]["children"] == "mistyped"


def test_a_page_that_broke_is_logged_and_tried_again(client, centre, caplog):
    first, second = ask(client, "/area/3"), ask(client, "/area/3")

    assert centre.drawings == 2
    assert "secret of the house" in caplog.text
    assert b"secret" not in first.data + second.data


def test_without_a_board_a_page_says_so_and_asks_again(client, centre):
    centre.at = None

    answer = ask(client, AREA)

    assert (answer.status_code, answer.json["live"]) == (503, True)
    assert "X-As-Of" not in answer.headers


@pytest.mark.parametrize(
    "address",
    ["", "area/1", "//other.host/area/1", "http://other.host/", "//[x", "/?" + "a&" * 999],
)
def test_only_addresses_of_this_server_are_answered(client, centre, address):
    answer = ask(client, address)

    assert answer.status_code == 400
    assert answer.text.startswith("at: ")
    assert centre.drawings == 0
