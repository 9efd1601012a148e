"""The register over HTTP: who may write what into it, and what comes of what was typed."""

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
from dashboard.settings import Settings
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


def taken(app, units, **changes):
    answer = client(app, NOW, Role.DISPATCHER).post("/decisions", data=typed(units, **changes))
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
    ("wrong", "fault"),
    [
        ({"title": "  "}, "no_title"),
        ({"owner": "d:nobody"}, "no_owner"),
        ({"owner": "x"}, "no_owner"),
        ({"due": "2026-03-17T17:00"}, "not_later"),
        ({"due": "soon"}, "not_later"),
        ({"case": "530303-20260310-D00047-1"}, "no_case"),
    ],
)
def test_what_cannot_be_kept_is_named_and_writes_nothing(app, county, units, wrong, fault):
    assert taken(app, units, **wrong) == f"/decisions?fault={fault}"
    assert kept(county) is None
    page = client(app, NOW).get(f"/decisions?fault={fault}")
    assert page.status_code == 200


def test_a_case_is_linked_by_its_code(app, county, units):
    with writing(county) as connection:
        a_history(connection)
        code = connection.scalar(select(cases.c.case_code))
    taken(app, units, case=code.lower())
    assert kept(county).case_code == code
    assert f"/case/{code}" in client(app, NOW).get("/decisions/1").text


def test_the_meeting_is_for_its_roles_and_owners_answer_theirs(app, county, units):
    refused = client(app, NOW, Role.OPERATOR).post("/decisions", data=typed(units))
    assert refused.location == "/decisions?fault=not_yours"
    taken(app, units)
    owner = client(app, NOW, Role.DEPT, departments=(units[0],))
    other = client(app, NOW, Role.DEPT, departments=(units[2],))
    reply = {"kind": "reply", "text": "已约谈"}
    assert other.post("/decisions/1", data=reply).status_code == 404
    assert other.get("/decisions/1").status_code == 404
    assert owner.post("/decisions/1", data=reply).location == "/decisions/1"
    done = {"kind": "done", "text": "已付清"}
    assert owner.post("/decisions/1", data=done).location == "/decisions/1?fault=not_yours"
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
        return bound.post("/decisions", data=typed(units, owner=owner, case=case)).location

    assert answered(f"d:{units[0]}") == "/decisions?fault=no_owner"
    assert answered(f"a:{HUASHAN}") == "/decisions?fault=no_owner"
    assert answered(f"a:{XIPING}", codes[HUASHAN]) == "/decisions?fault=no_case"
    assert kept(county) is None
    location = answered(f"a:{XIPING}", codes[XIPING])
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
    assert answer.status_code == 303
    assert "fault=" in answer.location
