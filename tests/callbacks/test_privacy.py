"""No surface holds what could name a person: personal data planted in every column of a file."""

import gzip
import logging
import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

import pytest
from dash import Dash
from pydantic import SecretStr
from werkzeug.test import TestResponse

from app import create_app
from dashboard.access.role import Role
from dashboard.database.engine import reading
from dashboard.figures.catalogue import FIGURES
from dashboard.intake.mapping import load_mapping
from dashboard.intake.run import import_file
from dashboard.intake.surroundings import look_around
from dashboard.operations.log_lines import line_formatter
from dashboard.profile import load_profile
from dashboard.settings import Metrics, Settings
from tests import worlds
from tests.conftest import NOW
from tests.dashboard.intake import files
from tests.dashboard.intake.test_parties import HEADER, MAPPING
from tests.signing import client
from tests.test_app import url_of

NAMES = ("欧阳建国", "张三丰", "阿依古丽·买买提", "John Smith")
PLANTED = "身份证110105194912310028手机13812345678座机0874-3123456卡6222021234567890123车云D12345"
NUMBERS = re.compile(
    r"110105194912310028|13812345678|0874-3123456|6222021234567890123|云D12345"
    r"|(?<![\d.])1[3-9]\d{9}(?![\d.])|(?<!\d)\d{17}[\dXx](?![\dA-Za-z])"
)
WALL = ("/wall", "/_dash-layout", "/live/wall", "/live/wall?lang=en")
DESK = (
    "/cases", "/cases?view=all", "/league/townships", "/league/departments", "/signals", "/data",
    f"/area/{worlds.COUNTY}", f"/area/{worlds.BAISHUI}", "/department/hrss", "/account",
    "/situation/public_concern", "/decisions", "/decisions/1", "/duty",
    "/briefing", "/briefing?view=slides", "/briefing/since", "/briefing/orders",
    "/briefing/issues",
    "/export/cases.csv?view=all", "/export/league/departments.csv",
    "/export/explain/accepted.csv?period=month", "/export/decisions.csv?view=all",
    "/export/briefing/daily/2026-03-18.txt",
    *(f"/explain/{figure.id}?period=month" for figure in FIGURES[:40:4]),
)  # fmt: skip


def text_of(answer: TestResponse) -> str:
    """The body as a reader of its bytes finds it, escaped letters told as well."""
    body = answer.get_data()
    if body.startswith(b"\x1f\x8b"):
        body = gzip.decompress(body)
    return body.decode() + body.decode().encode().decode("unicode_escape", "ignore")


def unopened(app: Dash, addresses: Iterable[str]) -> set[str]:
    """Pages of the desk and files there are that none of the addresses is of."""
    paths = {urlsplit(each).path for each in addresses}
    pages = app.server.extensions["desk"].patterns
    routes = app.server.url_map.bind("localhost")
    taken = {routes.match(path)[0] for path in paths}
    rules = app.server.url_map.iter_rules()
    files = {each.rule: each.endpoint for each in rules if each.rule.startswith("/export/")}
    return {page for page in pages if not any(re.fullmatch(page, path) for path in paths)} | {
        rule for rule, endpoint in files.items() if endpoint not in taken
    }


@pytest.fixture
def app(county, tmp_path) -> Iterator[Dash]:
    rows = []
    for number in range(8):
        name = NAMES[number % len(NAMES)]
        line = files.line(number).replace(f"事项{number}", f"{name}{PLANTED}反映路灯不亮{number}")
        rows.append(f"{line},{name},110105194912310028,13812345678,{NAMES[(number + 1) % 4]}")
    file = tmp_path / "cases.csv"
    file.write_text("\n".join((HEADER, *rows, "")), "utf-8")
    settings = Settings(
        party_secret=SecretStr("a long random text of 32 bytes or more"),
        database_url=url_of(county),
        metrics=Metrics(loopback=True),
    )
    mapping = load_mapping(files.a_mapping(tmp_path, MAPPING))
    with reading(county) as connection:
        around = look_around(connection, mapping, load_profile("zhanyi"), settings)
    assert import_file(county, file, around, now=NOW).new == 8
    made = create_app(settings, lambda: NOW)
    yield made
    made.server.extensions["engine"].dispose()


def test_no_page_no_file_and_no_log_names_a_person(app, county, caplog):
    caplog.set_level(logging.DEBUG)
    leader, town = client(app, NOW), client(app, NOW, Role.TOWNSHIP, worlds.BAISHUI)
    asked = {"title": f"{PLANTED}报方案", "ask": PLANTED, "owner": f"a:{worlds.BAISHUI}",
             "due": "2026-03-19T17:00"}  # fmt: skip
    leader.post("/decisions", data=asked)
    leader.post("/decisions/1", data={"kind": "reply", "text": PLANTED})
    leader.post("/decisions/1", data={"kind": "dropped", "agreed": f"王{PLANTED}", "text": "误"})
    with reading(county) as connection:
        code = connection.exec_driver_sql("SELECT case_code FROM cases").scalars().first()
    answers = {}
    for address in (*WALL, *DESK, f"/case/{code}"):
        for who, reader in (("leader", leader), ("town", town)):
            answers[who, address] = reader.get(address)
    leader.get("/cases?q=" + NAMES[1])

    opened = [address for (_, address), answer in answers.items() if answer.status_code == 200]
    assert unopened(app, opened) == set()
    for key, answer in answers.items():
        text = text_of(answer)
        assert NUMBERS.findall(text) == [], key
        assert [name for name in NAMES if name in text] == [], key
    logged = [record.getMessage() for record in caplog.records]
    assert [line for line in logged if NUMBERS.search(line)] == []
    assert [line for line in logged if any(name in line for name in NAMES)] == []


def test_no_line_of_the_log_and_no_figure_of_the_service_names_a_person(app, caplog):
    """Also when people search for others, type them into forms, and pages fail."""
    caplog.set_level(logging.DEBUG)
    app.server.config["PROPAGATE_EXCEPTIONS"] = False

    def fails(path: str = "") -> str:
        raise ValueError(f"{NAMES[0]} {PLANTED} {path}")

    leader, stranger = client(app, NOW), app.server.test_client()
    app.server.view_functions["account"] = fails
    for word in (*NAMES, "13812345678", "110105194912310028"):
        for path in (f"/cases?q={word}", f"/{word}", f"/case/{word}", f"/account?q={word}"):
            leader.get(path)
            stranger.get(path, headers={"X-Request-Id": word.encode().decode("latin-1")})
        stranger.post("/sign-in", data={"login": word, "password": word})
        stranger.open("/wall", method="13812345678")
    logging.getLogger("waitress").error("Exception while serving %s", f"/cases?q={NAMES[1]}")
    told = "\n".join(map(line_formatter().format, caplog.records))
    answer = stranger.get("/metrics", environ_base={"REMOTE_ADDR": "127.0.0.1"})

    assert "ValueError" in told
    assert answer.status_code == 200
    # a value is a number of seconds or bytes, with as many digits as a float has
    named = [line.rpartition(" ")[0] for line in answer.get_data(as_text=True).splitlines()]
    for text in (told, "\n".join(named)):
        assert NUMBERS.findall(text) == []
        assert [name for name in NAMES if name in text] == []


def test_the_wall_holds_no_word_of_a_case(app):
    leader = client(app, NOW)
    for address in WALL:
        assert "路灯" not in text_of(leader.get(address))
