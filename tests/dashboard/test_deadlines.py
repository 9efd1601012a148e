from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.calendar import WorkCalendar
from dashboard.deadlines import Deadline, DeadlineRules, colour_at
from dashboard.settings import Colours, DeadlineSetting
from dashboard.terms import Colour

SHANGHAI = ZoneInfo("Asia/Shanghai")
CALENDAR = WorkCalendar.load(SHANGHAI)
RULES = DeadlineRules(rules=(), calendar=CALENDAR)
UNITS = ("same_day", "hour", "day", "working_day", "month")


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def limit(amount: int, unit: Any, **more: Any) -> DeadlineSetting:
    return DeadlineSetting(amount=amount, unit=unit, **more)


def due(start: str, amount: int, unit: str, **more: Any) -> str:
    found = RULES.apply(limit(amount, unit, **more), local(start)).due_at.astimezone(SHANGHAI)
    return found.strftime("%Y-%m-%d %H:%M:%S")


@pytest.mark.parametrize(
    ("start", "amount", "unit", "day"),
    [
        ("2025-08-07 15:19", 2, "working_day", "2025-08-11"),
        ("2026-02-13 10:00", 2, "working_day", "2026-02-24"),
        ("2026-09-30 10:00", 2, "working_day", "2026-10-09"),
        ("2026-01-31 10:00", 1, "month", "2026-02-28"),
        ("2026-11-30 10:00", 3, "month", "2027-02-28"),
        ("2026-02-01 10:00", 20, "day", "2026-02-21"),
        ("2026-02-12 10:00", 5, "working_day", "2026-02-26"),
        ("2026-02-12 10:00", 7, "working_day", "2026-02-28"),
        ("2026-09-29 10:00", 5, "working_day", "2026-10-12"),
        ("2026-09-18 10:00", 5, "working_day", "2026-09-24"),
        ("2026-03-18 10:00", 0, "same_day", "2026-03-18"),
        ("2024-01-31 10:00", 1, "month", "2024-02-29"),
        ("2026-12-15 10:00", 1, "month", "2027-01-15"),
    ],
)
def test_a_limit_ends_with_the_last_second_of_its_day(start, amount, unit, day):
    assert due(start, amount, unit) == f"{day} 23:59:59"


@pytest.mark.parametrize(
    ("start", "day"),
    [
        ("2026-03-17 23:59:59", "2026-03-20"),
        ("2026-03-18 00:00:00", "2026-03-21"),
        ("2026-03-18 23:59:59", "2026-03-21"),
        ("2026-03-19 00:00:00", "2026-03-22"),
    ],
)
def test_the_start_day_is_the_local_one_to_the_second(start, day):
    assert due(start, 3, "day") == f"{day} 23:59:59"


def test_hours_run_through_nights_and_weekends():
    assert due("2026-03-20 22:15:30", 24, "hour") == "2026-03-21 22:15:30"


def test_a_due_date_rolls_forward_to_a_working_day_only_when_the_rule_says_so():
    assert due("2026-09-18 10:00", 15, "day") == "2026-10-03 23:59:59"
    assert due("2026-09-18 10:00", 15, "day", roll_forward=True) == "2026-10-08 23:59:59"


@pytest.mark.parametrize(
    ("start", "rule", "provisional"),
    [
        ("2026-12-18 10:00", limit(10, "working_day"), True),
        ("2026-12-18 10:00", limit(5, "working_day"), False),
        ("2026-12-18 10:00", limit(20, "day"), False),
        ("2026-12-18 10:00", limit(20, "day", roll_forward=True), True),
        ("2011-12-12 10:00", limit(1, "working_day"), True),
    ],
)
def test_a_deadline_that_rests_on_an_unknown_year_is_provisional(start, rule, provisional):
    assert RULES.apply(rule, local(start)).provisional is provisional


