"""A draft's matters are edited by forms: kept, logged, refused in words, and sealed as edited."""

import re

import pytest
from sqlalchemy import select, update

from app import create_app
from dashboard.access.role import Role
from dashboard.briefing.issue import Cycle
from dashboard.briefing.sealed import read_sealed
from dashboard.database.access_tables import audit_entry
from dashboard.database.briefing_tables import briefing_edit
from dashboard.database.engine import reading, writing
from dashboard.database.tables import cases
from dashboard.settings import Settings
from layouts.desk.refused import PLACE
from layouts.words import Words
from tests.callbacks.refusals import filled, marked, why
from tests.callbacks.test_briefing import DAY, drawn
from tests.conftest import NOW
from tests.signing import client
from tests.test_app import url_of
from tests.worlds import XIPING, a_history

MEETING = NOW.date()
ADDRESS = re.compile('data-address="([^"]*)"')


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
    form = {"cycle": "daily", "day": DAY, "deed": deed, "key": key, **fields}
    return reader.post("/briefing/edit", data=form)


def done(reader, deed, key="", **fields):
    """Send a form that is kept; return where it leads."""
    answer = sent(reader, deed, key, **fields)
    assert answer.status_code == 303
    return answer.location


def test_what_is_edited_stands_on_the_page_in_the_log_and_in_the_sealed_issue(leader, county):
    for title in ("供水", "欠薪", "排水"):
        done(leader, "add", title=title, ask="三日内答复")
    assert done(leader, "up", "own/3").rpartition("#")[2] == "matter-own/3"
    done(leader, "ask", "own/1", ask="请水务局到会")
    where = done(leader, "strike", "own/2")
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
        kept = select(audit_entry.c.action, audit_entry.c.subject).where(
            audit_entry.c.action.like("briefing_%")
        )
        deeds = [tuple(row) for row in connection.execute(kept)]
    assert own == ["供水", "排水"]
    assert deeds[0] == ("briefing_add", f"daily {DAY} own/1")
    assert [action for action, _ in deeds[3:]] == ["briefing_up", "briefing_ask", "briefing_strike"]
    late = sent(leader, "restore", "own/2")
    assert (late.status_code, why(late)) == (409, "这一期已经签发。")
    assert '"action":"/briefing/edit"' not in drawn(leader, f"/briefing/{DAY}")


def test_other_readers_see_an_edit_and_a_seal_at_once(app, leader):
    other, address = client(app, NOW, Role.SUPERVISOR), f"/briefing/{DAY}"
    assert "供水" not in drawn(other, address)
    done(leader, "add", title="供水")
    assert "供水" in drawn(other, address)
    assert "〔2026〕" not in drawn(other, address)
    leader.post("/briefing", data={"cycle": "daily", "day": DAY})
    assert "〔2026〕" in drawn(other, address)


@pytest.mark.parametrize(
    ("form", "status", "fault", "field"),
    [
        ({"deed": "strike", "key": "own/9"}, 409, "no_matter", ""),
        ({"deed": "up", "key": "x" * 500}, 409, "no_matter", ""),
        ({"deed": "burn", "key": ""}, 409, "no_matter", ""),
        ({"deed": "add", "title": "  ", "ask": "三日内答复"}, 400, "no_title", "title"),
        ({"deed": "add", "title": "字" * 121}, 400, "title_too_long", "title"),
        ({"deed": "add", "title": "供水", "ask": "字" * 1001}, 400, "ask_too_long", "ask"),
    ],
)
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_what_cannot_be_kept_stays_typed_with_the_reason_beside_it(
    leader, county, form, status, fault, field, language
):
    answer = sent(leader, **form, lang=language)
    assert answer.status_code == status
    assert why(answer) == Words(language).text(f"brief.fault.{fault}")
    assert marked(answer) == ([field] if field else [])
    if field:
        held = filled(answer)
        assert {name: held[name] for name in form} == form
    assert f'data-address="/briefing/{DAY}?cycle=daily' in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert not re.search("fault|title|ask", ADDRESS.search(answer.text)[1])
    assert PLACE not in drawn(leader, f"/briefing/{DAY}")  # nobody else's page
    with reading(county) as connection:
        assert connection.execute(select(briefing_edit)).all() == []


def test_it_is_for_those_of_the_meeting_who_see_the_whole(app, county):
    for reader in (client(app, NOW, Role.OPERATOR), client(app, NOW, Role.TOWNSHIP, area=XIPING)):
        answer = sent(reader, "add", title="供水")
        assert (answer.status_code, why(answer)) == (403, "您的岗位不能编辑或签发。")
        assert "供水" in answer.text
    with reading(county) as connection:
        assert connection.execute(select(briefing_edit)).all() == []


@pytest.mark.parametrize(("cycle", "day"), [("hourly", DAY), ("daily", "2026-13-01"), ("", "")])
def test_an_issue_there_is_not_is_a_bad_request(leader, cycle, day):
    form = {"cycle": cycle, "day": day, "deed": "add", "title": "供水"}
    assert leader.post("/briefing/edit", data=form).status_code == 400


def test_what_somebody_typed_when_another_sealed_it_is_still_there_to_copy(app, leader):
    second = client(app, NOW, Role.SUPERVISOR)
    done(leader, "add", title="供水")
    leader.post("/briefing", data={"cycle": "daily", "day": DAY})
    for form in ({"deed": "add", "title": "排水"}, {"deed": "ask", "key": "own/1"}):
        answer = sent(second, **form, ask="请水务局到会")
        assert (answer.status_code, why(answer)) == (409, "这一期已经签发。")
        assert "请水务局到会" in answer.text
        assert form.get("title", "") in answer.text
        assert "〔2026〕第 1 期" in answer.text


def test_what_was_typed_is_still_there_when_keeping_it_fails(app, leader, county):
    """Also where the page itself cannot be had."""
    app.server.config["PROPAGATE_EXCEPTIONS"] = False
    drawn(leader, "/decisions")
    with writing(county) as connection:
        connection.execute(update(cases).values(source_channel="nobody's"))
    form = {"cycle": "daily", "day": DAY, "deed": "add", "key": "", "title": "排水"}
    for headers in ({"Accept": "text/html"}, {"Accept": "text/html", "Referer": "http://x/"}):
        answer = leader.post("/briefing/edit", data=form, headers=headers)
        assert (answer.status_code, why(answer)) == (500, "没有写入：系统出错。")
        assert "排水" in answer.text
        assert "排水" not in ADDRESS.search(answer.text)[1]
