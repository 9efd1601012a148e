"""The account of a clock: its items alone give the deadline that is stored."""

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import event as noted
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.cases.account import FreeDays, Standing, Start
from dashboard.cases.accounting import account
from dashboard.cases.ledger import Ledger, Logged
from dashboard.cases.lifecycle import TransitionError
from dashboard.cases.state import new_state
from dashboard.deadlines import DeadlineRules
from dashboard.settings import DeadlineSetting
from dashboard.terms import Event
from tests import worlds
from tests.dashboard.cases.strategies import histories

RULES = worlds.rules()
SHANGHAI = ZoneInfo("Asia/Shanghai")


def local(text):
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).astimezone(UTC)


def rules_of(*limits):
    return replace(RULES, deadlines=DeadlineRules(rules=limits, calendar=RULES.calendar))


def logged(told):
    return [Logged(one.at, seq, one) for seq, one in enumerate(told)]


def played(told, rules):
    ledger = Ledger(state=new_state())
    for one in told:
        ledger.add([one], rules, None)
    log = sorted([entry.logged for entry in ledger.entries])
    return ledger.state, account(log, rules)


def a_clock(start, *later, limit=None, level="general"):
    """The account of a case accepted at `start`; `later` are (event, local time, facts)."""
    rules = RULES if limit is None else rules_of(limit)
    began = local(start)
    told = [
        worlds.a_beginning(Event.REPORT, began),
        worlds.a_happening(Event.ACCEPT, began, level=level),
        *(worlds.a_happening(event, local(at), **facts) for event, at, facts in later),
    ]
    state, found = played(told, rules)
    assert found.due_at == state["due_at"]
    return found


def due(found):
    return found.due_at.astimezone(SHANGHAI).strftime("%m-%d %H:%M")


LIMITS = st.builds(
    DeadlineSetting,
    amount=st.integers(0, 40),
    unit=st.sampled_from(["same_day", "hour", "day", "working_day", "month"]),
    roll_forward=st.booleans(),
    start=st.sampled_from(["accepted_at", "dispatched_at"]),
)


@settings(max_examples=150, deadline=None)
@given(histories(RULES), st.none() | LIMITS)
def test_the_items_of_an_account_give_the_stored_deadline(told, limit):
    """With limits of every unit, pauses, extensions, reopenings, dates of a source, late events."""
    rules = RULES if limit is None else rules_of(limit)
    ledger = Ledger(state=new_state())
    for one in told:
        with suppress(TransitionError):  # what one limit allows another may not
            ledger.add([one], rules, None)
    if not ledger.entries:
        return
    found = account([entry.logged for entry in ledger.entries], rules)
    state = ledger.state
    noted(f"{found.why} extended={found.extension is not None} pauses={len(found.pauses)}")
    assert found.due_at == state["due_at"]
    assert bool(found.provisional) == state["due_provisional"]
    assert (found.limit is None) or found.limit.rule == state["deadline_rule"]


@pytest.mark.parametrize(
    ("start", "days", "last"),
    [
        ("2026-02-12 10:00", 5, "02-26"),
        ("2026-02-12 10:00", 7, "02-28"),
        ("2026-09-29 10:00", 5, "10-12"),
        ("2026-09-18 10:00", 5, "09-24"),
        ("2025-08-07 15:19", 2, "08-11"),
        ("2026-02-13 10:00", 2, "02-24"),
        ("2026-09-30 10:00", 2, "10-09"),
    ],
)
def test_published_examples_of_working_days(start, days, last):
    limit = DeadlineSetting(amount=days, unit="working_day")
    assert due(a_clock(start, limit=limit)) == f"{last} 23:59"


@pytest.mark.parametrize(
    ("start", "limit", "last"),
    [
        ("2026-01-31 10:00", {"amount": 1, "unit": "month"}, "02-28 23:59"),
        ("2026-11-30 10:00", {"amount": 3, "unit": "month"}, "02-28 23:59"),
        ("2026-02-01 10:00", {"amount": 20, "unit": "day"}, "02-21 23:59"),
        ("2026-02-01 10:00", {"amount": 20, "unit": "day", "roll_forward": True}, "02-24 23:59"),
        ("2026-03-10 09:14", {"amount": 24, "unit": "hour"}, "03-11 09:14"),
        ("2026-03-10 09:14", {"amount": 0, "unit": "same_day"}, "03-10 23:59"),
    ],
)
def test_published_examples_of_other_units(start, limit, last):
    assert due(a_clock(start, limit=DeadlineSetting(**limit))) == last