def test_the_first_rule_that_matches_holds_and_none_means_no_deadline():
    rules = DeadlineRules(
        rules=(
            limit(1, "hour", kind="hazard", risk="high"),
            limit(3, "day", level="general"),
            limit(20, "day", kind="hazard"),
        ),
        calendar=CALENDAR,
    )
    start = local("2026-03-18 10:00")

    def name(*case: str | None) -> str | None:
        found = rules.deadline(*case, start)  # type: ignore[arg-type]
        return None if found is None else found.rule

    assert name("hazard", "general", "high") == "hazard+high:1:hour"
    assert name("hazard", "general", None) == "general:3:day"
    assert name("hazard", "major", "low") == "hazard:20:day"
    assert name("dispute", None, "high") is None


def test_calendar_limits_turn_blue_at_half_and_yellow_at_four_fifths():
    deadline = RULES.apply(limit(10, "hour"), local("2026-03-18 08:00"))
    assert deadline.blue_at == local("2026-03-18 13:00")
    assert deadline.yellow_at == local("2026-03-18 16:00")


@pytest.mark.parametrize(
    ("rule", "yellow"),
    [
        pytest.param(limit(4, "day"), "2026-03-21 23:59:59", id="24 hours before"),
        pytest.param(limit(3, "day"), "2026-03-21 06:23:59.2", id="no margin up to three days"),
        pytest.param(limit(0, "same_day"), "2026-03-18 20:47:59.2", id="four fifths is earlier"),
    ],
)
def test_yellow_comes_at_its_share_or_in_the_last_hours_whichever_is_earlier(rule, yellow):
    found = RULES.apply(rule, local("2026-03-18 08:00")).yellow_at
    assert timedelta() <= found - local(yellow) < timedelta(seconds=1)


def test_a_same_day_limit_is_yellow_in_its_last_two_hours_and_from_its_start_if_shorter():
    late = RULES.apply(limit(0, "same_day"), local("2026-03-18 17:00"))
    assert late.yellow_at == local("2026-03-18 21:59:59")
    later = RULES.apply(limit(0, "same_day"), local("2026-03-18 23:00"))
    assert later.blue_at == later.yellow_at == local("2026-03-18 23:00")


def test_working_day_limits_take_shares_of_their_working_time():
    # 13 Feb 15:30 to 24 Feb: 2 h on Friday, 6.5 h on the make-up Saturday, 6.5 h on Tuesday
    deadline = RULES.apply(limit(2, "working_day"), local("2026-02-13 15:30"))
    assert deadline.due_at == local("2026-02-24 23:59:59")
    assert deadline.blue_at == local("2026-02-14 16:30")
    assert deadline.yellow_at == local("2026-02-24 12:00")


def test_a_centre_sets_its_own_shares():
    rules = DeadlineRules(
        rules=(), calendar=CALENDAR, colours=Colours(blue_from=0.1, yellow_from=0.9)
    )
    deadline = rules.apply(limit(10, "hour"), local("2026-03-18 08:00"))
    assert (deadline.blue_at, deadline.yellow_at) == (
        local("2026-03-18 09:00"),
        local("2026-03-18 17:00"),
    )


def test_a_pause_moves_what_was_still_to_come():
    deadline = RULES.apply(limit(10, "hour"), local("2026-03-18 08:00"))
    paused = deadline.shifted(local("2026-03-18 14:00"), local("2026-03-19 14:00"))
    assert paused.blue_at == deadline.blue_at
    assert paused.yellow_at == deadline.yellow_at + timedelta(days=1)
    assert paused.due_at == deadline.due_at + timedelta(days=1)


def test_a_pause_after_the_due_date_heals_nothing():
    deadline = RULES.apply(limit(10, "hour"), local("2026-03-18 08:00"))
    assert deadline.shifted(local("2026-03-18 18:00"), local("2026-03-20 08:00")) == deadline


def test_an_extension_spreads_the_colours_over_the_whole_new_limit():
    start = local("2026-03-18 08:00")
    deadline = RULES.extended(limit(10, "hour"), start, local("2026-03-19 04:00"))
    assert deadline.blue_at == local("2026-03-18 18:00")
    assert deadline.yellow_at == local("2026-03-19 00:00")
    given_due = RULES.extended(None, start, local("2026-03-28 08:00"))
    assert given_due.rule == "given"
    assert given_due.yellow_at == local("2026-03-26 08:00")


