from dashboard.league.ranking import NEVER_BELOW
from dashboard.settings import Wall
from dashboard.snapshots.board import Name, OnTime
from dashboard.snapshots.league_table import league_table
from tests.boards import an_on_time

WALL = Wall(target_on_time_rate=0.95)


def table(*pairs, wall=WALL):
    names = [Name(code=f"u{at}", full="", short="", en="") for at in range(len(pairs))]
    cohort = {f"u{at}": an_on_time((*pair, 1)) for at, pair in enumerate(pairs) if pair[1]}
    return league_table(names, {**cohort, None: an_on_time((5, 9, 0))}, wall)


def units(found):
    return [[row.unit for row in group.rows] for group in found.groups]


def test_units_that_may_be_equal_are_one_group_in_their_own_order():
    found = table((57, 60), (60, 60), (56, 60), (3, 4), (0, 0), (8, 9))
    assert not found.significant
    assert [group.band for group in found.groups] == [None]
    assert units(found) == [["u0", "u1", "u2"]]
    assert [row.unit for row in found.few] == ["u3", "u4", "u5"]
    assert found.few_below == 10


def test_units_that_differ_form_bands_best_first_and_keep_their_order_within():
    found = table((150, 300), (297, 300), (140, 300), (300, 300), (30, 300), (8, 8), (3, 3))
    assert found.significant
    assert found.p < 0.05
    assert [group.band for group in found.groups] == [1, 2, 3]
    assert units(found)[0][:2] == ["u1", "u3"]
    assert units(found)[2] == ["u4"]
    assert [row.unit for row in found.few] == ["u6"]
    assert found.few_below == NEVER_BELOW
    joined = next(row for group in found.groups for row in group.rows if row.unit == "u5")
    assert not joined.compared


def test_a_group_and_a_table_add_up_their_units_and_nobody_elses():
    found = table((57, 60), (60, 60), (3, 4))
    assert found.groups[0].on_time == OnTime(met=117, due=120, pending=2, rate=117 / 120)
    assert found.on_time == OnTime(met=120, due=124, pending=3, rate=120 / 124)


def test_fewer_than_two_units_to_compare_have_no_p():
    assert table((57, 60), (3, 4)).p is None
    assert table((0, 0), (0, 0)).groups == ()
    assert table().few == ()


def test_only_a_whole_interval_below_the_target_is_flagged():
    found = table((57, 60), (54, 60), (60, 60), (200, 300))
    flagged = [row.unit for group in found.groups for row in group.rows if row.below_target]
    assert flagged == ["u3"]
    without = table((57, 60), (200, 300), wall=Wall())
    assert not any(row.below_target for group in without.groups for row in group.rows)
