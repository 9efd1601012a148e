"""A limit that is changed binds the cases accepted from then on, and no other."""

from dataclasses import replace
from datetime import date, timedelta

from dashboard.cases.rebuild import rebuild
from dashboard.cases.record import record
from dashboard.database.engine import writing
from dashboard.deadlines import DeadlineRules
from dashboard.settings import DeadlineSetting
from dashboard.terms import Event
from tests import worlds
from tests.dashboard.cases.contents import contents, state_of

CHANGE = date(2026, 3, 12)  # two days after the case of the tests is accepted
OLD = DeadlineSetting(amount=5, unit="working_day")
NEW = DeadlineSetting(amount=1, unit="day", valid_from=CHANGE)


def rules_with(*limits):
    deadlines = DeadlineRules(rules=limits, calendar=worlds.rules().calendar)
    return replace(worlds.rules(), deadlines=deadlines)


BEFORE = rules_with(OLD)
AFTER = rules_with(OLD.model_copy(update={"valid_until": CHANGE - timedelta(days=1)}), NEW)


def a_case_under(rules, connection, start):
    told = [worlds.a_beginning(Event.REPORT, start), worlds.a_happening(Event.ACCEPT, start)]
    case_id = None
    for happening in told:
        done = record(connection, happening, case_id=case_id, rules=rules, now=start)
        case_id = done.case_id
    return case_id


def test_a_limit_changed_later_moves_an_earlier_case_neither_at_its_next_event_nor_at_a_rebuild(
    county,
):
    later = worlds.ACCEPTED + timedelta(days=4)
    with writing(county) as connection:
        case_id = a_case_under(BEFORE, connection, worlds.ACCEPTED)
        due_at = state_of(connection, case_id)["due_at"]
        for event, facts in ((Event.ASSESS, {"level": "major"}), (Event.DISPATCH, {})):
            happening = worlds.a_happening(event, later, **facts)
            record(connection, happening, case_id=case_id, rules=AFTER, now=later)
        assert state_of(connection, case_id)["due_at"] == due_at
        recorded = contents(connection)
        rebuild(connection, AFTER)
        assert contents(connection) == recorded


def test_a_reopened_case_keeps_the_limit_of_its_acceptance(county):
    again = worlds.ACCEPTED + timedelta(days=20)
    with writing(county) as connection:
        case_id = worlds.a_history(connection, *worlds.TO_THE_END)
        record(
            connection,
            worlds.a_happening(Event.REOPEN, again),
            case_id=case_id,
            rules=AFTER,
            now=again,
        )
        assert state_of(connection, case_id)["deadline_rule"] == "any:5:working_day"


def test_a_case_accepted_after_the_change_has_the_new_limit(county):
    with writing(county) as connection:
        case_id = a_case_under(AFTER, connection, worlds.ACCEPTED + timedelta(days=2))
        assert state_of(connection, case_id)["deadline_rule"] == "any:1:day"
