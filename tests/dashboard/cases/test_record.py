"""The writer: what it appends, what it refuses, and that its two ways give the same."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import Connection, func, select
from sqlalchemy.exc import IntegrityError

from dashboard.cases import record as recording
from dashboard.cases.code import is_valid
from dashboard.cases.lifecycle import TransitionError
from dashboard.cases.rebuild import verify_chain
from dashboard.cases.record import History, record, record_many
from dashboard.cases.store import UnknownCaseError
from dashboard.database import tables
from dashboard.database.engine import writing
from dashboard.terms import Event
from tests import worlds
from tests.dashboard.cases.contents import contents, emptied, rows_of, state_of
from tests.dashboard.cases.strategies import Told, stocks

RULES = worlds.rules()
NOW = datetime(2026, 6, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
on_random_histories = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def one_by_one(connection: Connection, stock: list[Told]) -> None:
    for told in stock:
        case_id = None
        for happening in told:
            written = record(connection, happening, case_id=case_id, rules=RULES, now=NOW)
            case_id = written.case_id


def at_once(stock: list[Told]) -> list[History]:
    return [(None, told) for told in stock]


def events_of(connection: Connection, case_id: int) -> list[dict]:
    events = rows_of(connection, tables.case_event, "seq")
    return [event for event in events if event["case_id"] == case_id]


@on_random_histories
@given(stock=stocks(RULES))
def test_many_at_once_give_what_one_by_one_gives(blank, stock):
    with writing(emptied(blank)) as connection:
        one_by_one(connection, stock)
        single = contents(connection)
    with writing(emptied(blank)) as connection:
        record_many(connection, at_once(stock), rules=RULES, now=NOW)
        assert contents(connection) == single


@on_random_histories
@given(stock=stocks(RULES))
def test_equal_histories_give_equal_rows_on_sqlite_and_postgresql(both, stock):
    found = []
    for engine in both:
        with writing(emptied(engine)) as connection:
            record_many(connection, at_once(stock), rules=RULES, now=NOW)
            found.append(contents(connection))
    assert found[0] == found[1]


def test_chunks_make_no_difference(new_database, monkeypatch):
    stock = [
        tuple(
            worlds.a_beginning(event, worlds.ACCEPTED, source_no=f"C{n}")
            if event is Event.REPORT
            else worlds.a_happening(event, worlds.ACCEPTED + place * HOUR)
            for place, event in enumerate(worlds.TO_THE_END)
        )
        for n in range(7)
    ]
    found = []
    for size in (1, 10, 10_000):
        monkeypatch.setattr(recording, "CHUNK_EVENTS", size)
        with writing(new_database()) as connection:
            histories = (history for history in at_once(stock))
            assert record_many(connection, histories, rules=RULES, now=NOW) == list(range(1, 8))
            found.append(contents(connection))
    assert found[0] == found[1] == found[2]


def test_an_event_keeps_what_was_said_and_what_it_changed(county):
    with writing(county) as connection:
        case_id = worlds.a_history(connection, Event.REPORT, level="general")
        accepted = worlds.a_happening(Event.ACCEPT, worlds.ACCEPTED + HOUR, level="simple")
        written = record(connection, accepted, case_id=case_id, rules=RULES, now=NOW)
        first, second = events_of(connection, case_id)
        case = state_of(connection, case_id)
    assert first["before"] == {}
    assert first["after"]["case_code"] == case["case_code"]
    assert (second["event_id"], second["seq"]) == (written.event_id, 2)
    assert second["payload"] == {"level": "simple"}
    assert second["before"]["level"] == "general"
    assert second["after"]["level"] == "simple"
    assert second["after"]["accepted_at"] == "2026-03-10T02:00:00+00:00"
    assert second["before"].keys() == second["after"].keys()
    assert (second["from_stage"], second["to_stage"]) == ("reported", "accepted")
    assert (second["at"], second["recorded_at"]) == (worlds.ACCEPTED + HOUR, NOW)
    assert second["prev_hash"] == first["hash"]
    assert case["last_event_id"] == written.event_id


def test_a_new_case_has_its_code_situation_and_areas(county):
    with writing(county) as connection:
        first = state_of(connection, worlds.a_history(connection, Event.REPORT))
        second = state_of(
            connection,
            worlds.a_history(
                connection,
                Event.REPORT,
                source_channel="police_110",
                area_code="530303004001007",
                case_kind="hazard",
            ),
        )
        third = state_of(connection, worlds.a_history(connection, Event.REPORT))
    assert first["case_code"].startswith("530303-20260310-D00001-")
    assert second["case_code"].startswith("530303-20260310-H00001-")
    assert third["case_code"].startswith("530303-20260310-D00002-")
    assert all(is_valid(case["case_code"]) for case in (first, second, third))
    assert (second["township_code"], second["village_code"]) == ("530303004000", "530303004001")
    assert (first["situation"], second["situation"]) == ("public_concern", "police")


def test_numbers_go_on_after_those_of_other_transactions_and_begin_anew_each_local_day(county):
    late_evening = datetime(2026, 3, 10, 15, 59, 59, tzinfo=UTC)
    codes = []
    for start in (worlds.ACCEPTED, late_evening, late_evening + timedelta(seconds=1)):
        with writing(county) as connection:
            case_id = worlds.a_history(connection, Event.REPORT, start=start)
            codes.append(state_of(connection, case_id)["case_code"][:22])
    assert codes == ["530303-20260310-D00001", "530303-20260310-D00002", "530303-20260311-D00001"]


def test_what_is_not_possible_writes_nothing(county):
    with writing(county) as connection:
        case_id = worlds.a_history(connection, Event.REPORT)
        before = contents(connection)
        with pytest.raises(TransitionError, match="start by dept on a case that is reported"):
            record(
                connection,
                worlds.a_happening(Event.START, NOW),
                case_id=case_id,
                rules=RULES,
                now=NOW,
            )
        assert contents(connection) == before


def test_an_unknown_case_is_named(county):
    with writing(county) as connection, pytest.raises(UnknownCaseError, match="77"):
        record(connection, worlds.a_happening(Event.ACCEPT), case_id=77, rules=RULES, now=NOW)


def test_the_same_source_number_cannot_begin_two_cases(county):
    with pytest.raises(IntegrityError), writing(county) as connection:
        worlds.a_history(connection, Event.REPORT, source_no="X1")
        worlds.a_history(connection, Event.REPORT, source_no="X1")


def test_refused_histories_are_left_out_whole_and_handed_over(county):
    good = (worlds.a_beginning(source_no="G1"), worlds.a_happening(Event.ACCEPT))
    bad = (worlds.a_beginning(source_no="B1"), worlds.a_happening(Event.CLOSE))
    refused = []
    with writing(county) as connection:
        ids = record_many(
            connection,
            [(None, bad), (None, good), (None, bad)],
            rules=RULES,
            now=NOW,
            refused=lambda index, error: refused.append((index, str(error))),
        )
        kept = [case["source_no"] for case in rows_of(connection, tables.cases, "id")]
        assert connection.scalar(select(func.count()).select_from(tables.case_event)) == 2
    assert ids == [None, 1, None]
    assert kept == ["G1"]
    assert [index for index, _ in refused] == [0, 2]
    assert "close by operator on a case that is reported" in refused[0][1]


def test_a_refused_history_of_a_known_case_leaves_the_accepted_ones_of_the_same_call(county):
    with writing(county) as connection:
        case_id = worlds.a_history(connection)
        later = worlds.ACCEPTED + 9 * HOUR
        progress = (worlds.a_happening(Event.PROGRESS, later),)
        broken = (
            worlds.a_happening(Event.SUPERVISE, later),
            worlds.a_happening(Event.CLAIM, later),
        )
        record_many(
            connection,
            [(case_id, progress), (case_id, broken), (case_id, progress)],
            rules=RULES,
            now=None,
            refused=lambda index, error: None,
        )
        types = [event["type"] for event in events_of(connection, case_id)]
        assert types[-2:] == ["progress", "progress"]
        assert state_of(connection, case_id)["open_supervisions"] == 0
        assert rows_of(connection, tables.supervision_order, "number") == []
        assert verify_chain(connection) is None


def test_without_now_each_event_was_recorded_when_it_happened(county):
    with writing(county) as connection:
        record_many(connection, [(None, [worlds.a_beginning()])], rules=RULES, now=None)
        (event,) = rows_of(connection, tables.case_event, "seq")
    assert event["recorded_at"] == event["at"] == worlds.ACCEPTED


def test_a_late_event_takes_its_place_in_history_but_not_in_the_log(county):
    with writing(county) as connection:
        case_id = worlds.a_history(connection)
        worked = state_of(connection, case_id)
        late = worlds.a_happening(
            Event.ASSESS, worlds.ACCEPTED + timedelta(minutes=90), risk_level="high"
        )
        record(connection, late, case_id=case_id, rules=RULES, now=NOW)
        case, log = state_of(connection, case_id), events_of(connection, case_id)
        assert verify_chain(connection) is None
    assert [event["type"] for event in log][-1] == "assess"
    assert (log[-1]["from_stage"], log[-1]["to_stage"]) == ("accepted", "assessed")
    assert log[-1]["after"] == {"risk_level": "high"}
    assert (case["stage"], case["risk_level"]) == ("in_process", "high")
    assert case["stage_since"] == worked["stage_since"]


def test_a_late_event_that_does_not_fit_is_refused(county):
    with writing(county) as connection:
        case_id = worlds.a_history(connection)
        withdrawn = worlds.a_happening(Event.WITHDRAW, worlds.ACCEPTED + timedelta(minutes=90))
        with pytest.raises(TransitionError, match="does not fit into the history: dispatch by"):
            record(connection, withdrawn, case_id=case_id, rules=RULES, now=NOW)


def test_a_correction_names_an_event_of_the_case(county):
    with writing(county) as connection:
        case_id = worlds.a_history(connection)
        wrong = worlds.a_happening(Event.CORRECT, NOW, corrects=5)
        with pytest.raises(TransitionError, match="has no event 5"):
            record(connection, wrong, case_id=case_id, rules=RULES, now=NOW)
        right = worlds.a_happening(Event.CORRECT, NOW, corrects=4, area_code=worlds.BAISHUI)
        record(connection, right, case_id=case_id, rules=RULES, now=NOW)
        case = state_of(connection, case_id)
    assert (case["township_code"], case["village_code"]) == (worlds.BAISHUI, None)


def test_records_of_one_case_wait_for_each_other(county):
    with writing(county) as connection:
        case_id = worlds.a_history(connection)
    threads, each = 2, 8
    together = Barrier(threads)

    def work(thread: int) -> None:
        together.wait()
        for _ in range(each):
            with writing(county) as connection:
                progress = worlds.a_happening(Event.MEDIATION_ROUND, NOW)
                record(connection, progress, case_id=case_id, rules=RULES, now=NOW)

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(work, range(threads)))
    with county.connect() as connection:
        assert state_of(connection, case_id)["mediation_rounds"] == threads * each
        assert [event["seq"] for event in events_of(connection, case_id)] == list(range(1, 21))
        assert verify_chain(connection) is None


def test_cases_begun_at_the_same_time_have_different_codes(county):
    threads, each = 2, 6
    together = Barrier(threads)

    def work(thread: int) -> list[str]:
        together.wait()
        codes = []
        for n in range(each):
            with writing(county) as connection:
                case_id = worlds.a_history(connection, Event.REPORT, source_no=f"{thread}-{n}")
                codes.append(state_of(connection, case_id)["case_code"])
        return codes

    with ThreadPoolExecutor(threads) as pool:
        codes = [code for done in pool.map(work, range(threads)) for code in done]
    assert len(set(codes)) == threads * each


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ({"title": "长" * 101}, "title: longer than 100 characters"),
        ({"title": "a\0b"}, "title: .* is no text"),
        ({"case_kind": "quarrel"}, "case_kind: unknown code 'quarrel'"),
        ({"people_involved": 2.5}, "people_involved: 2.5 is no whole number"),
        ({"lon": float("nan")}, "lon: nan is no number"),
        ({"rebound_watch": "yes"}, "rebound_watch: 'yes' is neither true nor false"),
        ({"occurred_on": "2026-02-30"}, "occurred_on: day is out of range"),
        ({"reported_at": "2026-03-10T08:00:00"}, "reported_at: .* has no time zone"),
        ({"task_force": {1, 2}}, "task_force: Type is not JSON serializable"),
        ({"due_at": "2026-03-10T08:00:00Z"}, "takes no fact due_at"),
        ({"colour": "red"}, "takes no fact colour"),
        ({"area_code": None}, "area_code is missing"),
    ],
)
def test_a_fact_that_one_database_would_store_otherwise_is_refused(blank, facts, message):
    with writing(blank) as connection, pytest.raises(TransitionError, match=message):
        happening = worlds.a_beginning(**facts)
        record(connection, happening, case_id=None, rules=RULES, now=NOW)


def test_facts_come_back_as_they_were_given(county):
    facts = {
        "occurred_on": "2026-03-09",
        "lon": 103,
        "amount_involved": 1200,
        "linked_case_ids": (4, 5),
        "rebound_watch": True,
        "reported_at": "2026-03-10T08:59:59.750+08:00",
    }
    with writing(county) as connection:
        case = state_of(connection, worlds.a_history(connection, Event.REPORT, **facts))
    assert case["occurred_on"].isoformat() == "2026-03-09"
    assert (case["lon"], case["amount_involved"]) == (103.0, 1200.0)
    assert case["linked_case_ids"] == [4, 5]
    assert case["rebound_watch"] is True
    assert case["reported_at"] == datetime(2026, 3, 10, 0, 59, 59, tzinfo=UTC)
