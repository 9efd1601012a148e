import pytest

from dashboard.figures.usual import band, unusual


def test_the_band_is_two_standard_deviations_about_the_mean():
    low, high = band([4, 6] * 7)
    assert low == pytest.approx(5 - 2 * (14 / 13) ** 0.5)
    assert high == pytest.approx(5 + 2 * (14 / 13) ** 0.5)


def test_the_band_does_not_go_below_zero():
    assert band([0, 10] * 7)[0] == 0


def test_thirteen_days_are_too_few():
    assert band([5] * 13) is None
    assert unusual(500, [5] * 13) is None


@pytest.mark.parametrize(("value", "expected"), [(2, "low"), (3, None), (7, None), (8, "high")])
def test_only_what_leaves_the_band_is_unusual(value, expected):
    assert unusual(value, [4, 6] * 7) == expected
