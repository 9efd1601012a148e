import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.signals.pressure import Load, band, indices, pressure
from dashboard.terms import Colour, Situation

FIVE = (
    Situation.POLICE,
    Situation.PETITION,
    Situation.PUBLIC_CONCERN,
    Situation.OPINION,
    Situation.LITIGATION,
)


def load(area, weight=0, population=20_000, households=None, **weights):
    """An area where every situation weighs the same, but for those named."""
    by_situation = {situation: weights.get(situation.value, weight) for situation in FIVE}
    return Load(
        area=area,
        counts=by_situation,
        weights=by_situation,
        population=population,
        households=households,
    )


def test_the_middle_area_has_fifty_and_every_part_is_there():
    found = pressure([load("a", 2), load("b", 4), load("c", 6)], FIVE)
    assert found[1].index == 50
    assert found[1].colour is Colour.NONE
    assert [part.situation for part in found[1].parts] == list(FIVE)
    assert [round(one.index, 2) for one in found] == [43.26, 50, 56.74]


def test_one_heavy_situation_shows_in_its_part_and_less_in_the_whole():
    loads = [load(name, 4) for name in "abcd"] + [load("e", 4, police=40)]
    *_, busy = pressure(loads, FIVE)
    parts = {part.situation: part.index for part in busy.parts}
    assert parts[Situation.POLICE] == 100
    assert parts[Situation.OPINION] == 50
    assert busy.index == pytest.approx(60)
    assert busy.colour is Colour.BLUE


def test_weights_of_the_profile_decide_the_whole():
    loads = [load(name, 4) for name in "abcd"] + [load("e", 4, police=40)]
    *_, busy = pressure(loads, FIVE, {Situation.POLICE: 3, Situation.OPINION: 1})
    assert busy.index == pytest.approx(87.5)


def test_one_case_in_a_quiet_week_is_no_alarm():
    assert indices([0, 0, 0, 0.5], [20_000] * 4) == [50, 50, 50, pytest.approx(57.07, abs=0.01)]


def test_households_stand_in_for_a_missing_population():
    found = pressure([load("a", 2), load("b", 2, population=None, households=1_000)], FIVE)
    assert [one.estimated for one in found] == [False, True]
    assert found[1].parts[0].rate == pytest.approx(2 * 10_000 / 2_800)


def test_an_area_of_unknown_size_shows_its_counts_and_no_index():
    found = pressure([load("a", 2), load("b", 8, population=None), load("c", 2)], FIVE)
    assert found[1].index is None
    assert found[1].colour is Colour.NONE
    assert [(part.count, part.rate) for part in found[1].parts] == [(8, None)] * 5
    assert found[0].index == 50


@pytest.mark.parametrize(
    ("index", "colour"),
    [
        (None, Colour.NONE), (54.9, Colour.NONE), (55, Colour.BLUE), (64.9, Colour.BLUE),
        (65, Colour.YELLOW), (75, Colour.RED), (100, Colour.RED),
    ],
)  # fmt: skip
def test_bands(index, colour):
    assert band(index) is colour


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 50), st.integers(500, 90_000)), min_size=1, max_size=12))
def test_an_index_lies_between_0_and_100_and_grows_with_the_weight(areas):
    loads = [load(str(n), weight, population) for n, (weight, population) in enumerate(areas)]
    found = pressure(loads, FIVE)
    assert all(0 <= one.index <= 100 for one in found)
    heavier = pressure([load("0", areas[0][0] + 5, areas[0][1]), *loads[1:]], FIVE)
    assert len(areas) == 1 or heavier[0].index >= found[0].index - 25  # the median moves too
