"""A matter of the briefing becomes a decision by its own small form, once."""

import json

import pytest
from sqlalchemy import select, update

from app import create_app
from dashboard.access.role import Role
from dashboard.briefing.register import read_decision
from dashboard.database.decision_tables import decision
from dashboard.database.engine import reading, writing
from dashboard.database.tables import cases
from dashboard.figures.scope import EVERYTHING
from dashboard.settings import Settings
from layouts.words import Words
from tests.callbacks.refusals import filled, marked, why
from tests.callbacks.test_briefing import DAY, drawn, walk
from tests.conftest import NOW
from tests.signing import client
from tests.test_app import url_of
from tests.worlds import a_history

DUE = "2026-03-19T17:00"


@pytest.fixture
def app(county):
    with writing(county) as connection:
        a_history(connection)
    made = create_app(Settings(database_url=url_of(county)), lambda: NOW)
    yield made
    made.server.extensions["engine"].dispose()


@pytest.fixture
def leader(app):
    """Of a meeting with two own matters."""
    found = client(app, NOW)
    for title in ("供水", "排水"):
        edit = {"cycle": "daily", "day": DAY, "deed": "add", "title": title, "ask": "三日内答复"}
        found.post("/briefing/edit", data=edit)
    return found


def forms_of(page):
    """The fields of every form of a page that takes a decision, by its matter."""
    found = {}
    for one in walk(json.loads(page)["page"]):
        if one.get("action") == "/decisions":
            parts = list(walk(one["children"]))
            fields = {part["name"]: part.get("value", "") for part in parts if "name" in part}
            fields["owner"] = next(part["value"] for part in parts if "children" in part
                                   and part.get("value", "").startswith(("a:", "d:")))  # fmt: skip
            found[fields["matter"]] = fields
    return found


def sent(reader, fields, **changes):
    return reader.post("/decisions", data=fields | {"due": DUE} | changes)


def decide(reader, fields, **changes):
    answer = sent(reader, fields, **changes)
    assert answer.status_code == 303
    return answer.location


def test_a_matter_is_decided_once_and_shows_its_decision_also_when_sealed(leader, county):
    forms = forms_of(drawn(leader, f"/briefing/{DAY}"))
    assert list(forms) == ["own/1", "own/2"]
    where = decide(leader, forms["own/2"], owner="d:water")
    assert where == f"/briefing/{DAY}?cycle=daily&lang=zh-CN#matter-own/2"
    with reading(county) as connection:
        one = read_decision(connection, 1, EVERYTHING)
    assert (one.title, one.ask, one.matter) == ("排水", "三日内答复", f"{DAY} own/2")
    page = drawn(leader, where.partition("#")[0])
    assert list(forms_of(page)) == ["own/1"]
    assert '"href":"/decisions/1"' in page
    assert "水务局 · 时限 3月19日 17:00 · 未动" in page

    again = sent(leader, forms["own/2"], owner="d:hrss")
    assert (again.status_code, why(again)) == (409, "这一项已有决定。")
    assert "您填写的没有登记：人社局，时限 2026-03-19 17:00。" in again.text
    assert "水务局 · 时限 3月19日 17:00" in again.text  # what the first one decided
    leader.post("/briefing", data={"cycle": "daily", "day": DAY})
    page = drawn(leader, f"/briefing/{DAY}")
    assert list(forms_of(page)) == ["own/1"]
    assert '"href":"/decisions/1"' in page
    assert decide(leader, forms["own/1"]).endswith("#matter-own/1")  # the meeting goes on


def test_a_case_that_turned_red_goes_to_its_department_with_its_code(app, county, leader):
    with reading(county) as connection:
        code = connection.scalar(select(cases.c.case_code))
    edit = {"cycle": "daily", "day": "2026-03-14", "deed": "confirm", "key": code}
    leader.post("/briefing/edit", data=edit)
    (fields,) = forms_of(drawn(leader, "/briefing/2026-03-14?as_of=")).values()
    assert (fields["case"], fields["owner"]) == (code, "d:hrss")
    decide(leader, fields)
    assert f'"href":"/case/{code}' in drawn(leader, "/decisions/1")


def test_the_register_is_chinese_whatever_its_readers_language(app, county, leader):
    with writing(county) as connection:
        connection.execute(update(cases).values(title="拖欠工资", title_en="Unpaid wages"))
        code = connection.scalar(select(cases.c.case_code))
    edit = {"cycle": "daily", "day": "2026-03-14", "deed": "confirm", "key": code}
    leader.post("/briefing/edit", data=edit)
    (fields,) = forms_of(drawn(leader, "/briefing/2026-03-14?as_of=&lang=en")).values()
    decide(leader, fields)
    with reading(county) as connection:
        kept = read_decision(connection, 1, EVERYTHING).title
    assert kept == "西平街道 · 拖欠工资"
    assert "Unpaid wages" not in drawn(leader, "/decisions")
    english = drawn(leader, "/decisions/1?lang=en")
    assert '"children":"Unpaid wages"' in english
    assert kept in english
    assert "Unpaid wages" in leader.get("/export/decisions.csv?lang=en").text


@pytest.mark.parametrize(
    ("wrong", "status", "fault", "field"),
    [
        ({"due": "2026-03-17T17:00"}, 400, "not_later", "due"),
        ({"owner": "d:customs"}, 400, "no_owner", "owner"),
        ({"case": "530303-20260310-D00047-1"}, 400, "no_case", ""),
        ({"matter": "x" * 500}, 409, "no_matter", ""),
    ],
)
def test_what_cannot_be_decided_is_said_in_its_form_with_what_was_typed(
    leader, county, wrong, status, fault, field
):
    form = {"title": "供水", "matter": "own/1", "cycle": "daily", "day": DAY, "owner": "d:water"}
    answer = sent(leader, form, **wrong)
    assert answer.status_code == status
    assert why(answer) == Words("zh-CN").text(f"brief.fault.{fault}")
    assert marked(answer) == ([field] if field else [])
    if fault != "no_matter":
        held, typed = filled(answer), form | {"due": DUE} | wrong
        known = {"owner", "due"} - ({"owner"} if fault == "no_owner" else set())
        assert {name: held[name] for name in known} == {name: typed[name] for name in known}
    assert f'data-address="/briefing/{DAY}?cycle=daily"' in answer.text
    with reading(county) as connection:
        assert connection.execute(select(decision)).all() == []


def test_who_is_not_of_the_meeting_sees_what_was_decided_and_decides_nothing(app, leader):
    operator = client(app, NOW, Role.OPERATOR)
    assert forms_of(drawn(operator, f"/briefing/{DAY}")) == {}
    form = {"title": "供水", "matter": "own/1", "cycle": "daily", "day": DAY, "owner": "d:water"}
    refused = sent(operator, form)
    assert (refused.status_code, why(refused)) == (403, "您的岗位不能编辑或签发。")
    decide(leader, form)
    assert '"href":"/decisions/1"' in drawn(operator, f"/briefing/{DAY}")
