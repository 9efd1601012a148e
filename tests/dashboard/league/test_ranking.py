from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.league.interval import Share
from dashboard.league.ranking import Standing, Unit, ranking
from tests.dashboard.league.tables import DEPARTMENTS, TOWNSHIPS, equal_units


def league(pairs, *, target=0.95, rank_from_due=10, before=None):
    units = [Unit(f"U{at}", *pair, before) for at, pair in enumerate(pairs)]
    return ranking(units, target=target, rank_from_due=rank_from_due)


SMALL = ((6, 6), (3, 4), (0, 0))
TABLES = st.lists(
    st.integers(0, 60).flatmap(
        lambda n: st.integers(0, n) | st.just(n) | st.just(n - n // 8)
    ).flatmap(lambda k: st.integers(k, k + 12).map(lambda n: (k, n))),
    max_size=9,
)  # fmt: skip


def test_the_departments_of_the_design_form_its_two_bands():
    found = league((*DEPARTMENTS, *SMALL))
    assert found.significant
    assert found.bands == 2
    assert [row.band for row in found.rows] == [1] * 13 + [2, 1, None, None]
    assert [row.code for row in found.rows if row.below_target] == ["U13"]


def test_the_townships_of_the_design_are_not_ranked():
    found = league(TOWNSHIPS)
    assert not found.significant
    assert found.bands == 0
    assert {(row.band, row.first, row.last) for row in found.rows} == {(None, None, None)}


def test_thirty_equal_units_are_ranked_in_fewer_than_a_tenth_of_the_months():
    chance = Random(6)
    found = [league(equal_units(chance)).significant for _ in range(60)]
    assert sum(found) <= 6


def test_how_much_is_said_depends_on_how_much_was_due():
    rows = league((*DEPARTMENTS, (9, 9), (5, 5), (4, 4), (0, 0))).rows[-4:]
    assert [row.standing for row in rows] == [
        Standing.BANDED,
        Standing.BANDED,
        Standing.TOO_FEW,
        Standing.NOTHING_DUE,
    ]
    assert [row.band for row in rows] == [1, 1, None, None]
    assert {row.first for row in rows} == {None}
    assert rows[-1].shrunk is None


def test_a_small_unit_leads_no_band():
    found = league((*DEPARTMENTS, (0, 9)))
    assert found.bands == 2
    assert found.rows[-1].band == 2


def test_even_a_centre_that_ranks_from_one_case_bands_no_unit_of_four():
    found = league(((4, 4), (5, 9), (90, 90), (50, 90)), rank_from_due=1)
    assert [row.standing for row in found.rows] == [Standing.TOO_FEW, *[Standing.RANKED] * 3]


def test_a_unit_is_below_the_target_only_when_its_whole_interval_is():
    rows = league(((54, 62), (29, 33), (0, 4))).rows
    assert [row.below_target for row in rows] == [True, False, False]
    assert not any(row.below_target for row in league(((54, 62),), target=None).rows)


def test_movement_is_shown_beyond_noise_alone():
    def moved(before):
        return league(((54, 62), (60, 62)), before=before).rows[0].moved

    assert (moved(Share(61, 62)), moved(Share(56, 62)), moved(Share(40, 62))) == (-1, 0, 1)
    assert (moved(None), moved(Share(4, 4))) == (None, None)


def test_a_unit_far_below_its_group_is_flagged_without_a_target():
    rows = league(((86, 100), (99, 100), (98, 100), (99, 100)), target=None).rows
    assert [row.outside_funnel for row in rows] == [True, False, False, False]


@pytest.mark.parametrize("pairs", [(), ((5, 9),), ((0, 0), (0, 0))])
def test_a_table_without_two_units_to_compare_has_no_order(pairs):
    found = league(pairs)
    assert (found.significant, found.p, found.bands) == (False, None, 0)


@settings(max_examples=25, deadline=None)
@given(TABLES, st.randoms(use_true_random=False))
def test_nothing_depends_on_the_order_of_the_units(pairs, random):
    units = [Unit(f"U{at}", *pair) for at, pair in enumerate(pairs)]
    found = {row.code: row for row in ranking(units, target=0.9, rank_from_due=10).rows}
    random.shuffle(units)
    again = ranking(units, target=0.9, rank_from_due=10)
    assert {row.code: row for row in again.rows} == found


@settings(max_examples=25, deadline=None)
@given(TABLES)
def test_bands_divide_the_ranked_units_and_ranges_hold_their_order(pairs):
    found = league(pairs)
    ranked = [row for row in found.rows if row.standing is Standing.RANKED]
    if not found.significant:
        assert all(row.band is None and row.first is None for row in found.rows)
        return
    assert {row.band for row in ranked} == set(range(1, found.bands + 1))
    order = [1 + sum(other.shrunk > row.shrunk for other in ranked) for row in ranked]
    assert all(row.first <= at <= row.last for row, at in zip(ranked, order, strict=True))
    best = max(ranked, key=lambda row: row.shrunk)
    assert best.band == 1


@settings(max_examples=10, deadline=None)
@given(st.integers(2, 9), st.integers(0, 40), st.integers(10, 40))
def test_equal_units_are_never_ordered(units, k, n):
    found = league([(min(k, n), n)] * units)
    assert not found.significant
    assert len({(row.band, row.low, row.shrunk) for row in found.rows}) == 1


def test_without_ranges_all_the_rest_is_the_same():
    units = [Unit(f"U{at}", *pair) for at, pair in enumerate(DEPARTMENTS)]
    whole = ranking(units, target=0.95, rank_from_due=10)
    bare = ranking(units, target=0.95, rank_from_due=10, ranges=False)
    assert whole.bands > 1
    rows = tuple(replace(row, first=None, last=None) for row in whole.rows)
    assert bare == replace(whole, rows=rows)
