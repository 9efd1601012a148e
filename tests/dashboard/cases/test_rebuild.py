"""The log is the truth: cases come back from it, and a change to it is found."""

import pytest
from hypothesis import given
from sqlalchemy import Connection, delete, insert, select, update

from dashboard.cases.rebuild import rebuild, verify_chain
from dashboard.cases.record import record_many
from dashboard.database import tables
from dashboard.database.engine import writing
from dashboard.terms import Event
from tests import worlds
from tests.dashboard.cases.contents import contents, emptied, state_of
from tests.dashboard.cases.strategies import stocks
from tests.dashboard.cases.test_record import NOW, RULES, at_once, on_random_histories

EVENT = tables.case_event


def forget_everything_but_the_log(connection: Connection) -> None:
    for table in (tables.cases, tables.follow_up, tables.supervision_order):
        connection.execute(delete(table))


@on_random_histories
@given(stock=stocks(RULES))
def test_cases_come_back_from_their_log_alone(blank, stock):
    with writing(emptied(blank)) as connection:
        record_many(connection, at_once(stock), rules=RULES, now=NOW)
        recorded = contents(connection)
        assert verify_chain(connection) is None
        rebuild(connection, RULES)
        assert contents(connection) == recorded
        forget_everything_but_the_log(connection)
        rebuild(connection, RULES)
        assert contents(connection) == recorded


@on_random_histories
@given(stock=stocks(RULES))
def test_the_images_of_the_log_tell_every_state_backwards(blank, stock):
    """Undoing the events of a case from the last to the first, each finds what it left behind."""
    with writing(emptied(blank)) as connection:
        record_many(connection, at_once(stock), rules=RULES, now=NOW)
        log = connection.execute(select(EVENT).order_by(EVENT.c.case_id, EVENT.c.seq.desc()))
        undone: dict[int, dict[str, object]] = {}
        for event in log:
            later = undone.setdefault(event.case_id, {})
            assert all(event.after[name] == later[name] for name in event.after if name in later)
            later |= event.before


def test_a_rebuild_keeps_rows_that_have_no_events(county):
    with writing(county) as connection:
        case_id = worlds.a_case(connection)
        rebuild(connection, RULES)
        assert state_of(connection, case_id)["stage"] == "in_process"


def test_a_rebuild_mends_a_row_that_was_changed_by_hand(county):
    with writing(county) as connection:
        case_id = worlds.a_history(connection)
        right = state_of(connection, case_id)
        connection.execute(update(tables.cases).values(stage="closed", closed_at=NOW))
        rebuild(connection, RULES)
        assert state_of(connection, case_id) == right


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("at", worlds.ACCEPTED),
        ("actor_role", "leader"),
        ("reason", "anderer"),
        ("payload", {"level": "simple"}),
        ("after", {}),
        ("to_stage", "closed"),
        ("recorded_at", NOW),
        ("prev_hash", "0" * 64),
        ("hash", "0" * 64),
    ],
)
def test_a_changed_event_is_named(county, column, value):
    with writing(county) as connection:
        worlds.a_history(connection)
        case_id = worlds.a_history(connection)
        third = (EVENT.c.case_id == case_id) & (EVENT.c.seq == 3)
        event_id = connection.scalar(select(EVENT.c.event_id).where(third))
        connection.execute(update(EVENT).where(third).values({column: value}))
        found = verify_chain(connection)
    assert found is not None
    assert (found.case_id, found.seq, found.event_id) == (case_id, 3, event_id)


@pytest.mark.parametrize("seq", [1, 2, 4])
def test_a_missing_event_is_noticed(county, seq):
    with writing(county) as connection:
        case_id = worlds.a_history(connection)
        connection.execute(delete(EVENT).where(EVENT.c.seq == seq))
        found = verify_chain(connection)
    assert found is not None
    assert (found.case_id, "missing" in found.fault) == (case_id, True)


def test_an_event_put_in_by_hand_is_noticed(county):
    with writing(county) as connection:
        worlds.a_history(connection, Event.REPORT)
        event = dict(connection.execute(select(EVENT)).one()._mapping)
        forged = event | {"event_id": 99, "seq": 2, "prev_hash": event["hash"]}
        connection.execute(insert(EVENT).values(**forged))
        found = verify_chain(connection)
    assert found is not None
    assert (found.seq, found.fault) == (2, "its content was changed")
