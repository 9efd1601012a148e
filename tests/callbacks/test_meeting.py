"""The register over HTTP: who may write what into it, and what comes of what was typed."""

import logging
import re

import pytest
from sqlalchemy import select

from app import create_app
from dashboard.access.role import Role
from dashboard.briefing.decision import EntryKind
from dashboard.briefing.register import read_decision
from dashboard.database.access_tables import audit_entry
from dashboard.database.engine import reading, writing
from dashboard.database.tables import cases, department
from dashboard.figures.scope import EVERYTHING
from dashboard.operations.log_lines import line_formatter
from dashboard.settings import Settings
from layouts.words import Words
from tests.callbacks.refusals import filled, marked, why
from tests.conftest import NOW
from tests.signing import client
from tests.test_app import url_of
from tests.worlds import HUASHAN, XIPING, a_history

TYPED = {
    "title": "拖欠工资:报处置方案",
    "ask": "请联系 13812345678 核实",
    "owner": "d:hrss",
    "beside": ["d:nobody"],
    "due": "2026-03-19T17:00",
}


@pytest.fixture
def app(county):
    made = create_app(Settings(database_url=url_of(county)), lambda: NOW)
    yield made
    made.server.extensions["engine"].dispose()


@pytest.fixture
def units(county):
    with reading(county) as connection:
        return list(connection.scalars(select(department.c.dept_id).order_by("dept_id")))


def typed(units, **changes):
    return TYPED | {"owner": f"d:{units[0]}", "beside": [f"d:{units[1]}", "d:nobody"]} | changes


def sent(app, units, **changes):
    return client(app, NOW, Role.DISPATCHER).post("/decisions", data=typed(units, **changes))


def taken(app, units, **changes):
    answer = sent(app, units, **changes)
    assert answer.status_code == 303
    return answer.location


def kept(engine, number=1):
    with reading(engine) as connection:
        return read_decision(connection, number, EVERYTHING)


def test_what_is_typed_is_kept_without_what_names_a_person(app, county, units):
    assert taken(app, units) == "/decisions/1"
    one = kept(county)
    assert (one.title, one.ask, one.beside) == (TYPED["title"], "请联系 *** 核实", (units[1],))
    assert one.asked_due_at.isoformat() == "2026-03-19T09:00:00+00:00"
    page = client(app, NOW).get("/decisions").text
    assert TYPED["title"] in page


@pytest.mark.parametrize(
    ("wrong", "fault", "field"),
    [
        ({"title": "  "}, "no_title", "title"),
        ({"owner": "d:nobody"}, "no_owner", "owner"),
        ({"owner": "x"}, "no_owner", "owner"),
        ({"due": "2026-03-17T17:00"}, "not_later", "due"),
        ({"due": "soon"}, "not_later", "due"),
        ({"case": "530303-20260310-D00047-1"}, "no_case", "case"),
    ],
)
def test_what_cannot_be_kept_stays_typed_and_writes_nothing(
    app, county, units, wrong, fault, field
):
    answer = sent(app, units, **wrong)
    assert answer.status_code == 400
    assert why(answer) == Words("zh-CN").text(f"decision.fault.{fault}")
    assert marked(answer) == [field]
    held, form = filled(answer), typed(units, **wrong)
    form["beside"] = f"d:{units[1]}"
    for name in {"title", "ask", "due", "beside"} | ({"owner"} - {field}):
        assert held[name] == form[name], name
    assert 'data-address="/decisions"' in answer.text
    assert kept(county) is None


def test_a_case_is_linked_by_its_code(app, county, units):
    with writing(county) as connection:
        a_history(connection)
        code = connection.scalar(select(cases.c.case_code))
    taken(app, units, case=code.lower())
    assert kept(county).case_code == code
    assert f"/case/{code}" in client(app, NOW).get("/decisions/1").text


def test_the_meeting_is_for_its_roles_and_owners_answer_theirs(app, county, units):
    refused = client(app, NOW, Role.OPERATOR).post("/decisions", data=typed(units))
    assert (refused.status_code, why(refused)) == (403, "您的岗位不能登记这一项。")
    assert TYPED["title"] in refused.text
    taken(app, units)
    owner = client(app, NOW, Role.DEPT, departments=(units[0],))
    other = client(app, NOW, Role.DEPT, departments=(units[2],))
    reply = {"kind": "reply", "text": "已约谈"}
    away = other.post("/decisions/1", data=reply)
    assert (away.status_code, why(away)) == (404, "没有这一项，或已不在您的范围内。")
    assert other.get("/decisions/1").status_code == 404
    assert owner.post("/decisions/1", data=reply).location == "/decisions/1"
    done = {"kind": "done", "text": "已付清"}
    assert owner.post("/decisions/1", data=done).status_code == 403
    assert [entry.kind for entry in kept(county).entries] == [EntryKind.REPLY]
    assert "已约谈" in owner.get("/decisions/1").text


