"""What people are told when the database cannot do it just now."""

from datetime import UTC, datetime, timedelta

import pytest
from dash import Dash, html
from pydantic import SecretStr

from app import create_app
from callbacks import desk, unavailable
from callbacks.desk import Desk, Drawn, Page
from callbacks.kept import Kept, keeper
from callbacks.pages import Visit
from dashboard.database.faults import BusyError, DiskFullError, DownError, TooSlowError
from dashboard.database.guarded import FAILURES
from dashboard.settings import Settings
from layouts.words import Words
from tests.conftest import NOW
from tests.dashboard.test_guarded import attempts, away
from tests.signing import client, let_in

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
    unavailable.register(app, {"zh-CN": Words("zh-CN"), "en": Words("en")}, lambda *_: None)

    def route():
        raise error("what programmers are told")

    app.server.add_url_rule("/route", "route", route)
    status, *sentences = TOLD[error]
    for language, sentence in zip(("zh-CN", "en"), sentences, strict=True):
        answer = app.server.test_client().get(f"/route?lang={language}")
        assert (answer.status_code, sentence in answer.text) == (status, True)
        assert answer.headers["Retry-After"] == "5"
        assert "programmers" not in answer.text


def fault(status: int, visit: Visit, error: Exception | None) -> Drawn:
    return Drawn(f"fault {status}", html.P(f"{visit.language} {status}"))


@pytest.mark.parametrize(
    ("error", "status", "tries_again"),
    [(BusyError, 503, True), (DownError, 503, True), (TooSlowError, 504, False)],
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
    browser = app.server.test_client()
    for _ in range(2):
        answer = browser.get("/desk/page?at=/cases")
        assert (answer.status_code, answer.json["title"]) == (status, f"fault {status}")
        assert answer.json["live"] is tries_again
        assert answer.headers.get("Retry-After") == ("5" if tries_again else None)
    assert len(drawings) == 2


def test_while_the_database_is_away_pages_are_refused_at_once_and_the_wall_keeps_its_board(
    county, request
):
    at = [NOW]
    url = SecretStr(county.url.render_as_string(hide_password=False))
    app = create_app(Settings(database_url=url), lambda: at[0])
    engine, browser = app.server.extensions["engine"], client(app, NOW)
    admin = None if engine.dialect.name == "sqlite" else request.getfixturevalue("postgres_url")
    shown = browser.get("/live/wall").headers["X-As-Of"]
    made = attempts(engine)
    with away(engine, admin):
        at[0] = NOW + timedelta(seconds=4)  # a tick later; whose session it is, is still known
        pages = [browser.get(f"/desk/page?at=/cases%3Fq%3D{number}") for number in range(12)]
        wall = browser.get("/live/wall")
        paper = browser.get("/desk/page?at=/briefing")
        at[0] += timedelta(minutes=1)
        stranger = browser.get("/cases?lang=en")
        told = browser.get("/cases?lang=en", headers={"Accept": "text/html"})
    engine.dispose()

    assert {(page.status_code, page.headers["Retry-After"]) for page in pages} == {(503, "5")}
    assert len(made) <= FAILURES
    assert (wall.status_code, wall.headers["X-Fault"], wall.headers["X-As-Of"]) == (200, "1", shown)
    assert (stranger.status_code, stranger.headers["Retry-After"]) == (503, "5")
    assert "The database does not answer" in stranger.text
    assert (paper.status_code, "数据库没有应答" in paper.text) == (503, True)
    assert (told.status_code, told.mimetype) == (503, "text/html")
    assert told.headers["X-Request-Id"] in told.text
    assert 'href="/cases?lang=en"' in told.text
