"""The roster is kept by plain forms; wall, briefing and page read the same shifts."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app import create_app
from dashboard.access.role import Role
from dashboard.database.access_tables import audit_entry
from dashboard.database.engine import reading
from dashboard.database.tables import duty_shift
from dashboard.settings import Settings
from tests.callbacks.test_privacy import text_of
from tests.conftest import NOW
from tests.signing import client
from tests.test_app import url_of
from tests.worlds import XIPING

TYPED = {
    "date": "2026-03-18", "shift": "day", "role": "duty_leader", "name": "李主任 13812345678",
    "department": "hrss", "starts": "08:00", "ends": "2026-03-18T20:00",
}  # fmt: skip


@pytest.fixture
def clock():
    return [NOW]


@pytest.fixture
def app(county, clock):
    made = create_app(Settings(database_url=url_of(county)), lambda: clock[0])
    yield made
    made.server.extensions["engine"].dispose()


@pytest.fixture
def leader(app):
    return client(app, NOW)


def sent(reader, path="/duty", **changes):
    answer = reader.post(path, data=TYPED | changes)
    assert answer.status_code == 303
    return answer.location


def kept(engine):
    with reading(engine) as connection:
        return connection.execute(select(duty_shift).order_by("shift_id")).all()


def test_what_is_put_on_the_roster_stands_on_wall_briefing_and_page(county, leader, clock):
    assert sent(leader) == "/duty/1"
    clock[0] += timedelta(minutes=1)  # the wall's next board
    for path in ("/duty", "/duty/1", "/live/wall", "/briefing"):
        page = text_of(leader.get(path))
        assert "李主任 ***" in page, path
        assert "1381234" not in page, path
    assert sent(leader, "/duty/1", deed="change", name="王主任") == "/duty/1"
    assert "王主任" in leader.get("/duty?period=week&on=2026-03-20").text
    assert "王主任" not in leader.get("/duty?period=week&on=2026-03-23").text
    gone = leader.post("/duty/1", data={"deed": "remove"}).location
    assert gone == "/duty?period=week&on=2026-03-18"
    assert kept(county) == []
    assert leader.get("/duty/1").status_code == 404
    for deed in ("change", "remove"):
        assert leader.post("/duty/1", data=TYPED | {"deed": deed}).status_code == 404
    with reading(county) as connection:
        rows = connection.execute(select(audit_entry.c.action, audit_entry.c.subject)).all()
    about = "2026-03-18 day duty_leader"
    assert [tuple(row) for row in rows if row.action.startswith("duty")] == [
        (deed, about) for deed in ("duty_add", "duty_change", "duty_remove")
    ]


WRONG = (
    ({"name": "13812345678"}, "no_name"),
    ({"name": "名" * 51}, "name_too_long"),
    ({"date": "soon"}, "no_time"),
    ({"ends": "9999-99-99"}, "no_time"),
    ({"ends": "2026-03-18T08:00"}, "ends_before"),
    ({"shift": "x" * 60}, "no_shift"),
    ({"role": "cook"}, "no_role"),
    ({"department": "customs"}, "no_department"),
    ({"name": "王敏"}, "twice"),
)


def test_what_cannot_be_kept_is_refused_in_words(county, leader):
    sent(leader, name="王敏")
    for wrong, fault in WRONG:
        where = sent(leader, **wrong)
        assert where == f"/duty?fault={fault}"
        assert 'role":"alert' in leader.get(where).text
    wrong = {"deed": "change", "name": "13812345678"}
    assert sent(leader, "/duty/7", **wrong) == "/duty/7?fault=no_name"
    assert [row.person_name for row in kept(county)] == ["王敏"]


def test_those_of_the_meeting_keep_it_who_sees_the_centre_reads_it_others_do_not(app, county):
    sent(client(app, NOW, Role.DISPATCHER))
    operator = client(app, NOW, Role.OPERATOR)
    town = client(app, NOW, Role.TOWNSHIP, area=XIPING)
    bound = client(app, NOW, Role.SUPERVISOR, area=XIPING)
    assert '"action":"/duty' not in operator.get("/duty/1").text
    assert "李主任" in operator.get("/duty/1").text
    for reader in (operator, town, bound):
        assert sent(reader).endswith("fault=not_yours")
        assert sent(reader, "/duty/1", deed="remove").endswith("fault=not_yours")
    for reader in (town, bound, client(app, NOW, Role.ADMINISTRATOR)):
        assert reader.get("/duty").status_code == 403
    assert len(kept(county)) == 1
