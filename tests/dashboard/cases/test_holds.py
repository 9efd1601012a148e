"""Who held a case: its time in stock, cut where it changes hands."""

from datetime import timedelta
from itertools import pairwise

from hypothesis import given, settings
from sqlalchemy import select

from dashboard.cases.ledger import Logged, collect, fold
from dashboard.cases.record import record
from dashboard.cases.state import new_state
from dashboard.database.engine import reading, writing
from dashboard.database.tables import case_hold
from dashboard.terms import Event
from tests import worlds
from tests.dashboard.cases.strategies import histories

RULES = worlds.rules()
START, HOUR = worlds.ACCEPTED, timedelta(hours=1)


def stretches(told):
    """The holds of a history, in order, and the state it ends in."""
    state, rows = new_state(), {}
    log = sorted(Logged(one.at, seq, one) for seq, one in enumerate(told))
    for _, step in fold(log, RULES, state):
        collect(rows, step)
        state = step.case
    holds = {key: row.values for (table, key), row in rows.items() if table == "case_hold"}
    return [holds[number] for number in sorted(holds)], state


@settings(max_examples=80, deadline=None)
@given(histories(RULES, late=False))
def test_stretches_cover_the_time_in_stock_without_gap_or_overlap(told):
    holds, state = stretches(told)
    assert len(holds) == state["memory"].get("holds", 0)
    assert (state["accepted_at"] is not None) == bool(holds)
    for hold, following in pairwise(holds):
        assert hold["until_at"] is not None
        assert following["from_at"] >= hold["until_at"]
        if hold["ended"] == "transfer":
            assert following["from_at"] == hold["until_at"]
            assert (following["began"], following["from_dept"]) == (
                "transfer",
                hold["lead_dept_id"],
            )
        else:
            assert following["began"] == "reopen"
    if holds:
        last = holds[-1]
        assert (last["until_at"] is None) == (state["left_at"] is None)
        assert last["until_at"] is None or last["from_at"] <= last["until_at"]


@settings(max_examples=40, deadline=None)
@given(histories(RULES, late=False))
def test_who_holds_a_case_now_is_who_the_case_says(told):
    holds, state = stretches(told)
    if holds and holds[-1]["until_at"] is None:
        held_by = (holds[-1]["township_code"], holds[-1]["lead_dept_id"])
        assert held_by == (state["township_code"], state["lead_dept_id"])


def test_a_returned_case_is_nobodys_until_it_is_dispatched_again(county):
    with writing(county) as connection:
        worlds.a_history(
            connection, Event.REPORT, Event.ACCEPT, Event.DISPATCH, Event.RETURN, Event.DISPATCH,
            Event.CLAIM,
        )  # fmt: skip
    with reading(county) as connection:
        rows = connection.execute(select(case_hold).order_by(case_hold.c.number)).all()
    assert [row.lead_dept_id for row in rows] == [None, "hrss", None, "hrss"]
    assert [row.from_at for row in rows] == [START + n * HOUR for n in (1, 2, 3, 4)]
    assert (rows[1].dispatched_at, rows[1].claimed_at) == (START + 2 * HOUR, None)
    assert (rows[3].dispatched_at, rows[3].claimed_at) == (START + 4 * HOUR, START + 5 * HOUR)


def test_a_late_event_takes_back_the_stretches_it_makes_untrue(county):
    with writing(county) as connection:
        case_id = worlds.a_history(connection, Event.REPORT, Event.ACCEPT, Event.DISPATCH)
        moved = worlds.a_happening(Event.CORRECT, START + 3 * HOUR, area_code=worlds.BAISHUI)
        record(connection, moved, case_id=case_id, rules=RULES, now=START + 4 * HOUR)
        early = worlds.a_happening(Event.CORRECT, START + HOUR / 2, area_code=worlds.BAISHUI)
        record(connection, early, case_id=case_id, rules=RULES, now=START + 5 * HOUR)
    with reading(county) as connection:
        rows = connection.execute(select(case_hold).order_by(case_hold.c.number)).all()
    assert [(row.township_code, row.lead_dept_id) for row in rows] == [
        (worlds.BAISHUI, None),
        (worlds.BAISHUI, "hrss"),
    ]
