"""Past issues over HTTP: listed for those who see the whole, each leading to itself."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import update

from app import create_app
from dashboard.access.role import Role
from dashboard.cases.record import record
from dashboard.database.briefing_tables import sealed_briefing
from dashboard.database.engine import writing
from dashboard.settings import Settings
from dashboard.terms import Event
from tests.callbacks.test_briefing import DAY, drawn, walk
from tests.conftest import NOW
from tests.signing import client
from tests.test_app import url_of
from tests.worlds import XIPING, a_beginning, a_history, rules


def last_of(leader):
    """What the only row says last: how much came to light since."""
    page = json.loads(drawn(leader, "/briefing/issues"))["page"]
    return [one["children"] for one in walk(page) if one.get("className") == "num"][-1]


@pytest.fixture
def app(county):
    made = create_app(Settings(database_url=url_of(county)), lambda: NOW)
    yield made
    made.server.extensions["engine"].dispose()


def test_a_sealed_issue_is_listed_leads_to_itself_and_tells_that_it_was_changed(app, county):
    leader = client(app, NOW)
    assert "没有已签发的通报" in drawn(leader, "/briefing/issues")
    assert '"href":"/briefing/issues"' in drawn(leader, "/briefing")
    leader.post("/briefing", data={"cycle": "daily", "day": DAY})
    page = drawn(leader, "/briefing/issues?cycle=daily&year=2026")
    assert f'"href":"/briefing/{DAY}?cycle=daily"' in page
    assert "〔2026〕第 1 期" in page
    assert "完好" in page
    assert "没有已签发的通报" in drawn(leader, "/briefing/issues?year=2025&lang=zh-CN")

    with writing(county) as connection:
        a_history(connection, start=NOW - timedelta(days=1))  # recorded at once, so known
    assert last_of(leader) == "0"
    with writing(county) as connection:
        told = a_beginning(Event.ADOPT, NOW - timedelta(days=1), lead_dept_id="hrss",
                           stage="in_process")  # fmt: skip
        record(connection, told, case_id=None, rules=rules(), now=NOW)
    assert last_of(leader) == "1"

    with writing(county) as connection:
        connection.execute(update(sealed_briefing).values(body=sealed_briefing.c.body + " "))
    page = drawn(leader, "/briefing/issues")
    assert 'role":"alert' in page
    assert "已被改动" in page


def test_it_is_about_the_whole_and_refuses_what_means_nothing(app):
    leader, town = client(app, NOW), client(app, NOW, Role.TOWNSHIP, area=XIPING)
    assert town.get("/briefing/issues").status_code == 403
    assert [
        leader.get(f"/briefing/issues?{query}").status_code
        for query in ("cycle=hourly", "year=x", "year=99999", "page=0", "sealed=1")
    ] == [400] * 5
