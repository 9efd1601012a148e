import pytest

from dashboard.cases.area import is_wider, level_of, township_of, village_of


@pytest.mark.parametrize(
    ("code", "level", "township", "village"),
    [
        ("530300000000", "prefecture", None, None),
        ("530303000000", "county", None, None),
        ("530303001000", "township", "530303001000", None),
        ("530303001002", "village", "530303001000", "530303001002"),
        ("530303001002017", "grid", "530303001000", "530303001002"),
        ("530303", "county", None, None),
        ("530303001", "township", "530303001000", None),
    ],
)
def test_a_code_says_its_level_township_and_village(code, level, township, village):
    assert (level_of(code), township_of(code), village_of(code)) == (level, township, village)


def test_a_township_is_wider_than_its_villages_and_not_than_another_township():
    assert is_wider("530303001000", "530303001002")
    assert not is_wider("530303001000", "530303004000")
    assert not is_wider("530303001002", "530303001000")
