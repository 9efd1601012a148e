import pytest

from dashboard.settings import AwardRule
from dashboard.signals.awards import Award, Performance, award

RULE = AwardRule.model_validate(
    {
        "period": "month",
        "eligible_from_due": 5,
        "weights": {"on_time": 35, "resolution": 25, "satisfaction": 15, "response": 10,
                    "returns": 10, "follow_up": 5},
        "penalties": {"yellow_order": 5, "red_order": 10, "overdue_per_ten_due": 1,
                      "overdue_unexplained": 2},
        "good": {"rank_within": 3, "score_from": 90, "no_overdue_major": True},
        "slow": {"last": 3, "score_below": 80, "overdue_from": 3,
                 "consecutive_red_orders": True},
    }
)  # fmt: skip
NAMES = ("on_time", "resolution", "satisfaction", "response", "returns", "follow_up")


def unit(name, share=1.0, due=20, **more):
    usual = {
        "accepted": 30,
        "rates": dict.fromkeys(NAMES, share),
        "yellow_orders": 0,
        "red_orders": 0,
        "red_orders_before": 0,
        "overdue_open": 0,
        "overdue_unexplained": 0,
        "overdue_major": 0,
        "handling_minutes": 600.0,
    }
    return Performance(unit=name, due=due, **(usual | more))


def awards(*units):
    return {score.unit: score.award for score in award(units, RULE)}


def many(n, share=0.85):
    """Units in the middle of the table."""
    return [unit(f"m{place}", share) for place in range(n)]


def test_a_score_is_the_weighted_sum_of_its_parts():
    (score,) = award([unit("a", rates=dict.fromkeys(NAMES, 1.0) | {"on_time": 0.8})], RULE)
    assert score.score == pytest.approx(93)
    assert sum(part.points for part in score.parts) == pytest.approx(93)
    assert {part.name: part.points for part in score.parts}["on_time"] == pytest.approx(28)


def test_a_missing_part_gives_its_weight_to_the_others():
    rates = dict.fromkeys(NAMES, 0.5) | {"satisfaction": None, "on_time": 1.0}
    (score,) = award([unit("a", rates=rates)], RULE)
    assert sum(part.weight for part in score.parts) == pytest.approx(100)
    assert score.score == pytest.approx((35 + 25) / 85 * 100)


def test_penalties_are_shown_one_by_one_and_never_go_below_zero():
    bad = unit("a", yellow_orders=1, red_orders=2, overdue_open=4, overdue_unexplained=3)
    (score,) = award([bad], RULE)
    assert {each.name: each.points for each in score.deductions} == {
        "yellow_orders": 5, "red_orders": 20, "overdue_open": 2, "overdue_unexplained": 6,
    }  # fmt: skip
    assert score.score == pytest.approx(67)
    (floor,) = award([unit("a", red_orders=20)], RULE)
    assert floor.score == 0


def test_units_with_few_due_cases_stand_below_the_line():
    scores = award([unit("a", due=4), unit("b", due=5)], RULE)
    assert [(score.unit, score.rank, score.award) for score in scores] == [
        ("b", 1, Award.GOOD),
        ("a", None, None),
    ]


def test_a_unit_without_any_share_is_not_ranked():
    (score,) = award([unit("a", rates=dict.fromkeys(NAMES))], RULE)
    assert (score.score, score.rank, score.award) == (None, None, None)


def test_the_first_three_earn_the_flag_if_they_are_good_enough():
    found = awards(unit("a", 0.99), unit("b", 0.95), unit("c", 0.89), *many(5))
    assert (found["a"], found["b"], found["c"]) == (Award.GOOD, Award.GOOD, None)


def test_an_overdue_major_case_costs_the_flag():
    assert awards(unit("a", 0.99, overdue_major=1), *many(6))["a"] is None


def test_the_last_three_are_slow_only_if_they_are_weak():
    assert set(awards(*many(8)).values()) == {None}
    found = awards(*many(6), unit("y", 0.81, overdue_open=3), unit("z", 0.5))
    assert (found["y"], found["z"], found["m0"]) == (Award.SLOW, Award.SLOW, None)


def test_red_orders_in_two_periods_make_slow_whatever_the_rank():
    found = awards(unit("a", 1.0, red_orders=1, red_orders_before=1), *many(6, 0.6))
    assert found["a"] is Award.SLOW
    assert awards(unit("a", 1.0, red_orders_before=1), *many(6))["a"] is Award.GOOD


def test_among_few_units_nobody_is_first_and_last_at_once():
    found = awards(unit("a", 0.99, overdue_open=4), unit("b", 0.5), unit("c", 0.4))
    assert found == {"a": Award.GOOD, "b": None, "c": None}


def test_ties_go_to_fewer_overdue_then_faster_then_busier_then_code():
    order = [
        score.unit
        for score in award(
            [
                unit("e", 0.9),
                unit("d", 0.9),
                unit("c", 0.9, accepted=31),
                unit("b", 0.9, handling_minutes=500.0),
                unit("a", 0.9, handling_minutes=None),
            ],
            RULE,
        )
    ]
    assert order == ["b", "c", "d", "e", "a"]


def test_nobody_qualifies_no_award():
    assert set(awards(*many(3, 0.85)).values()) == {None}
    assert award([], RULE) == ()
