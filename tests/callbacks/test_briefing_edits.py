"""A draft's matters are edited by forms: kept, logged, refused in words, and sealed as edited."""

from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import select

from app import create_app
from dashboard.access.role import Role
from dashboard.briefing.issue import Cycle
from dashboard.briefing.sealed import read_sealed
from dashboard.database.access_tables import audit_entry
from dashboard.database.briefing_tables import briefing_edit
from dashboard.database.engine import reading, writing
from dashboard.settings import Settings
from layouts.words import Words
from tests.callbacks.test_briefing import DAY, drawn
from tests.conftest import NOW
from tests.signing import client
from tests.test_app import url_of
from tests.worlds import XIPING, a_history

MEETING = NOW.date()


@pytest.fixture
def app(county):
    with writing(county) as connection:
        a_history(connection)
    made = create_app(Settings(database_url=url_of(county)), lambda: NOW)
    yield made
    made.server.extensions["engine"].dispose()


@pytest.fixture
def leader(app):
    return client(app, NOW)


def sent(reader, deed, key="", **fields):
    """Send a form; return where it leads and why it was refused."""
    form = {"cycle": "daily", "day": DAY, "deed": deed, "key": key, **fields}
    answer = reader.post("/briefing/edit", data=form)
    assert answer.status_code == 303
    query = parse_qs(urlsplit(answer.location).query)
    return answer.location, query.get("fault", [""])[0]


def test_what_is_edited_stands_on_the_page_in_the_log_and_in_the_sealed_issue(leader, county):
    for title in ("供水", "欠薪", "排水"):
        assert sent(leader, "add", title=title, ask="三日内答复")[1] == ""
    where, fault = sent(leader, "up", "own/3")
    assert (where.rpartition("#")[2], fault) == ("matter-own/3", "")
    assert sent(leader, "ask", "own/1", ask="请水务局到会")[1] == ""
    where, fault = sent(leader, "strike", "own/2")
    assert fault == ""
    assert where.endswith("#matters")
    page = drawn(leader, where.partition("#")[0])
    assert '"action":"/briefing/edit"' in page
    assert "请水务局到会" in page
    assert Words("zh-CN").text("decision.names") in page
    assert "已删去 1 项" in page

    leader.post("/briefing", data={"cycle": "daily", "day": DAY})
    with reading(county) as connection:
        sealed = read_sealed(connection, Cycle.DAILY, MEETING)
        own = [one.title for one in sealed.briefing.matters if one.key.startswith("own/")]
        done = select(audit_entry.c.action, audit_entry.c.subject).where(
            audit_entry.c.action.like("briefing_%")
        )
        deeds = [tuple(row) for row in connection.execute(done)]
    assert own == ["供水", "排水"]
    assert deeds[0] == ("briefing_add", f"daily {DAY} own/1")
    assert [action for action, _ in deeds[3:]] == ["briefing_up", "briefing_ask", "briefing_strike"]
    assert sent(leader, "restore", "own/2")[1] == "sealed"
    assert '"action":"/briefing/edit"' not in drawn(leader, f"/briefing/{DAY}")


def test_other_readers_see_an_edit_and_a_seal_at_once(app, leader):
    other, address = client(app, NOW, Role.SUPERVISOR), f"/briefing/{DAY}"
    assert "供水" not in drawn(other, address)
    sent(leader, "add", title="供水")
    assert "供水" in drawn(other, address)
    assert "〔2026〕" not in drawn(other, address)
    leader.post("/briefing", data={"cycle": "daily", "day": DAY})
    assert "〔2026〕" in drawn(other, address)


@pytest.mark.parametrize(
    ("form", "fault"),
    [
        ({"deed": "strike", "key": "own/9"}, "no_matter"),
        ({"deed": "up", "key": "x" * 500}, "no_matter"),
        ({"deed": "burn", "key": ""}, "no_matter"),
        ({"deed": "add", "title": "  "}, "no_title"),
        ({"deed": "add", "title": "字" * 121}, "title_too_long"),
        ({"deed": "add", "title": "供水", "ask": "字" * 1001}, "ask_too_long"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_words(leader, county, form, fault):
    where, told = sent(leader, **form)
    assert told == fault
    assert "#" not in where  # the reason stands at the top
    assert 'role":"alert' in drawn(leader, where.partition("#")[0])
    with reading(county) as connection:
        assert connection.execute(select(briefing_edit)).all() == []


def test_it_is_for_those_of_the_meeting_who_see_the_whole(app, county):
    for reader in (client(app, NOW, Role.OPERATOR), client(app, NOW, Role.TOWNSHIP, area=XIPING)):
        assert sent(reader, "add", title="供水")[1] == "not_yours"
    with reading(county) as connection:
        assert connection.execute(select(briefing_edit)).all() == []


@pytest.mark.parametrize(("cycle", "day"), [("hourly", DAY), ("daily", "2026-13-01"), ("", "")])
def test_an_issue_there_is_not_is_a_bad_request(leader, cycle, day):
    form = {"cycle": cycle, "day": day, "deed": "add", "title": "供水"}
    assert leader.post("/briefing/edit", data=form).status_code == 400
