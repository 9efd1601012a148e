"""Items of the responsibility list are proposed by score; the choice is ranked among them."""

import pytest

from dashboard.cases.matching import Item, Match, is_clear, matches, rank_of
from dashboard.database.engine import reading, writing
from dashboard.terms import Event
from tests import worlds

ITEMS = (
    Item(item_id="wages", categories=frozenset({"0101"}), keywords=("工资", "欠薪")),
    Item(item_id="injury", categories=frozenset({"0101"}), keywords=("工伤",)),
    Item(item_id="contract", categories=frozenset({"0101"}), keywords=("合同",)),
    Item(item_id="training", categories=frozenset({"0101"})),
    Item(item_id="water", categories=frozenset({"0202"}), keywords=("漏水", "工资")),
)


def test_a_category_counts_five_a_keyword_two_in_the_title_and_one_in_the_summary():
    found = matches(ITEMS, category="0101", title="拖欠工资", summary="欠薪,另有工伤")

    assert found == (Match("wages", 8), Match("injury", 6), Match("contract", 5))
    assert not is_clear(found)


def test_what_scores_less_than_five_is_not_proposed():
    assert matches(ITEMS, category=None, title="工资与漏水", summary="工资") == (Match("water", 5),)
    assert matches(ITEMS, category="0909", title="路灯不亮") == ()


def test_a_lead_of_three_is_clear():
    assert is_clear((Match("a", 9), Match("b", 6)))
    assert is_clear((Match("a", 5),))
    assert not is_clear((Match("a", 8), Match("b", 6)))
    assert not is_clear(())


@pytest.mark.parametrize(
    "chosen, proposed, rank",
    [("b", ["a", "b", "c"], 2), ("z", ["a", "b"], 0), (None, ["a"], 0), ("a", ["a"], 1)],
)
def test_the_choice_has_a_place_among_the_proposed(chosen, proposed, rank):
    assert rank_of(chosen, proposed) == rank


def test_a_dispatch_keeps_the_place_of_its_item(county):
    with writing(county) as connection:
        case_id = worlds.a_history(connection, Event.REPORT, Event.ACCEPT)
        facts = {"responsibility_item_id": "b", "items_proposed": ["a", "b", "c"]}
        happening = worlds.a_happening(
            Event.DISPATCH, worlds.ACCEPTED + 3 * worlds.timedelta(hours=1), **facts
        )
        worlds.record(
            connection, happening, case_id=case_id, rules=worlds.rules(), now=happening.at
        )
    with reading(county) as connection:
        found = connection.exec_driver_sql("SELECT item_rank FROM cases").scalar_one()

    assert found == 2
