import gzip
from datetime import datetime, timedelta

import orjson
import pytest
from dash import Dash, html
from flask.testing import FlaskClient
from sqlalchemy import Connection, text

from callbacks import delivery, live
from callbacks.paint import Painter
from dashboard.database.engine import reading, writing
from dashboard.snapshots.board import Board
from dashboard.snapshots.feed import Feed
from layouts.words import Words
from tests.boards import a_board

BUILD = "0123456789ab"


class Wall:
    """The route over a real feed, with a clock and figures the test sets."""

    def __init__(self, engine, now: datetime) -> None:
        self.engine, self.now, self.supervised = engine, now, 3
        feed = Feed(engine, self.read, lambda: self.now, every_s=5)
        app = Dash(__name__)
        app.layout = html.Div()
        painters = {
            language: Painter({"a": self.draw}, lambda board, words: None, Words(language))
            for language in ("zh-CN", "en")
        }
        live.register(app, feed, painters, BUILD, lambda: self.now)
        delivery.register(app)
        self.client: FlaskClient = app.server.test_client()

    def read(self, connection: Connection, as_of: datetime) -> Board:
        return a_board(as_of=as_of, supervised=self.supervised)

    def draw(self, board: Board, words: Words) -> html.B:
        return html.B(f"{words.language} {board.supervised}")

    def get(self, address: str = "/live/wall", **headers: str):
        return self.client.get(
            address, headers={k.replace("_", "-"): v for k, v in headers.items()}
        )


@pytest.fixture
def wall(blank, now) -> Wall:
    return Wall(blank, now)


def body(answer) -> dict:
    return orjson.loads(gzip.decompress(answer.data))


def milliseconds(at: datetime) -> str:
    return str(int(at.timestamp() * 1000))


def test_the_first_answer_holds_every_panel_and_the_clocks(wall):
    answer = wall.get()

    assert answer.status_code == 200
    assert body(answer)["panels"]["a"]["props"] == {"children": "zh-CN 3"}
    assert answer.headers["X-Build"] == BUILD
    assert answer.headers["X-As-Of"] == answer.headers["X-Now"] == milliseconds(wall.now)
    assert answer.headers["Cache-Control"] == "no-store"
    assert "X-Fault" not in answer.headers


def test_an_unchanged_board_is_not_sent_again_but_its_age_is(wall):
    first = wall.get()
    wall.now += timedelta(seconds=7)
    answer = wall.get(If_None_Match=first.headers["ETag"])

    assert (answer.status_code, answer.data) == (304, b"")
    assert answer.headers["X-As-Of"] == milliseconds(wall.now)


def test_an_unchanged_answer_takes_at_most_300_bytes(wall):
    first = wall.get()
    wall.now += timedelta(seconds=7)
    answer = wall.get(If_None_Match=first.headers["ETag"])
    lines = [f"{name}: {value}" for name, value in answer.headers.items()]
    date = "Date: Wed, 18 Mar 2026 06:20:43 GMT"  # what the server adds to them

    assert len("\r\n".join([f"HTTP/1.1 {answer.status}", *lines, date, "", ""])) <= 300


def test_a_changed_figure_is_sent_to_whoever_has_the_version_before(wall):
    version = body(wall.get())["version"]
    wall.now += timedelta(seconds=5)
    wall.supervised = 4
    answer = wall.get(f"/live/wall?have={version}", If_None_Match=f'"{BUILD}.{version}"')

    assert body(answer)["panels"]["a"]["props"] == {"children": "zh-CN 4"}


def test_a_version_of_another_build_is_not_taken_for_ours(wall):
    version = body(wall.get())["version"]

    assert wall.get(If_None_Match=f'"other.{version}"').status_code == 200


@pytest.mark.parametrize(
    "asked, given", [("en", "en 3"), ("zh-CN", "zh-CN 3"), ("de", "zh-CN 3"), ("", "zh-CN 3")]
)
def test_each_language_has_its_own_panels(wall, asked, given):
    assert body(wall.get(f"/live/wall?lang={asked}"))["panels"]["a"]["props"]["children"] == given


def test_a_failing_database_is_told_with_the_figures_of_before(wall):
    wall.get()
    before = wall.now
    rename(wall, "wall_snapshot", "gone")
    wall.now += timedelta(seconds=20)
    answer = wall.get()

    assert answer.headers["X-Fault"] == "1"
    assert answer.headers["X-As-Of"] == milliseconds(before)
    assert answer.headers["X-Now"] == milliseconds(wall.now)


def test_without_any_board_the_answer_is_503_with_the_build(wall):
    rename(wall, "wall_snapshot", "gone")
    answer = wall.get()

    assert answer.status_code == 503
    assert answer.headers["X-Build"] == BUILD
    assert answer.headers["Cache-Control"] == "no-store"


def rename(wall: Wall, old: str, new: str) -> None:
    with writing(wall.engine) as connection:
        connection.execute(text(f"ALTER TABLE {old} RENAME TO {new}"))


def test_a_database_that_fails_before_the_figures_are_read_is_named_without_what_was_asked(
    wall, caplog
):
    @wall.client.application.before_request
    def who() -> None:
        with reading(wall.engine) as connection:
            connection.execute(text("SELECT 'a secret' FROM nowhere"))

    answer = wall.get()

    assert (answer.status_code, answer.headers["X-Fault"]) == (503, "1")
    assert "nowhere" in caplog.text
    assert "a secret" not in caplog.text
