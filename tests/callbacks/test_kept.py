"""Pages kept in the process and in Redis: the same pages, no pickle, and none is missed."""

import logging
import pickle
import re
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from dash import Dash, html
from flask import Flask
from flask_caching import Cache
from pydantic import SecretStr

from callbacks import desk
from callbacks.desk import Desk, Drawn, Page
from callbacks.kept import AGAIN_S, Kept, keeper
from callbacks.pages import Answer, Visit
from dashboard.breaker import Happening
from tests.callbacks.test_desk import AT, fault
from tests.services import redis
from tests.signing import let_in

ROOT = Path(__file__).parents[2]
SECRET = SecretStr("a long random text")
UNPICKLES = re.compile(r"import c?[Pp]ickle|\b(pickle|marshal|shelve|joblib|dill)\.\w+\(")
PAGE = Answer(200, "曲靖 \n", b'{"page":"\\n","title":"a"}\nb', 1_774_000_000_000, "b1")


@pytest.fixture(scope="module")
def server() -> Iterator[redis.Server]:
    with redis.server() as made:
        yield made


@pytest.fixture
def url(server) -> SecretStr:
    with server.client() as client:
        client.flushall()
    return SecretStr(server.url)


@pytest.fixture(params=["process", "redis"])
def cache(request) -> Cache:
    chosen = request.getfixturevalue("url") if request.param == "redis" else None
    return keeper(Flask("a"), chosen, "one")


class Bomb:
    """Whoever unpickles it makes a file."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def __reduce__(self):
        return Path.touch, (self.file,)


def app_over(
    redis_url: SecretStr | None, clock=time.monotonic, tell=lambda _: None
) -> tuple[Dash, list[str]]:
    """An application of one page, and a list that grows with each drawing of it."""
    drawings: list[str] = []

    def draw(visit: Visit) -> Drawn:
        drawings.append(visit.language)
        return Drawn("县", html.P(f"drawn {len(drawings)}"))

    app = Dash(__name__, title="")
    app.layout = html.Div()
    kept = Kept(keeper(app.server, redis_url, "one", clock), SECRET)
    if kept.breaker is not None:
        kept.breaker.watch(tell)
    desk.register(app, Desk((Page("/county", draw),), fault, lambda: AT, kept, "b1"), "zh-CN")
    let_in(app)
    return app, drawings


def ask(app: Dash) -> str:
    answer = app.server.test_client().get("/desk/page?at=/county")
    assert answer.status_code == 200
    return answer.json["page"]["props"]["children"]


def test_a_page_comes_back_as_it_was(cache):
    pages = Kept(cache, SECRET)
    pages.put("a", PAGE, 60)

    assert (pages.get("a"), pages.get("b")) == (PAGE, None)


def test_processes_share_what_lies_in_redis_and_only_that(url):
    for share, expected in ((url, ["drawn 1", "drawn 1"]), (None, ["drawn 1", "drawn 1"])):
        (one, drawn), (two, drawn_too) = (app_over(share) for _ in "ab")
        assert [ask(one), ask(two)] == expected
        assert len(drawn) + len(drawn_too) == (1 if share else 2)


def test_another_program_or_database_has_pages_of_its_own(url):
    Kept(keeper(Flask("a"), url, "one"), SECRET).put("a", PAGE, 60)

    assert Kept(keeper(Flask("a"), url, "another"), SECRET).get("a") is None


def test_a_bomb_in_redis_runs_nothing_and_the_answer_is_right(server, url, tmp_path):
    app, drawings = app_over(url)
    ask(app)
    mark = tmp_path / "boom"
    bomb = pickle.dumps(Bomb(mark))
    with server.client() as client:
        for key in client.scan_iter():
            for poison in (bomb, b"!" + bomb, b"", b"1", b'{"title":"x"}', b"\x00" * 40):
                client.set(key, poison)
                ask(app)
                client.set(key, poison)
        assert ask(app) == f"drawn {len(drawings)}"

    assert (mark.exists(), len(drawings)) == (False, 1 + 6 + 1)
    pickle.loads(bomb)
    assert mark.exists(), "the bomb would have gone off"


def test_a_bomb_in_a_folder_of_the_process_or_its_memory_runs_nothing(tmp_path, monkeypatch):
    """No folder is read: none of the files a cache could be thought to read makes a difference."""
    monkeypatch.chdir(tmp_path)
    mark = tmp_path / "boom"
    app, drawings = app_over(None)
    ask(app)
    (memory,) = app.server.extensions["cache"].values()
    for key, (ends, _) in list(memory._cache.items()):
        memory._cache[key] = (ends, pickle.dumps(Bomb(mark)))
        for name in (key, "cache/" + key, ".cache/" + key):
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_bytes(pickle.dumps(Bomb(mark)))

    assert ask(app) == f"drawn {len(drawings)}" == "drawn 2"
    assert not mark.exists()


def test_a_page_put_under_the_key_of_another_reader_is_not_shown(server, url):
    pages = Kept(keeper(Flask("a"), url, "one"), SECRET)
    pages.put("leader", PAGE, 60)
    with server.client() as client:
        (name,) = client.keys()
        client.set(name.replace(b"leader", b"township"), client.get(name))

    assert (pages.get("leader"), pages.get("township")) == (PAGE, None)


def test_a_page_sealed_with_another_secret_is_not_shown(url):
    cache = keeper(Flask("a"), url, "one")
    Kept(cache, SecretStr("guessed")).put("a", PAGE, 60)

    assert Kept(cache, SECRET).get("a") is None


def test_nothing_of_ours_unpickles():
    for package in ("dashboard", "layouts", "callbacks", "geodata"):
        for file in (ROOT / package).rglob("*.py"):
            found = UNPICKLES.search(file.read_text("utf-8"))
            assert found is None, f"{file} has {found}"


def test_a_redis_that_is_down_is_done_without_and_said_once(caplog):
    at, happened = [0.0], []
    with redis.server() as server, caplog.at_level(logging.WARNING):
        app, _ = app_over(SecretStr(server.url), lambda: at[0], happened.append)
        server.stop()
        shown = []
        for _ in range(6):
            shown.append(ask(app))
            at[0] += 3
        server.start()
        at[0] += AGAIN_S
        shown += [ask(app), ask(app)]

    assert shown == [*(f"drawn {n}" for n in range(1, 8)), "drawn 7"]
    assert [record.levelname for record in caplog.records] == ["ERROR", "WARNING"]
    assert happened[:3] == [Happening.FAILED, Happening.OPENED, Happening.REFUSED]
    assert happened[-1] is Happening.CLOSED


def test_a_redis_that_hangs_is_waited_for_once(server, url, caplog):
    app, _ = app_over(url, lambda: 0.0)
    ask(app)
    server.process.send_signal(signal.SIGSTOP)
    try:
        shown = [ask(app) for _ in range(5)]
    finally:
        server.process.send_signal(signal.SIGCONT)

    assert shown == [f"drawn {n}" for n in range(2, 7)]
    assert [record.levelname for record in caplog.records] == ["ERROR"]
