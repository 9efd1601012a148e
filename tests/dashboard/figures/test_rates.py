"""The edge cases of the published rates (metrics 4.1 to 4.4)."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert

from dashboard.database.engine import reading, writing
from dashboard.database.tables import party
from dashboard.figures.catalogue import by_id
from dashboard.figures.cell import Cell
from dashboard.figures.measure import measure
from dashboard.figures.period import Period
from dashboard.figures.view import view_at
from tests.worlds import a_case

DAY = timedelta(days=1)
ALWAYS = Period(datetime(2020, 1, 1, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC))


@pytest.fixture
def add(county):
    def insert_case(key=None, **columns):
        with writing(county) as connection:
            case_id = a_case(connection, **columns)
            if key is not None:
                connection.execute(
                    insert(party).values(case_id=case_id, role="applicant", party_key=key)
                )
            return case_id

    return insert_case


@pytest.fixture
def cell(county, now):
    def read(name, period=ALWAYS):
        with reading(county) as connection:
            figure = by_id(name)
            return measure(view_at(connection, now), (figure,), (), period)[figure][()]

    return read


def closed(now, outcome="resolved", **columns):
    return {"stage": "closed", "closed_at": now, "close_outcome": outcome} | columns


def test_the_cohort_rate_leaves_out_what_was_withdrawn(add, cell, now):
    add(**closed(now))
    add()
    add(stage="withdrawn", close_outcome="withdrawn")
    add(**closed(now, "diverted"))
    assert cell("resolution_rate") == Cell(1, 3)
    assert cell("closure_rate") == Cell(2, 3)


def test_resolved_among_due_counts_what_is_decided(add, cell, now):
    add(due_at=now - DAY, **closed(now))
    add(due_at=now - DAY)
    add(due_at=now + DAY)
    add(due_at=now + DAY, **closed(now, "diverted"))
    assert cell("resolution_rate_due") == Cell(1, 3)
    assert cell("on_time_rate") == Cell(1, 3)
    assert cell("overdue_rate") == Cell(2, 2)
    assert cell("missed") == Cell(2)


def test_an_approved_exclusion_is_in_no_rate_of_the_due_cohort(add, cell, now):
    add(due_at=now - DAY)
    add(due_at=now - DAY, exclusion_reason="unfounded")
    assert cell("on_time_rate") == Cell(0, 1)
    assert cell("open") == Cell(2)


def test_mediation_counts_ended_attempts_and_success_needs_a_mediating_method(add, cell, now):
    add(**closed(now, mediation_rounds=2, resolution_methods=["0101"]))
    add(**closed(now, mediation_rounds=1, resolution_methods=["0201"]))
    add(**closed(now, "unresolved_closed", mediation_rounds=1))
    add(mediation_rounds=3)
    add(**closed(now, resolution_methods=["0301"]))
    assert cell("mediation_success_rate") == Cell(1, 3)
    assert cell("mediation_share") == Cell(1, 3)


def test_petitions_are_not_in_the_share_of_mediation(add, cell, now):
    add(**closed(now, case_kind="petition", resolution_methods=["0101"]))
    add(**closed(now, resolution_methods=["0101"]))
    assert cell("mediation_share") == Cell(1, 1)


def test_satisfaction_is_of_those_who_rated_and_coverage_of_those_who_were_reached(add, cell, now):
    add(**closed(now, follow_up_count=1, reached_count=1, satisfaction="basically_satisfied"))
    add(**closed(now, follow_up_count=1, reached_count=1, satisfaction="dissatisfied"))
    add(**closed(now, follow_up_count=1, reached_count=1, satisfaction="no_comment"))
    add(**closed(now, follow_up_count=3, reached_count=0))
    add(**closed(now))
    assert cell("satisfaction_rate") == Cell(1, 2)
    assert cell("satisfaction_rate_strict") == Cell(0, 2)
    assert cell("rating_rate") == Cell(2, 3)
    assert cell("follow_up_rate") == Cell(3, 5)


def test_a_case_is_done_at_once_when_ninety_days_went_by_without_a_reopening(add, cell, now):
    long_ago = now - 100 * DAY
    add(**closed(long_ago, first_closed_at=long_ago))
    add(**closed(now, first_closed_at=long_ago, first_reopened_at=long_ago + 30 * DAY))
    add(**closed(now, first_closed_at=long_ago, first_reopened_at=long_ago + 95 * DAY))
    add(**closed(now, first_closed_at=now - 10 * DAY))
    assert cell("once_rate") == Cell(2, 3)
    assert cell("reopen_rate") == Cell(2, 4)


def test_same_day_is_asked_of_simple_and_general_cases(add, cell, now):
    add(**closed(now, level="simple", closed_same_day=True))
    add(**closed(now, level="general", closed_same_day=False))
    add(**closed(now, level="major", closed_same_day=True))
    assert cell("same_day_rate") == Cell(1, 2)


def test_first_dispatch_was_right_when_the_case_never_came_back(add, cell, now):
    add(first_dispatched_at=now - DAY)
    add(first_dispatched_at=now - DAY, return_count=2)
    add()
    assert cell("first_dispatch_accuracy") == Cell(1, 2)
    assert cell("return_rate") == Cell(1, 2)


def test_an_item_is_a_hit_when_it_was_proposed_and_unmatched_cases_are_left_aside(add, cell, now):
    for rank in (1, 3, 0, None):
        add(first_dispatched_at=now - DAY, item_rank=rank)
    assert cell("item_hit_rate") == Cell(2, 3)


def test_a_response_is_prompt_within_a_day_and_not_asked_of_the_young(add, cell, now):
    add(first_dispatched_at=now - 3 * DAY, first_response_at=now - 2 * DAY)
    add(first_dispatched_at=now - 3 * DAY, first_response_at=now - 2 * DAY + timedelta(seconds=1))
    add(first_dispatched_at=now - 3 * DAY)
    add(first_dispatched_at=now - timedelta(hours=2))
    assert cell("prompt_response_rate") == Cell(1, 3)


def test_where_matters_end_is_told_by_the_level_that_resolved_them(add, cell, now):
    for level in ("village", "grid", "township", "county"):
        add(**closed(now, resolved_level=level))
    add(**closed(now, "diverted"))
    assert cell("village_share") == Cell(2, 4)
    assert cell("township_share") == Cell(1, 4)
    assert cell("grassroots_share") == Cell(3, 4)
    assert cell("village_share_accepted") == Cell(2, 5)


def test_what_the_prefecture_handles_or_sends_back_was_passed_up(add, cell):
    add(handling_area_code="530300000000")
    add(handling_area_code="530303000000")
    add(source_channel="upper_transfer", is_repeat=True)
    add(source_channel="upper_transfer")
    assert cell("not_passed_up") == Cell(2, 4)


def test_a_petition_is_a_repeat_within_a_year_by_key_and_kind(add, cell, now):
    petition = {"case_kind": "petition", "category_code": "0101"}
    add("a", **petition, accepted_at=now - 400 * DAY)
    add("a", **petition, accepted_at=now - 30 * DAY)
    add("a", **petition | {"category_code": "0199"}, accepted_at=now - 20 * DAY)
    add("a", **petition | {"category_code": "0201"}, accepted_at=now - 10 * DAY)
    add("b", **petition, accepted_at=now - 9 * DAY)
    add("a", case_kind="dispute", accepted_at=now - 8 * DAY)
    add(**petition, accepted_at=now - 7 * DAY)
    assert cell("repeat_petition_rate") == Cell(1, 6)
    assert cell("repeat_petitions") == Cell(1)
    assert cell("party_key_coverage") == Cell(5, 6)


def test_calls_count_merged_cases_and_matters_do_not(add, cell):
    add()
    add(stage="merged", close_outcome="merged")
    add(stage="not_accepted", close_outcome="not_accepted")
    assert cell("calls") == Cell(2)
    assert cell("accepted") == Cell(1)


def test_backlog_is_cleared_by_closing_after_the_deadline(add, cell, now):
    add(due_at=now - DAY, **closed(now))
    add(due_at=now, **closed(now))
    add(due_at=now - DAY)
    assert cell("cleared_backlog") == Cell(1)
    assert cell("closed") == Cell(2)
