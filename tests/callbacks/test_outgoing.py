"""The service asks nobody: no connection leaves it but to its own database."""

import sys

import pytest

from app import create_app
from dashboard.settings import Settings
from tests.conftest import NOW
from tests.signing import client
from tests.test_app import url_of

PAGES = ("/wall", "/live/wall", "/area/530303000000", "/cases", "/league/townships", "/data",
         "/signals", "/decisions", "/duty", "/department/hrss", "/situation/public_concern",
         "/briefing", "/briefing/issues", "/briefing/since", "/explain/accepted",
         "/export/cases.csv", "/readyz")  # fmt: skip


class Calls:
    """Where connections go; an audit hook cannot be taken away again, so it is put to rest."""

    def __init__(self) -> None:
        self.to: list[object] = []
        self.listening = True
        sys.addaudithook(self._heard)

    def _heard(self, event: str, arguments: tuple[object, ...]) -> None:
        if self.listening and event in ("socket.connect", "socket.getaddrinfo"):
            self.to.append(arguments[-1] if event == "socket.connect" else arguments[0])


@pytest.fixture
def calls():
    made = Calls()
    yield made
    made.listening = False


def test_pages_are_answered_without_asking_another_host(county, calls):
    app = create_app(Settings(database_url=url_of(county)), lambda: NOW)
    leader = client(app, NOW)
    for page in PAGES:
        assert leader.get(page).status_code == 200, page
    app.server.extensions["engine"].dispose()
    hosts = {str(one[0]) if isinstance(one, tuple) else str(one) for one in calls.to}
    assert {host for host in hosts if not host.startswith(("127.", "/", "localhost"))} == set()
