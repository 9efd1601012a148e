"""One id goes with a request: on its log lines, in its answer, in the log of what was done."""

import io
import json
import logging
import re
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from dash import Dash
from sqlalchemy import select

from app import create_app
from callbacks.answering import HEADER
from dashboard.access.role import Role
from dashboard.database.access_tables import audit_entry
from dashboard.database.engine import reading
from dashboard.operations.log_lines import FIELDS, line_formatter
from dashboard.request_id import current_request_id, request_id_from
from dashboard.settings import Server, Settings
from tests.conftest import NOW
from tests.signing import client
from tests.test_app import url_of

GIVEN = "0123456789abcdef0123456789abcdef"
PROXY = {"REMOTE_ADDR": "10.0.0.7"}


@pytest.fixture
def app(county) -> Iterator[Dash]:
    server = Server(trusted_proxies=("10.0.0.7",))
    made = create_app(Settings(database_url=url_of(county), server=server), lambda: NOW)
    yield made
    made.server.extensions["engine"].dispose()


@pytest.fixture
def lines() -> Iterator[Any]:
    """A function that returns what was logged so far, each line read as JSON."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(line_formatter())
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.removeHandler(handler)
    root.setLevel(level)


def test_one_id_is_on_the_line_in_the_answer_and_in_the_log(app, lines):
    answer = client(app, NOW, Role.ADMINISTRATOR).get("/cases")

    given = answer.headers[HEADER]
    assert answer.status_code == 403
    assert re.fullmatch(r"[0-9a-f]{32}", given)
    assert [line["status"] for line in lines() if line.get("request_id") == given] == [403]
    with reading(app.server.extensions["engine"]) as connection:
        assert connection.scalars(select(audit_entry.c.request_id)).all() == [given]


def test_every_sign_in_that_is_refused_can_be_found_by_its_id(app):
    mine = app.server.test_client()
    given = [
        mine.post("/sign-in", data={"login": "nobody", "password": "wrong"}).headers[HEADER],
        mine.get("/enter/none").headers[HEADER],
    ]

    with reading(app.server.extensions["engine"]) as connection:
        assert connection.scalars(select(audit_entry.c.request_id)).all() == given


def test_whatever_the_answer_it_has_an_id_of_its_own(app):
    mine = app.server.test_client()
    answers = [
        mine.open(path, method=method)
        for path in ("/", "/wall", "/nowhere", "/healthz", "/assets/none.css", "/enter/x")
        for method in ("GET", "POST", "BREW")
    ]

    ids = [answer.headers[HEADER] for answer in answers]
    assert len(set(ids)) == len(ids)
    assert current_request_id() is None


@pytest.mark.parametrize(
    "handed_on, environ, kept",
    [
        (GIVEN, PROXY, True),
        ("01234567-89AB-CDEF-0123-456789ABCDEF", PROXY, True),
        (GIVEN, {"REMOTE_ADDR": "10.0.0.8"}, False),
        ("13812345678", PROXY, False),
        ("", PROXY, False),
        (GIVEN + "0", PROXY, False),
        ("a\tb" + GIVEN, PROXY, False),
        ("张三" + GIVEN[2:], PROXY, False),
    ],
)
def test_an_id_is_believed_from_a_proxy_and_well_formed(app, handed_on, environ, kept):
    answer = app.server.test_client().get(
        "/healthz", headers={HEADER: handed_on.encode().decode("latin-1")}, environ_base=environ
    )

    assert (answer.headers[HEADER] == GIVEN) is kept


def test_requests_at_once_have_their_own(app, lines):
    found: dict[int, list[str]] = {}

    def ask(number: int) -> None:
        mine = app.server.test_client()
        found[number] = [mine.get(f"/nowhere/{number}").headers[HEADER] for _ in range(20)]

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    every = sorted(each for ids in found.values() for each in ids)
    assert len(set(every)) == 80
    assert sorted(each["request_id"] for each in lines() if each["event"] == "answered") == every


def test_a_line_tells_the_rule_never_the_address(app, lines):
    leader = client(app, NOW)
    leader.get("/cases?q=张三丰")
    leader.get("/case/XN-13812345678")
    app.server.test_client().get("/enter/the-secret-of-a-link")
    app.server.test_client().open("/13812345678", method="T13812345678")

    said = [line for line in lines() if line["event"] == "answered"]
    assert {line["route"] for line in said} >= {"/enter/<secret>", "none"}
    assert said[-1]["method"] == "other"
    text = json.dumps(lines(), ensure_ascii=False)
    assert not re.search("张三丰|13812345678|the-secret|q=", text)
    assert {key for line in lines() for key in line} <= set(FIELDS)


def test_a_mistake_in_the_program_is_said_without_its_words(app, lines, monkeypatch):
    app.server.config["PROPAGATE_EXCEPTIONS"] = False

    def fails() -> str:
        raise ValueError("张三丰 13812345678")

    monkeypatch.setitem(app.server.view_functions, "account", fails)
    answer = client(app, NOW).get("/account?q=secret")

    told = [line for line in lines() if line["level"] == "error"]
    assert answer.status_code == 500
    assert [line["request_id"] for line in told] == [answer.headers[HEADER]]
    assert told[0]["error"] == "ValueError"
    assert told[0]["where"][-1].startswith("callbacks/test_answering.py:")
    assert "张三丰" not in json.dumps(lines(), ensure_ascii=False)
    assert "secret" not in json.dumps(told)


def test_polls_that_are_answered_are_not_told_of(app, lines):
    client(app, NOW).get("/live/wall")
    app.server.test_client().get("/live/wall")

    said = [line for line in lines() if line["event"] == "answered"]
    assert [(line["level"], line["status"]) for line in said] == [("debug", 200), ("info", 401)]


@pytest.mark.parametrize("text", ["", "x" * 32, "0" * 31, "０" * 32, "../" * 12, GIVEN + "\n1"])
def test_what_is_not_well_formed_is_replaced(text):
    assert re.fullmatch("[0-9a-f]{32}", request_id_from(text))
    assert request_id_from(text) != text
