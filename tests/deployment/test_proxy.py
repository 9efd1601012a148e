"""The way the guide sets it up: a browser's request through nginx and TLS to the program."""

import http.client
import json
import os
import re
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from callbacks.answering import HEADER
from dashboard.access.accounts import make_account
from dashboard.access.role import Role
from dashboard.database.access_tables import audit_entry
from dashboard.database.engine import reading, writing
from tests.services import nginx
from tests.test_app import url_of

pytestmark = [
    pytest.mark.skipif(not nginx.is_installed(), reason="no nginx here"),
    pytest.mark.parametrize("new_database", ["sqlite"], indirect=True),
]

PASSWORD = "correct horse battery"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Through(http.client.HTTPSConnection):
    """A connection to nginx by the name its certificate has."""

    def __init__(self, server: nginx.Server) -> None:
        super().__init__(nginx.NAME, server.https, context=server.trust, timeout=30)
        self._context = server.trust

    def connect(self) -> None:
        plain = socket.create_connection(("127.0.0.1", self.port), 30)
        self.sock = self._context.wrap_socket(plain, server_hostname=nginx.NAME)

    def ask(
        self, path: str, method: str = "GET", body: str | None = None, **headers: str
    ) -> tuple[http.client.HTTPResponse, str]:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.request(method, path, body, {**(FORM if body else {}), **named})
        answer = self.getresponse()
        return answer, answer.read().decode("utf-8", "replace")


@pytest.fixture
def served(county, tmp_path) -> Iterator[nginx.Server]:
    with writing(county) as connection:
        make_account(
            connection, login="zhang", name="张", role=Role.LEADER, at=datetime.now(UTC),
            password=PASSWORD,
        )  # fmt: skip
    (tmp_path / "metrics.token").write_text("m" * 40)
    settings = {
        "WUQING_DATABASE_URL": url_of(county).get_secret_value(),
        "WUQING_SERVER__PUBLIC_URL": f"https://{nginx.NAME}",
        "WUQING_METRICS__LOOPBACK": "true",
    }
    toml = tmp_path / "wuqing.toml"
    toml.write_text('[server]\ntrusted_proxies = ["127.0.0.1"]\nport = 0\n')
    command = [sys.executable, "-m", "app", "--settings", str(toml)]
    with (tmp_path / "program.log").open("wb") as log:
        program = subprocess.Popen(
            command, env={**os.environ, **settings}, stdout=subprocess.PIPE, stderr=log, text=True
        )
    try:
        assert program.stdout is not None
        port = re.search(r":(\d+)/wall", program.stdout.readline())
        assert port is not None, (tmp_path / "program.log").read_text()
        with nginx.serve(tmp_path, int(port[1])) as server:
            until_it_listens(server.https)
            yield server
    finally:
        program.kill()
        program.communicate()


def until_it_listens(port: int) -> None:
    for _ in range(2_000):
        with socket.socket() as tried:
            tried.settimeout(0.05)
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
    raise AssertionError("nginx does not listen")


def test_from_the_browser_to_the_log_and_back(served, county, tmp_path):
    # plain HTTP leads to TLS, and TLS is of today
    with closing(http.client.HTTPConnection("127.0.0.1", served.http, timeout=30)) as plain:
        plain.request("GET", "/wall?q=1")
        assert plain.getresponse().headers["Location"] == f"https://{nginx.NAME}/wall?q=1"
    mine = Through(served)
    answer, _ = mine.ask("/healthz")
    assert answer.status == 200
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert isinstance(mine.sock, ssl.SSLSocket)
    assert mine.sock.version() in ("TLSv1.2", "TLSv1.3")

    # who signs in through it comes from where they are, with an id nginx gave, whatever they claim
    origin = f"https://{nginx.NAME}:{served.https}"
    claimed = {"X_Forwarded_For": "10.9.9.9", "X_Request_Id": "f" * 32, "Origin": origin}
    form = f"login=zhang&password={PASSWORD.replace(' ', '+')}"
    answer, _ = mine.ask("/sign-in", "POST", form, **claimed)
    assert answer.status == 303
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-wuqing=")
    assert "Secure" in cookie
    with reading(county) as connection:
        row = connection.execute(select(audit_entry)).one()
    assert (row.address, row.request_id) == ("127.0.0.1", answer.headers[HEADER])
    assert row.request_id != "f" * 32
    told = [json.loads(line) for line in (tmp_path / "program.log").read_text().splitlines()]
    assert row.request_id in {line.get("request_id") for line in told}
    answer, _ = mine.ask("/sign-in", "POST", form, Origin="https://elsewhere.example")
    assert answer.status == 403

    # pages and files come through; what nobody may have does not
    session = {"Cookie": cookie.partition(";")[0]}
    for path in ("/cases?q=13812345678", "/live/wall", "/export/cases.csv"):
        answer, _ = mine.ask(path, **session)
        assert answer.status == 200, path
    assert mine.ask("/metrics")[0].status == 404
    assert mine.ask("/metrics", **session)[0].status == 404

    # what is too large, or too much, ends at nginx
    for status, asked in (
        (413, {"path": "/sign-in", "method": "POST", "body": "x" * 300_000}),
        (400, {"path": "/", "X_Large": "x" * 40_000}),
    ):
        with closing(Through(served)) as other:
            assert other.ask(**asked)[0].status == status
    guesses = [mine.ask("/sign-in", "POST", "login=x&password=y")[0].status for _ in range(40)]
    assert set(guesses) == {401, 429}
    assert mine.ask("/healthz")[0].status == 200

    # nginx's log finds the request again, and does not say what was looked for
    mine.close()
    lines = [json.loads(line) for line in served.log().splitlines()]
    assert row.request_id in {line["request_id"] for line in lines}
    assert not re.search("13812345678|zhang|cases|10.9.9.9", served.log() + served.errors())
