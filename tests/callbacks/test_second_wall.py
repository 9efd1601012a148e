"""The forged requests again, with the query layer's scoping off: PostgreSQL alone binds readers."""

from itertools import chain
from urllib.parse import quote

import pytest
from sqlalchemy import true

import dashboard.figures.view
import dashboard.site
from app import create_app
from dashboard.access.role import Role
from dashboard.settings import Settings
from tests import worlds
from tests.callbacks.test_scope import CODE, MARK, addresses, asked_words, filled, theirs
from tests.conftest import NOW
from tests.signing import client
from tests.test_app import url_of

__all__ = ["filled"]

FORGED = 300

pytestmark = pytest.mark.parametrize("new_database", ["postgresql"], indirect=True)


@pytest.fixture
def app(filled, monkeypatch):
    """An application whose query layer lets everything through, and whose tripwire is cut."""
    monkeypatch.setattr(dashboard.figures.view, "scoped", lambda *_: true())
    monkeypatch.setattr(dashboard.site, "guard", lambda _: None)
    made = create_app(Settings(database_url=url_of(filled)), lambda: NOW)
    yield made
    made.server.extensions["engine"].dispose()


@pytest.mark.parametrize(
    ("role", "area", "units"),
    [(Role.TOWNSHIP, worlds.HUASHAN, ()), (Role.DEPT, None, ("hrss",))],
)
def test_the_database_alone_answers_a_bound_reader_with_nothing_of_others(
    app, filled, role, area, units
):
    mine = client(app, NOW, role, area, units)
    marks, codes = theirs(filled, area[:9] if area else "5303", units)
    found: set[str] = set()
    forged = chain(["/export/cases.csv?view=all"], addresses(filled))
    for number in range(FORGED):
        address = next(forged)
        page = not address.startswith(("/export", "/live", "/wall"))
        asked = f"/desk/page?at={quote(address)}" if page and number % 3 else address
        answer = mine.get(asked)
        # filtered stretches are counted past this wall (`figures.comparing`): with the first one
        # off the flows of a table may not balance, and it is refused
        assert answer.status_code < 500 or "/league/" in address, address
        text = answer.get_data(as_text=True)
        seen = set(MARK.findall(text))
        assert seen - asked_words(address) <= marks, address
        assert set(CODE.findall(text)) - set(CODE.findall(address)) <= codes, address
        found |= seen & marks
    assert found == marks


def test_the_parts_of_the_database_add_up_to_the_whole(app, filled):
    whole = client(app, NOW).get("/export/cases.csv?view=all").get_data(as_text=True)
    parts: list[str] = []
    for area in worlds.TOWNSHIPS:
        mine = client(app, NOW, Role.TOWNSHIP, area)
        text = mine.get("/export/cases.csv?view=all").get_data(as_text=True)
        parts += sorted(set(CODE.findall(text)))
    assert sorted(parts) == sorted(set(CODE.findall(whole)))
