"""A real server in its own process, and Chromium in front of it."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Page,
    Request,
    expect,
    sync_playwright,
)
from sqlalchemy import Engine, insert

from dashboard.database.engine import open_engine, writing
from dashboard.database.tables import hazard_point, site
from tests import worlds
from tests.signing import COOKIE, session

ROOT = Path(__file__).parents[2]
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
)
PATIENCE_MS = 20_000
"""What a busy machine may take for what nobody promised a time for."""


class Server:
    """`python app.py` over one database; it can be stopped and started again on its port."""

    def __init__(self, folder: Path, database: Path | str) -> None:
        self.folder = folder
        url = database if isinstance(database, str) else f"sqlite:///{database}"
        self.engine: Engine = open_engine(url)
        self.port = free_port()
        self.settings: dict[str, str] = {"database_url": url}
        self._process: subprocess.Popen[str] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self, *arguments: str, **settings: str) -> None:
        """Start and wait until it listens; `settings` stay for the next start."""
        self.settings |= settings
        file = self.folder / "wuqing.toml"
        lines = [f'{key.replace("__", ".")} = "{text}"' for key, text in self.settings.items()]
        file.write_text("\n".join(lines), "utf-8")
        command = [sys.executable, "app.py", "--settings", str(file), "--port", str(self.port)]
        with (self.folder / "server.log").open("a") as log:
            self._process = subprocess.Popen(
                [*command, *arguments], cwd=ROOT, stdout=subprocess.PIPE, stderr=log, text=True
            )
        assert self._process.stdout is not None
        assert self._process.stdout.readline().startswith("http://"), self.log()

    def let_in(self, page: Page) -> None:
        """Sign a browser in as a leader."""
        cookie = {"name": COOKIE, "value": session(self.engine), "url": self.url}
        page.context.add_cookies([cookie])

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def log(self) -> str:
        return (self.folder / "server.log").read_text("utf-8")


class Watch:
    """What a page asked for and complained about."""

    def __init__(self, page: Page) -> None:
        self.requests: list[str] = []
        self.loads = 0
        self.complaints: list[str] = []
        page.on("request", self._request)
        page.on("console", self._message)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _request(self, request: Request) -> None:
        self.requests.append(request.url)
        self.loads += request.is_navigation_request()

    def _message(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def hosts(self) -> set[str | None]:
        return {
            urlsplit(url).hostname
            for url in self.requests
            if not url.startswith(("data:", "blob:"))
        }


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1920, "height": 1080})
    yield context.new_page()
    context.close()


@pytest.fixture(autouse=True)
def _signed_in(request: pytest.FixtureRequest) -> None:
    """Whoever opens a page of a server is signed in there."""
    for server in {"server", "untouched"} & set(request.fixturenames):
        if "page" in request.fixturenames:
            request.getfixturevalue(server).let_in(request.getfixturevalue("page"))


@pytest.fixture
def watch(page: Page) -> Watch:
    return Watch(page)


@pytest.fixture
def server(tmp_path: Path, sqlite_blank: Path) -> Iterator[Server]:
    """A server over a small county with a few cases and one hazard point of its own."""
    with a_server(tmp_path, sqlite_blank) as server:
        yield server


@pytest.fixture(scope="session")
def untouched(tmp_path_factory: pytest.TempPathFactory, sqlite_blank: Path) -> Iterator[Server]:
    """The same server, once for all who only look at it."""
    with a_server(tmp_path_factory.mktemp("untouched"), sqlite_blank) as server:
        yield server


@contextmanager
def a_server(folder: Path, blank: Path) -> Iterator[Server]:
    """Serve a small county until the block ends."""
    database = folder / "county.db"
    database.write_bytes(blank.read_bytes())
    with serving(Server(folder, database)) as server:
        yield server


@contextmanager
def serving(server: Server) -> Iterator[Server]:
    """Write a small county into the server's empty database and serve it until the block ends."""
    with writing(server.engine) as connection:
        worlds.small_county(connection)
        now = datetime.now(UTC)
        for age in (1, 30, 200):
            worlds.a_case(connection, accepted_at=now - timedelta(hours=age))
        connection.execute(insert(site).values(key="profile", value="zhanyi"))
        connection.execute(insert(hazard_point).values(**a_hazard(now)))
    try:
        server.start()
        yield server
    finally:
        server.stop()
        server.engine.dispose()


def a_hazard(now: datetime) -> dict[str, object]:
    return {
        "point_id": "P001",
        "name": "点位",
        "hazard_type_code": "02",
        "risk_level": "high",
        "area_code": worlds.BAISHUI,
        "township_code": worlds.BAISHUI,
        "lon": 103.85,
        "lat": 25.75,
        "found_at": now - timedelta(days=3),
        "status": "open",
        "updated_at": now,
    }