@pytest.mark.parametrize(
    ("hours", "colour"),
    [(0, Colour.NONE), (5, Colour.BLUE), (8, Colour.YELLOW), (9.999, Colour.YELLOW),
     (10, Colour.RED), (99, Colour.RED)],
)  # fmt: skip
def test_the_colour_changes_at_its_instants(hours, colour):
    start = local("2026-03-18 08:00")
    found = RULES.apply(limit(10, "hour"), start)
    instant = start + timedelta(hours=hours)
    assert colour_at(instant, found.blue_at, found.yellow_at, found.due_at) is colour


def test_a_case_without_a_deadline_has_no_colour():
    assert colour_at(local("2026-03-18 08:00"), None, None, None) is Colour.NONE


@given(
    st.integers(1_685_000_000, 1_812_000_000),
    st.sampled_from(UNITS),
    st.integers(1, 40),
    st.booleans(),
)
def test_the_instants_of_every_limit_are_in_order(start, unit, amount, roll_forward):
    start = datetime.fromtimestamp(start, UTC)
    found = RULES.apply(limit(amount, unit, roll_forward=roll_forward), start)
    assert start <= found.blue_at <= found.yellow_at <= found.due_at
    assert isinstance(found, Deadline)
    assert found.due_at.tzinfo is UTC


CHANGED = DeadlineRules(
    rules=(
        limit(5, "working_day", level="general", valid_until="2026-06-30"),
        limit(3, "working_day", level="general", valid_from="2026-07-01"),
        limit(9, "day", valid_from="2026-07-01", valid_until="2026-07-31"),
    ),
    calendar=CALENDAR,
)


@pytest.mark.parametrize(
    ("accepted", "level", "rule"),
    [
        ("2026-06-30 23:59:59", "general", "general:5:working_day"),
        ("2026-07-01 00:00:00", "general", "general:3:working_day"),
        ("2026-06-30 23:59:59", "major", None),
        ("2026-07-31 23:59:59", "major", "any:9:day"),
        ("2026-08-01 00:00:00", "major", None),
    ],
)
def test_the_limits_of_the_local_day_of_acceptance_hold(accepted, level, rule):
    found = CHANGED.deadline(None, level, None, local(accepted))
    assert (None if found is None else found.rule) == rule


def test_every_change_of_the_limits_begins_a_version():
    found = [
        CHANGED.version(date.fromisoformat(day))
        for day in ("2026-06-30", "2026-07-01", "2026-07-31", "2026-08-01")
    ]
    assert [one.number for one in found] == [1, 2, 2, 3]
    assert [one.since and one.since.isoformat() for one in found] == [
        None,
        "2026-07-01",
        "2026-07-01",
        "2026-08-01",
    ]
    assert RULES.version(date(2026, 7, 1)).number == 1


def test_a_limit_cannot_end_before_it_begins():
    with pytest.raises(ValueError, match="valid_until is before valid_from"):
        limit(3, "day", valid_from="2026-07-01", valid_until="2026-06-30")


def test_red_may_come_before_the_end_and_a_pause_moves_it():
    rules = replace(RULES, colours=Colours(red_from=0.95))
    deadline = rules.apply(limit(10, "hour"), local("2026-03-18 08:00"))
    assert deadline.red_at == local("2026-03-18 17:30")
    assert colour_at(local("2026-03-18 17:30"), None, None, deadline.due_at, deadline.red_at) is (
        Colour.RED
    )
    paused = deadline.shifted(local("2026-03-18 09:00"), local("2026-03-18 10:00"))
    assert paused.red_at == local("2026-03-18 18:30")


def test_one_colour_higher_is_blue_at_once_and_red_where_yellow_was():
    plain = RULES.apply(limit(10, "hour"), local("2026-03-18 08:00"))
    higher = plain.one_higher(local("2026-03-18 08:00"))
    assert higher.blue_at == local("2026-03-18 08:00")
    assert (higher.yellow_at, higher.red_at) == (plain.blue_at, plain.yellow_at)
    assert higher.due_at == plain.due_at