def test_who_is_bound_decides_about_their_own_alone(app, county, units):
    """Nor do they learn from a refusal that a case of others is there."""
    with writing(county) as connection:
        for place in (XIPING, HUASHAN):
            a_history(connection, area_code=place)
    with reading(county) as connection:
        codes = dict(connection.execute(select(cases.c.township_code, cases.c.case_code)).all())
    bound = client(app, NOW, Role.LEADER, XIPING)

    def answered(owner, case=""):
        return bound.post("/decisions", data=typed(units, owner=owner, case=case))

    assert marked(answered(f"d:{units[0]}")) == ["owner"]
    assert marked(answered(f"a:{HUASHAN}")) == ["owner"]
    assert marked(answered(f"a:{XIPING}", codes[HUASHAN])) == ["case"]
    assert kept(county) is None
    location = answered(f"a:{XIPING}", codes[XIPING]).location
    assert bound.get(location).status_code == 200


def test_every_line_stands_in_the_log(app, county, units):
    taken(app, units)
    leader = client(app, NOW, Role.LEADER)
    leader.post("/decisions/1", data={"kind": "moved", "due": "2026-03-22T17:00", "text": ""})
    leader.post("/decisions/1", data={"kind": "dropped", "agreed": "王主任", "text": ""})
    leader.post("/decisions/1", data={"kind": "reply", "text": "又"})
    with reading(county) as connection:
        actions = list(connection.scalars(select(audit_entry.c.action).order_by("entry_id")))
    mine = [action for action in actions if action.startswith("deci")]
    assert mine == ["decide", "decision_moved", "decision_dropped"]


def test_what_was_written_is_shown_before_the_next_board(app, county, units):
    taken(app, units)
    leader = client(app, NOW)
    assert "已付清" not in leader.get("/decisions/1?view=all").text
    leader.post("/decisions/1", data={"kind": "done", "text": "已付清"})
    assert "已付清" in leader.get("/decisions/1?view=all").text


@pytest.mark.parametrize(
    "form", [{}, {"kind": "x"}, {"kind": "done", "due": "☃"}, {"kind": "moved", "due": "9999"}]
)
def test_forms_that_mean_nothing_are_refused(app, units, form):
    taken(app, units)
    answer = client(app, NOW).post("/decisions/1", data=form)
    assert answer.status_code in (400, 403)
    assert why(answer)


def test_what_somebody_typed_when_another_closed_it_is_still_there_to_copy(app, units):
    taken(app, units)
    first, second = client(app, NOW), client(app, NOW, Role.SUPERVISOR)
    first.post("/decisions/1", data={"kind": "done", "text": "已付清"})
    answer = second.post("/decisions/1", data={"kind": "reply", "text": "还差三万元"})
    assert (answer.status_code, why(answer)) == (409, "已了的事项不能再登记。")
    assert "还差三万元" in answer.text
    assert "已付清" in answer.text


def test_an_entry_that_cannot_be_kept_stays_typed_in_its_form(app, units):
    """Also where another moved it to a later time meanwhile."""
    taken(app, units)
    first, second = client(app, NOW), client(app, NOW, Role.SUPERVISOR)
    first.post("/decisions/1", data={"kind": "moved", "due": "2026-03-25T17:00", "text": ""})
    form = {"kind": "moved", "due": "2026-03-22T17:00", "text": "等资金"}
    answer = second.post("/decisions/1", data=form)
    assert (answer.status_code, marked(answer)) == (400, ["due"])
    assert why(answer) == "时限要晚于现在和原定时限。"
    assert form.items() <= filled(answer).items()
    blank = second.post("/decisions/1", data={"kind": "dropped", "agreed": " ", "text": "重复"})
    assert (why(blank), marked(blank)) == ("撤销要写谁同意的。", ["agreed"])
    assert filled(blank)["text"] == "重复"


def test_nothing_that_was_typed_gets_into_an_address_or_the_log(app, units, caplog):
    caplog.set_level(logging.DEBUG)
    answer = sent(app, units, due="soon")
    assert TYPED["title"] in answer.text
    address = re.search('data-address="([^"]*)"', answer.text)[1]
    said = "\n".join(map(line_formatter().format, caplog.records))
    for typed_ in (TYPED["title"], "13812345678", "soon"):
        assert typed_ not in address
        assert typed_ not in said