def test_the_spring_festival_does_not_count_and_its_worked_weekend_does():
    found = a_clock("2026-02-12 10:00", limit=DeadlineSetting(amount=7, unit="working_day"))
    assert found.holidays == (FreeDays(first=date(2026, 2, 15), last=date(2026, 2, 23)),)
    assert found.made_up == (date(2026, 2, 14), date(2026, 2, 28))
    assert found.rest_days == 0


def test_a_weekend_does_not_count():
    found = a_clock("2026-03-12 10:00", limit=DeadlineSetting(amount=3, unit="working_day"))
    assert (found.rest_days, found.holidays, due(found)) == (2, (), "03-17 23:59")


def test_a_limit_that_reaches_into_a_year_without_a_holiday_table_names_it():
    found = a_clock("2026-12-30 10:00", limit=DeadlineSetting(amount=5, unit="working_day"))
    assert found.provisional == (2027,)


WORK = (
    (Event.DISPATCH, "2026-03-10 10:00", {}),
    (Event.CLAIM, "2026-03-10 11:00", {}),
    (Event.START, "2026-03-10 12:00", {}),
)


def test_a_pause_moves_the_deadline_by_its_length_and_a_running_one_holds_it():
    pause = (Event.PAUSE, "2026-03-11 09:00", {"reason": "appraisal"})
    stopped = a_clock("2026-03-10 09:14", *WORK, pause)
    assert stopped.due_at is None
    assert stopped.standing(local("2026-03-12 09:00")) == (
        Standing.STOPPED,
        2 * 86400 + 15 * 3600 - 1,
    )
    resume = (Event.RESUME, "2026-03-12 09:00", {})
    found = a_clock("2026-03-10 09:14", *WORK, pause, resume)
    assert due(found) == "03-14 23:59"
    assert [(pause.reason, pause.moves) for pause in found.pauses] == [("appraisal", True)]


def test_an_extension_keeps_the_old_date_and_takes_earlier_pauses_as_they_are():
    found = a_clock(
        "2026-03-10 09:14",
        *WORK,
        (Event.PAUSE, "2026-03-11 09:00", {"reason": "appraisal"}),
        (Event.RESUME, "2026-03-12 09:00", {}),
        (Event.EXTEND, "2026-03-12 10:00", {"extended_to": local("2026-03-20 23:59:59")}),
    )
    assert found.extension.old_due == local("2026-03-14 23:59:59")
    assert (due(found), found.pauses[0].moves) == ("03-20 23:59", False)


def test_a_reopened_case_starts_anew_and_says_so():
    end = (
        (Event.REPORT_BACK, "2026-03-11 10:00", {}),
        (Event.FOLLOW_UP, "2026-03-11 11:00", {}),
        (Event.CLOSE, "2026-03-11 12:00", {}),
    )
    closed = a_clock("2026-03-10 09:14", *WORK, *end)
    assert closed.standing(local("2026-03-18 00:00"))[0] is Standing.EARLY
    found = a_clock("2026-03-10 09:14", *WORK, *end, (Event.REOPEN, "2026-03-16 09:00", {}))
    assert (found.why, found.start) == (Start.REOPENED, local("2026-03-16 09:00"))
    assert due(found) == "03-19 23:59"


def test_the_date_a_source_gives_needs_no_limit():
    given_due = local("2026-03-15 12:00")
    adopted = worlds.a_beginning(Event.ADOPT, local("2026-03-10 09:14"), due_at=given_due)
    state, found = played([adopted], RULES)
    assert (found.due_at, found.given_due, found.limit) == (state["due_at"], given_due, None)


def test_the_last_second_is_on_time_and_the_next_one_late():
    found = a_clock("2026-03-10 09:14", limit=DeadlineSetting(amount=3, unit="day"))
    second = timedelta(seconds=1)
    assert found.standing(found.due_at - second) == (Standing.LEFT, 1)
    assert found.standing(found.due_at + second) == (Standing.OVER, -1)
    on_time = replace(found, closed_at=found.due_at)
    assert on_time.standing(found.due_at) == (Standing.EARLY, 0)
    late = replace(found, closed_at=found.due_at + second)
    assert late.standing(found.due_at) == (Standing.LATE, -1)


def test_a_case_without_a_limit_or_not_yet_dispatched_has_no_deadline():
    waiting = a_clock(
        "2026-03-10 09:14",
        limit=DeadlineSetting(amount=1, unit="day", start="dispatched_at"),
    )
    assert waiting.standing(local("2026-03-10 10:00")) == (Standing.NOT_STARTED, None)
    none = a_clock("2026-03-10 09:14", limit=DeadlineSetting(amount=1, unit="day", level="major"))
    assert none.standing(local("2026-03-10 10:00")) == (Standing.NO_LIMIT, None)
