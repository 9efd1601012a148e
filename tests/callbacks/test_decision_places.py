"""Decisions stand where they are looked for: on their owner's page and on that of their case."""

import json
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from app import create_app
from callbacks.home import home_of
from dashboard.access.role import Role
from dashboard.access.viewer import Viewer
from dashboard.briefing.decision import Entry, EntryKind, Owner
from dashboard.briefing.register import follow, take
from dashboard.database.engine import reading, writing
from dashboard.database.tables import cases
from dashboard.figures.scope import EVERYTHING, Scope
from dashboard.settings import Settings
from tests.callbacks.test_briefing import walk
from tests.conftest import NOW
from tests.dashboard.briefing.test_decision import a_decision
from tests.signing import client
from tests.test_app import url_of
from tests.worlds import COUNTY, HUASHAN, XIPING, a_history

DAY = timedelta(days=1)
HRSS, WATER, TOWN = Owner(department="hrss"), Owner(department="water"), Owner(area=XIPING)


@pytest.fixture
def app(county):
    """Of each owner one open decision about a case, and one of hrss that is done."""
    at = NOW.replace(microsecond=0) - 3 * DAY
    with writing(county) as connection:
        a_history(connection)
        code = connection.scalar(select(cases.c.case_code))
        for owner in (HRSS, WATER, TOWN, HRSS):
            one = a_decision(owner=owner, case_code=code, taken_on=at.date(), recorded_at=at,
                             asked_due_at=at + 5 * DAY)  # fmt: skip
            number = take(connection, one, by="会")
        done = Entry(kind=EntryKind.DONE, at=at + DAY, text="已付清", by="会")
        follow(connection, number, done, EVERYTHING)
    made = create_app(Settings(database_url=url_of(county)), lambda: NOW)
    yield made
    made.server.extensions["engine"].dispose()


def shown(reader, address):
    """The numbers of the decisions a page leads to, in its order."""
    answer = reader.get("/desk/page", query_string={"at": address})
    assert answer.status_code == 200, address
    parts = walk(json.loads(answer.text)["page"])
    paths = [urlsplit(part.get("href", "")).path for part in parts]
    return [int(path.rpartition("/")[2]) for path in paths if path.startswith("/decisions/")]


def home(**scope):
    viewer = Viewer(account_id=1, login="a", name="a", role=Role.TOWNSHIP, scope=Scope(**scope))
    return home_of(viewer, COUNTY)


def test_an_owner_begins_with_what_is_asked_of_them(app):
    town = client(app, NOW, Role.TOWNSHIP, XIPING)
    assert shown(town, home(area="530303001")) == [3]
    office = client(app, NOW, Role.DEPT, departments=("hrss",))
    assert shown(office, home(departments=frozenset({"hrss"}))) == [1]


def test_the_page_of_a_unit_shows_its_own_to_those_who_may_see_them(app):
    leader = client(app, NOW)
    assert shown(leader, "/department/hrss") == [1]
    assert shown(leader, "/department/water") == [2]
    assert shown(leader, f"/area/{XIPING}") == [3]
    for nobodys in (f"/area/{HUASHAN}", f"/area/{COUNTY}", "/area/530303001001"):
        assert shown(leader, nobodys) == []
    town = client(app, NOW, Role.TOWNSHIP, XIPING)
    assert shown(town, "/department/hrss") == []
    page = town.get("/desk/page", query_string={"at": "/department/hrss"}).text
    assert "没有未了的调度事项" not in page  # it is not known to them


def test_the_page_is_of_its_moment(app):
    leader = client(app, NOW)
    before, after = ((NOW - age * DAY).strftime("%Y-%m-%dT%H:%M") for age in (4, 2.5))
    assert shown(leader, f"/department/hrss?as_of={before}") == []
    assert shown(leader, f"/department/hrss?as_of={after}") == [1, 4]


def test_a_case_shows_what_was_decided_about_it_to_its_owners(app, county):
    with reading(county) as connection:
        code = connection.scalar(select(cases.c.case_code))
    assert shown(client(app, NOW), f"/case/{code}") == [4, 3, 2, 1]
    assert shown(client(app, NOW, Role.TOWNSHIP, XIPING), f"/case/{code}") == [3]
    assert shown(client(app, NOW, Role.DEPT, departments=("hrss",)), f"/case/{code}") == [4, 1]
