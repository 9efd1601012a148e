"""`/metrics`: closed unless set up, true, small, of all processes, and of nobody."""

import json
import os
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import pytest
from dash import Dash
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import insert

from app import create_app
from dashboard.database.engine import writing
from dashboard.database.tables import check_run
from dashboard.operations.backup import back_up
from dashboard.settings import Metrics, Settings, SettingsError
from tests import worlds
from tests.conftest import NOW
from tests.signing import client
from tests.test_app import url_of

of_sqlite = pytest.mark.parametrize("new_database", ["sqlite"], indirect=True)
TOKEN = "a-token-of-more-than-thirty-two-characters"


@pytest.fixture
def token(tmp_path) -> Path:
    file = tmp_path / "metrics.token"
    file.write_text(TOKEN + "\n")
    return file


@pytest.fixture
def made(county) -> Iterator[Callable[..., Dash]]:
    """A function that makes an application with settings of its metrics."""
    apps: list[Dash] = []

    def make(**metrics: Any) -> Dash:
        settings = Settings(database_url=url_of(county), metrics=Metrics(**metrics))
        apps.append(create_app(settings, lambda: NOW))
        return apps[-1]

    yield make
    for app in apps:
        app.server.extensions["engine"].dispose()


def samples(text: str) -> dict[str, float]:
    return {
        sample.name + "".join(f"[{value}]" for value in sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def scrape(app: Dash) -> dict[str, float]:
    answer = app.server.test_client().get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 200
    return samples(answer.get_data(as_text=True))


@of_sqlite
def test_without_being_set_up_there_are_none(made):
    app = made()

    assert app.server.test_client().get("/metrics").status_code in (302, 401)
    assert client(app, NOW).get("/metrics").status_code == 404


@of_sqlite
def test_the_token_opens_and_nothing_else(made, token):
    stranger = made(token_file=token).server.test_client()
    refused = (f"Bearer {TOKEN}x", "Bearer ", "Bearer 张三", f"Basic {TOKEN}", TOKEN, "", "bearer")

    def status(path: str, header: str) -> int:
        headers = {"Authorization": header.encode().decode("latin-1")}
        code: int = stranger.get(path, headers=headers).status_code
        return code

    assert [status("/metrics", f"{word} {TOKEN}") for word in ("Bearer", "bearer")] == [200, 200]
    assert {header for header in refused if status("/metrics", header) != 401} == set()
    assert status("/metrics/", f"Bearer {TOKEN}") == 401
    assert status("/account", f"Bearer {TOKEN}") == 401
    assert stranger.get("/metrics").status_code == 401


@of_sqlite
def test_a_session_does_not_open_them(made, token):
    assert client(made(token_file=token), NOW).get("/metrics").status_code == 401


@of_sqlite
def test_the_token_may_be_changed_while_the_service_runs(made, token):
    stranger = made(token_file=token).server.test_client()
    asked = {"headers": {"Authorization": f"Bearer {TOKEN}"}}

    token.write_text("another" + TOKEN)
    assert stranger.get("/metrics", **asked).status_code == 401
    token.write_text("")
    assert stranger.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 401
    token.unlink()
    assert stranger.get("/metrics", **asked).status_code == 401


@of_sqlite
def test_a_token_that_can_be_guessed_or_is_not_there_stops_the_start(made, token, tmp_path):
    token.write_text("secret")
    with pytest.raises(SettingsError, match="32 characters"):
        made(token_file=token)
    with pytest.raises(SettingsError, match="No such file"):
        made(token_file=tmp_path / "none")


@of_sqlite
def test_this_machine_may_ask_where_it_is_set_and_no_proxy_for_others(made):
    stranger = made(loopback=True).server.test_client()

    def status(remote: str, **headers: str) -> int:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        asked = stranger.get("/metrics", headers=named, environ_base={"REMOTE_ADDR": remote})
        code: int = asked.status_code
        return code

    assert [status(remote) for remote in ("127.0.0.1", "::1", "127.8.8.8")] == [200, 200, 200]
    assert [status(remote) for remote in ("10.0.0.7", "", "localhost")] == [401, 401, 401]
    assert status("127.0.0.1", X_Forwarded_For="127.0.0.1") == 401
    assert status("127.0.0.1", X_Real_IP="127.0.0.1") == 401
    assert status("127.0.0.1", Forwarded="for=127.0.0.1") == 401


@of_sqlite
def test_they_say_what_was_asked_and_how_it_went(made, token):
    app = made(token_file=token)
    stranger, leader = app.server.test_client(), client(app, NOW)
    for _ in range(3):
        stranger.post("/sign-in", data={"login": "x", "password": "y"})
    stranger.get("/enter/none")
    leader.get("/cases")
    leader.get("/live/wall")
    stranger.get("/live/wall")
    found = scrape(app)

    assert found["wuqing_requests_total[/sign-in][401]"] == 3
    assert found["wuqing_sign_ins_refused_total[password]"] == 3
    assert found["wuqing_sign_ins_refused_total[link]"] == 1
    assert found["wuqing_requests_total[/live/wall][200]"] == 1
    assert found["wuqing_requests_total[/live/wall][401]"] == 1
    assert found["wuqing_request_seconds_count[/sign-in]"] == 3
    assert found["wuqing_tick_seconds_count"] >= 1
    assert found["wuqing_pool_connections_in_use"] == 0
    assert found["wuqing_resident_bytes"] > 10_000_000


def test_they_say_how_old_everything_is(county, made, token, tmp_path):
    with writing(county) as connection:
        worlds.a_case(connection, accepted_at=NOW)
        connection.execute(
            insert(check_run).values(
                run_id=1, started_at=NOW, ended_at=NOW, as_of=NOW, cases=1, events=1, figures=1,
                differences={"found": 2},
            )
        )  # fmt: skip
    app = made(token_file=token)
    before = scrape(app)
    back_up(county, tmp_path / "b.backup", NOW, None)
    after = scrape(app)

    assert "wuqing_backup_age_seconds" not in before
    assert after["wuqing_backup_age_seconds"] == pytest.approx(0, abs=1)
    assert after["wuqing_check_differences"] == 2
    assert after["wuqing_board_age_seconds"] == pytest.approx(0, abs=1)
    assert after["wuqing_board_fault"] == 0
    assert after["wuqing_database_up"] == 1
    assert after["wuqing_database_bytes"] > 100_000
    has_file = county.dialect.name == "sqlite"
    assert ("wuqing_wal_bytes" in after, "wuqing_disk_free_bytes" in after) == (
        has_file, has_file,
    )  # fmt: skip


@of_sqlite
def test_a_database_that_is_gone_is_said_not_shown_as_it_was(county, made, token):
    app = made(token_file=token)
    scrape(app)
    with writing(county) as connection:
        connection.exec_driver_sql("ALTER TABLE source RENAME TO taken_away")
    found = scrape(app)

    assert found["wuqing_database_up"] == 0
    assert not [name for name in found if "feed_age" in name]


@of_sqlite
def test_the_series_are_few_and_name_nobody(made, token):
    app = made(token_file=token)
    leader, stranger = client(app, NOW), app.server.test_client()
    for number in range(300):
        stranger.get(f"/{number}/张三丰?q=13812345678")
        leader.open(f"/case/XN-{number}", method=f"BREW{number}")
        leader.get(f"/cases?q=张三丰{number}")
    for rule in app.server.url_map.iter_rules():
        for method in ("GET", "POST", "DELETE"):
            leader.open(re.sub("<[^>]*>", "x", rule.rule), method=method)
    answer = stranger.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})

    text = answer.get_data(as_text=True)
    assert not re.search("张三丰|13812345678|BREW|XN-", text)
    assert len(samples(text)) <= 500
    assert answer.headers["Cache-Control"] == "no-store"


