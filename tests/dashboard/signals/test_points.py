from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.figures.period import Period
from dashboard.settings import PointsSettings
from dashboard.signals.points import (
    Deed,
    Ledger,
    balance,
    per_month,
    reversal,
    shown_ranks,
    usual,
)

ZONE = ZoneInfo("Asia/Shanghai")
AT = datetime(2026, 3, 18, 1, 0, tzinfo=UTC)
PERIOD = Period(AT - timedelta(days=30), AT + timedelta(days=30))
TABLE = PointsSettings.model_validate(
    {
        "daily_cap": 20,
        "repeat_days": 7,
        "rules": [
            {"id": "valid_report", "points": 2, "price_yuan": 3},
            {"id": "early_warning", "points": 8},
            {"id": "late_task", "points": -2},
        ],
    }
)


def deed(rule="valid_report", after=timedelta(), **more):
    return Deed(worker_id="w1", at=AT + after, rule_id=rule, **more)


def earned(*deeds, table=TABLE):
    ledger = Ledger(table, ZONE)
    return [entry for one in deeds if (entry := ledger.enter(one)) is not None]


def test_without_a_table_nobody_earns_anything():
    assert earned(deed(), table=PointsSettings()) == []


def test_a_deed_earns_what_the_table_says():
    (entry,) = earned(deed(case_id=7))
    assert (entry.points, entry.amount_yuan, entry.case_id) == (2, 3, 7)


def test_gains_stop_at_the_cap_of_the_local_day():
    warnings = [deed("early_warning", timedelta(minutes=n)) for n in range(4)]
    assert [entry.points for entry in earned(*warnings)] == [8, 8, 4, 0]
    late = deed("early_warning", timedelta(hours=15))  # midnight in Shanghai
    assert earned(*warnings, late)[-1].points == 8


def test_a_loss_is_no_gain_to_be_capped():
    warnings = [deed("early_warning") for _ in range(3)]
    assert earned(*warnings, deed("late_task"))[-1].points == -2


def test_the_same_place_and_category_within_a_week_earns_nothing_again():
    place = {"place": "530303001001", "category": "0402"}
    first, again, other = (
        deed(**place),
        deed(after=timedelta(days=6), **place),
        deed(after=timedelta(days=6), place="530303001002", category="0402"),
    )
    assert [(entry.points, entry.amount_yuan) for entry in earned(first, again, other)] == [
        (2, 3), (0, None), (2, 3),
    ]  # fmt: skip
    assert earned(first, deed(after=timedelta(days=7), **place))[-1].points == 2


def test_a_rejected_report_is_taken_back_by_an_entry_of_its_own():
    entry = replace(earned(deed())[0], entry_id=1)
    back = reversal(entry, AT + timedelta(days=1))
    whole = balance([entry, back], PERIOD)
    assert (whole.points, whole.amount_yuan, whole.accepted) == (0, 0, 0)
    assert balance([entry, back], Period(PERIOD.start, AT + timedelta(hours=1))).points == 2
    with pytest.raises(ValueError, match="not in the ledger"):
        reversal(replace(entry, entry_id=None), AT)


def test_points_are_compared_for_thirty_days_on_duty():
    assert per_month(30, 15) == 60
    assert per_month(30, 0) is None


def test_the_median_of_few_workers_is_not_told():
    assert usual([4, 9]) is None
    assert usual([4, 9, None, 5]) == 5


def test_only_the_upper_half_has_a_rank_and_ties_go_by_accepted_reports():
    ranks = shown_ranks({"a": 9, "b": 9, "c": 1, "d": 0}, {"a": 3, "b": 4})
    assert ranks == {"b": 1, "a": 2, "c": None, "d": None}


@settings(deadline=None, max_examples=40)
@given(
    st.lists(
        st.tuples(st.sampled_from([rule.id for rule in TABLE.rules]), st.integers(0, 5_000)),
        max_size=40,
    )
)
def test_no_day_earns_more_than_its_cap(done):
    deeds = [deed(rule, timedelta(minutes=n)) for rule, n in sorted(done, key=lambda one: one[1])]
    days = {}
    for entry in earned(*deeds):
        day = entry.at.astimezone(ZONE).date()
        days[day] = days.get(day, 0) + max(entry.points, 0)
    assert all(points <= 20 + 1e-9 for points in days.values())
    assert sum(days.values()) == pytest.approx(
        sum(max(entry.points, 0) for entry in earned(*deeds))
    )
