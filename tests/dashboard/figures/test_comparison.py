import pytest

from dashboard.figures.cell import Cell
from dashboard.figures.comparison import Change, ChangeKind, change


@pytest.mark.parametrize(
    "now, before, expected",
    [
        pytest.param(5, 0, Change(ChangeKind.NO_BASE, 5, 0, None), id="no base"),
        pytest.param(5, 9, Change(ChangeKind.COUNT, 5, 9, -4), id="small base: in cases"),
        pytest.param(12, 10, Change(ChangeKind.PERCENT, 12, 10, 0.2), id="per cent"),
        pytest.param(0, 20, Change(ChangeKind.PERCENT, 0, 20, -1.0), id="down to nothing"),
    ],
)
def test_counts_compare_by_the_size_of_their_base(now, before, expected):
    assert change(Cell(now), Cell(before), share=False) == expected


def test_shares_compare_in_points():
    found = change(Cell(3, 4), Cell(1, 2), share=True)
    assert found == Change(ChangeKind.POINTS, 0.75, 0.5, 0.25)


def test_an_undefined_share_has_no_change():
    assert change(Cell(0, 0), Cell(1, 2), share=True).kind is ChangeKind.UNKNOWN