SERVING = """
import sys
from app import create_app
from callbacks.serving import serve
from dashboard.operations.log_lines import set_up_log
from dashboard.settings import load_settings
set_up_log()
settings = load_settings(environment={
    "WUQING_DATABASE_URL": sys.argv[1], "WUQING_SERVER__PORT": "0",
    "WUQING_METRICS__LOOPBACK": "true",
})
serve(create_app(settings).server, settings)
"""


@pytest.fixture
def two(county, tmp_path) -> Iterator[list[tuple[subprocess.Popen[str], str]]]:
    """Two processes on one database that count together, with their addresses."""
    shared = tmp_path / "counted"
    shared.mkdir()
    environment = {**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(shared)}
    command = [sys.executable, "-c", SERVING, url_of(county).get_secret_value()]
    running = []
    try:
        for number in range(2):
            with (tmp_path / f"{number}.log").open("wb") as log:
                process = subprocess.Popen(
                    command, env=environment, stdout=subprocess.PIPE, stderr=log, text=True
                )
            running.append(process)
        yield [(each, said_by(each).removesuffix("/wall")) for each in running]
    finally:
        for process in running:
            process.kill()
            process.communicate()


def said_by(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def asked(address: str) -> str:
    try:
        with urllib.request.urlopen(address, timeout=20) as answer:
            text: str = answer.read().decode()
            return text
    except HTTPError as error:
        return str(error.code)


def living(folder: Path) -> set[str]:
    return {file.stem.rpartition("_")[2] for file in (folder / "counted").glob("gauge_live*")}


@of_sqlite
def test_two_processes_count_together_and_one_that_was_killed_is_not_counted_as_living(
    two, tmp_path
):
    (first, one), (_, other) = two
    for _ in range(3):
        asked(f"{one}/live/nowhere?q=13812345678")
    asked(f"{other}/live/nowhere")
    told = [samples(asked(f"{each}/metrics")) for each in (one, other)]

    assert [each["wuqing_requests_total[/<path:path>][401]"] for each in told] == [4, 4]
    assert told[0]["wuqing_board_age_seconds"] < 30
    assert str(first.pid) in living(tmp_path)

    first.send_signal(signal.SIGKILL)
    first.wait()
    after = samples(asked(f"{other}/metrics"))
    assert after["wuqing_requests_total[/<path:path>][401]"] == 4
    assert str(first.pid) not in living(tmp_path)

    for log in tmp_path.glob("*.log"):
        lines = [json.loads(line) for line in log.read_text().splitlines()]
        assert any(line["event"] == "answered" for line in lines)
        assert "13812345678" not in log.read_text()
