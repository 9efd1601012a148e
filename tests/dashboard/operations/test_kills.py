"""kill -9 at random moments; `python -m benchmarks.kills` does it two hundred times."""

import pytest
from sqlalchemy import delete, select, update

from dashboard.database.engine import writing
from dashboard.database.tables import case_event, cases
from tests import worlds
from tests.dashboard.operations.killing import JUDGES, WORK, Job, broken, kill_often

KILLS = 4


@pytest.fixture
def begun(county):
    with writing(county) as connection:
        worlds.a_history(connection)
    return county


@pytest.mark.parametrize("work", WORK)
def test_nothing_acknowledged_is_lost_and_nothing_half_applied(begun, tmp_path, work):
    tally = kill_often(work, begun, tmp_path, KILLS)
    assert (tally.kills, tally.wrong) == (KILLS, [])
    begun.dispose()


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param(delete(case_event).where(case_event.c.seq == 4), id="event-lost"),
        pytest.param(delete(cases), id="case-lost"),
        pytest.param(update(case_event).values(reason="x"), id="event-changed"),
    ],
)
def test_who_looks_afterwards_sees_what_is_half_applied(begun, statement):
    assert list(broken(begun)) == []
    with writing(begun) as connection:
        connection.execute(statement)
    assert list(broken(begun)) != []


def test_who_looks_afterwards_misses_what_was_acknowledged(begun, tmp_path):
    with writing(begun) as connection:
        event_id = connection.scalar(select(case_event.c.event_id).limit(1))
        case_id = connection.scalar(select(cases.c.id))
    job = Job("", 1, tmp_path)
    assert list(JUDGES["record"](begun, job, [f"{case_id} {event_id}"])) == []
    assert list(JUDGES["record"](begun, job._replace(number=2), [f"{case_id} 999"])) == [
        "event 999 is lost"
    ]
    assert "is kept" in next(iter(JUDGES["refresh"](begun, job, ["7"])))
    assert "acknowledged rows are lost" in next(iter(JUDGES["import"](begun, job, ["1"])))
