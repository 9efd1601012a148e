"""What people are told when the database cannot do it just now."""

from datetime import UTC, datetime

import pytest
from dash import Dash, html

from callbacks import desk, unavailable
from callbacks.desk import Desk, Drawn, Page
from callbacks.kept import Kept, keeper
from callbacks.pages import Visit
from dashboard.database.faults import BusyError, DiskFullError, DownError, TooSlowError
from layouts.address import AddressError
from layouts.words import Words
from tests.signing import let_in

AT = datetime(2026, 11, 26, 4, 0, tzinfo=UTC)
TOLD = {
    BusyError: (503, "数据库正忙", "The database is busy"),
    TooSlowError: (504, "查询超过了时限", "passed its time limit"),
    DownError: (503, "数据库暂时没有应答", "The database does not answer"),
    DiskFullError: (507, "磁盘已满", "disk of the database is full"),
}


@pytest.mark.parametrize("error", TOLD)
def test_any_route_says_it_in_words_of_both_languages(error):
    app = Dash(__name__, title="")
    app.layout = html.Div()
    unavailable.register(app, {"zh-CN": Words("zh-CN"), "en": Words("en")})

    def route():
        raise error("what programmers are told")

    app.server.add_url_rule("/route", "route", route)
    status, *sentences = TOLD[error]
    for language, sentence in zip(("zh-CN", "en"), sentences, strict=True):
        answer = app.server.test_client().get(f"/route?lang={language}")
        assert (answer.status_code, sentence in answer.text) == (status, True)
        assert answer.headers["Retry-After"] == "5"
        assert "programmers" not in answer.text


def fault(status: int, visit: Visit, error: AddressError | None) -> Drawn:
    return Drawn(f"fault {status}", html.P(f"{visit.language} {status}"))


@pytest.mark.parametrize(
    ("error", "status", "tries_again"), [(BusyError, 503, True), (DownError, 503, True), (TooSlowError, 504, False)]
)
def test_a_page_of_leaders_says_it_as_a_page_and_keeps_nothing(error, status, tries_again):
    drawings = []

    def draw(visit: Visit) -> Drawn:
        drawings.append(visit)
        raise error

    app = Dash(__name__, title="")
    app.layout = html.Div()
    kept = Kept(keeper(app.server, None, ""), None)
    desk.register(app, Desk((Page("/cases", draw),), fault, lambda: AT, kept, "b1"), "zh-CN")
    let_in(app)
    client = app.server.test_client()
    for _ in range(2):
        answer = client.get("/desk/page?at=/cases")
        assert (answer.status_code, answer.json["title"]) == (status, f"fault {status}")
        assert answer.json["live"] is tries_again
    assert len(drawings) == 2
