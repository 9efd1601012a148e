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
from layouts.words import Words
from tests.callbacks.refusals import filled, marked, why
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
    return reader.post(path, data={"deed": "add"} | TYPED | changes)


def done(reader, path="/duty", **changes):
    answer = sent(reader, path, **changes)
    assert answer.status_code == 303
    return answer.location


def kept(engine):
    with reading(engine) as connection:
        return connection.execute(select(duty_shift).order_by("shift_id")).all()


def test_what_is_put_on_the_roster_stands_on_wall_briefing_and_page(county, leader, clock):
    assert done(leader) == "/duty/1"
    clock[0] += timedelta(minutes=1)  # the wall's next board
    for path in ("/duty", "/duty/1", "/live/wall", "/briefing"):
        page = text_of(leader.get(path))
        assert "李主任 ***" in page, path
        assert "1381234" not in page, path
    assert done(leader, "/duty/1", deed="change", name="王主任") == "/duty/1"
    assert "王主任" in leader.get("/duty?period=week&on=2026-03-20").text
    assert "王主任" not in leader.get("/duty?period=week&on=2026-03-23").text
    gone = leader.post("/duty/1", data={"deed": "remove"}).location
    assert gone == "/duty?period=week&on=2026-03-18"
    assert kept(county) == []
    assert leader.get("/duty/1").status_code == 404
    late = sent(leader, "/duty/1", deed="change", name="赵主任")
    assert (late.status_code, "已被删去" in why(late)) == (409, True)
    assert filled(late).items() >= {"deed": "add", "name": "赵主任", "starts": "08:00"}.items()
    late = leader.post("/duty/1", data={"deed": "remove"})
    assert (late.status_code, "已被删去" in why(late)) == (409, True)
    with reading(county) as connection:
        rows = connection.execute(select(audit_entry.c.action, audit_entry.c.subject)).all()
    about = "2026-03-18 day duty_leader"
    assert [tuple(row) for row in rows if row.action.startswith("duty")] == [
        (deed, about) for deed in ("duty_add", "duty_change", "duty_remove")
    ]


WRONG = (
    ({"name": "13812345678"}, "no_name", "name"),
    ({"name": "名" * 51}, "name_too_long", "name"),
    ({"date": "soon"}, "no_time", "date"),
    ({"ends": "9999-99-99"}, "no_time", "date"),
    ({"starts": "07:00", "date": "2026-03-19"}, "ends_before", "ends"),
    ({"ends": "2026-03-18T08:00"}, "ends_before", "ends"),
    ({"shift": "x" * 60}, "no_shift", "shift"),
    ({"role": "cook"}, "no_role", "role"),
    ({"department": "customs"}, "no_department", "department"),
    ({"name": "王敏"}, "twice", "name"),
)


def test_what_cannot_be_kept_stays_typed_with_the_reason_beside_it(county, leader):
    done(leader, name="王敏")
    for wrong, fault, field in WRONG:
        for path, deed in (("/duty", "add"), ("/duty/1", "change")):
            if (deed, fault) == ("change", "twice"):
                continue  # it is the same
            answer = sent(leader, path, deed=deed, **wrong)
            assert answer.status_code == (409 if fault == "twice" else 400)
            assert why(answer) == Words("zh-CN").text(f"duty.fault.{fault}")
            assert marked(answer) == [field]
            assert (TYPED | wrong).items() <= filled(answer).items(), (path, wrong)
            assert f'data-address="{path}"' in answer.text
    assert [row.person_name for row in kept(county)] == ["王敏"]


def test_those_of_the_meeting_keep_it_who_sees_the_centre_reads_it_others_do_not(app, county):
    done(client(app, NOW, Role.DISPATCHER))
    operator = client(app, NOW, Role.OPERATOR)
    town = client(app, NOW, Role.TOWNSHIP, area=XIPING)
    bound = client(app, NOW, Role.SUPERVISOR, area=XIPING)
    assert '"action":"/duty' not in operator.get("/duty/1").text
    assert "李主任" in operator.get("/duty/1").text
    for reader in (operator, town, bound):
        for path, deed in (("/duty", "add"), ("/duty/1", "remove")):
            answer = sent(reader, path, deed=deed)
            assert (answer.status_code, "您的账号不能改" in why(answer)) == (403, True)
    for reader in (town, bound, client(app, NOW, Role.ADMINISTRATOR)):
        assert reader.get("/duty").status_code == 403
    assert len(kept(county)) == 1
